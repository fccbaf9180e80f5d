import type { Example } from "../endpoint.ts";

const base = {
  delivery: "sent",
  waits_for: null,
  next_at: null,
  seconds: 4,
  trouble: null,
  server_said: "250 2.0.0 OK",
  spf: "pass",
  dkim: "pass",
};

const test = {
  id: "64f0aa0000000000000000e1",
  email_account_id: "64f0aa000000000000000031",
  email: "nina@norrland.example",
  emailer_touch_id: null,
  subject: "A question about your warehouse",
  started_at: "2026-02-03T08:00:00.000Z",
  finished_at: "2026-02-03T08:02:00.000Z",
  counts: { inbox: 1, tab: 0, spam: 1, folder: 0, missing: 0, unread: 0, unsent: 0, open: 0 },
  inbox_percent: 50,
  advice: [
    { code: "auth", providers: ["microsoft"], checks: ["dmarc"] },
    { code: "spam", providers: ["microsoft"], checks: [] },
  ],
  results: [
    {
      ...base,
      seed_id: "64f0aa0000000000000000e2",
      email: "norrland.seed@gmail.example",
      provider: "google",
      place: "inbox",
      folder: "INBOX",
      dmarc: "pass",
    },
    {
      ...base,
      seed_id: "64f0aa0000000000000000e3",
      email: "norrland.seed@outlook.example",
      provider: "microsoft",
      place: "spam",
      folder: "Junk",
      dmarc: "fail",
    },
  ],
};

export const placementTests: Record<string, readonly Example[]> = {
  "placementTests.start": [
    {
      title: "Test where a text arrives",
      isShownElsewhere: true,
      input: { email_account_id: test.email_account_id, subject: test.subject, body_html: "<p>Hello</p>" },
      answer: { placement_test: test },
    },
  ],
};
