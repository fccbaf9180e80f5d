import type { Example } from "../endpoint.ts";

const brief = {
  id: "64f0aa0000000000000000fc",
  user_id: "64f0aa000000000000000002",
  created_at: "2026-02-03T08:00:00.000Z",
  days: 42,
  until: "2026-03-17T08:00:00.000Z",
  seed: 7,
  reply_rate: 0,
  emailer_campaign_ids: ["64f0aa000000000000000051"],
  what_if: { change_limits: { "64f0aa000000000000000041": { email_daily_threshold: 80 } } },
  totals: { people: 500, sends: 1412, finished: 412, failed: 3, replied: 0, remaining: 85 },
};

export const forecasts: Record<string, readonly Example[]> = {
  "forecasts.create": [
    {
      title: "Six weeks, with one mailbox at 80 emails a day",
      input: { emailer_campaign_ids: brief.emailer_campaign_ids, what_if: brief.what_if, seed: 7 },
      answer: {
        forecast: {
          ...brief,
          by_mailbox_hour: [
            { email_account_id: "64f0aa000000000000000041", hour: "2026-02-03T09:00:00.000Z", sends: 11 },
          ],
          by_sequence: [
            {
              emailer_campaign_id: "64f0aa000000000000000051",
              people: 500,
              sends: 1412,
              first_step_done_at: "2026-02-12T15:41:10.000Z",
              first_step_left: 0,
              first_steps_by_day: [{ day: "2026-02-03", count: 80, added: 0 }],
              added: null,
              last_finished_at: "2026-03-16T15:40:00.000Z",
              finished: 412,
              failed: 3,
              replied: 0,
              remaining: 85,
            },
          ],
          binding_limits: [
            {
              code: "limit:mailbox_day",
              sentence: "The mailbox has sent all it may within 24 hours.",
              hours: 310,
              email_accounts: 1,
            },
          ],
          likely: {
            emails: 2000,
            ended: 90,
            least: 1310,
            most: 1368,
            by_day: [{ day: "2026-02-03", least: 78, most: 80 }],
          },
          staying: [],
          assumptions: ["No contact replies."],
        },
      },
    },
  ],
  "forecasts.list": [
    {
      title: "The newest one",
      input: { per_page: 1 },
      answer: { forecasts: [brief], pagination: { page: 1, per_page: 1, total_entries: 1, total_pages: 1 } },
      isShownElsewhere: true,
    },
  ],
};
