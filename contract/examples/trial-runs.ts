import type { Example } from "../endpoint.ts";

const id = "6606d8e4b4ecb301b0bf0b03";
const run = {
  id: "66b1f0c2a4d3e50012ab9e20",
  emailer_campaign_id: id,
  user_id: "66b1f0c2a4d3e50012ab34cd",
  days: 28,
  replies: "none",
  entity_progress_job_id: "66b1f0c2a4d3e50012ab9e21",
  status: "pending",
  error: null,
  begins_at: null,
  reached_at: null,
  created_at: "2026-02-02T08:00:00.000Z",
  finished_at: null,
};

export const trialRuns: Record<string, readonly Example[]> = {
  "trialRuns.start": [
    {
      title: "Four weeks with the contacts of a list",
      isShownElsewhere: true,
      input: {
        id,
        days: 28,
        label_names: ["Trade fair"],
        send_email_from_email_account_id: ["6606d8e4b4ecb301b0bf0b02"],
      },
      answer: { trial_run: { ...run, report: null } },
    },
  ],
};
