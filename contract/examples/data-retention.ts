import type { Example } from "../endpoint.ts";

const texts = {
  kind: "email_texts",
  keep_days: 730,
  next_run_at: "2026-03-03T09:15:00.000Z",
  last_run_at: null,
  deleted_in_last_run: 0,
  deleted: 0,
};

export const dataRetention: Record<string, readonly Example[]> = {
  "dataRetention.show": [
    {
      title: "Texts of emails are kept for two years",
      input: {},
      answer: { rules: [texts] },
      isShownElsewhere: true,
    },
  ],
  "dataRetention.update": [
    {
      title: "Keep texts of emails for two years",
      input: { rules: [{ kind: "email_texts", keep_days: 730 }] },
      answer: { rules: [texts] },
    },
  ],
  "dataRetention.preview": [
    {
      title: "Texts older than two years",
      input: { rules: [{ kind: "email_texts", keep_days: 730 }] },
      answer: {
        counts: [{ kind: "email_texts", keep_days: 730, count: 1840, oldest_at: "2023-05-04T07:12:00.000Z" }],
      },
    },
  ],
};
