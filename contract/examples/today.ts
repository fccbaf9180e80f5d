import type { Example } from "../endpoint.ts";

export const today: Record<string, readonly Example[]> = {
  "today.counts": [
    {
      title: "Counts for one user",
      isShownElsewhere: true,
      input: { user_id: "64f0aa000000000000000002", due_before: "2026-02-03T23:00:00Z" },
      answer: {
        counts: {
          tasks: { overdue: 2, due_today: 7 },
          replies: { open: 3, questions: 1 },
          mails: {
            scheduled: 41,
            due_today: 34,
            due_next_day: 51,
            first_due_at: "2026-02-03T08:10:00.000Z",
            held: 6,
            unconfirmed: 0,
            failed: 2,
            drafted: 1,
          },
          failed_jobs: 0,
          sending_held: false,
          waits_for_standby: false,
          catches_mail: false,
          sample_coming: false,
          set_aside: [],
          undeclared_proxy: null,
          brakes: [],
          inboxes_behind: 0,
        },
      },
    },
  ],
  "today.news": [
    {
      title: "Since Monday morning",
      isShownElsewhere: true,
      input: { user_id: "64f0aa000000000000000002", time_zone: "Europe/Oslo" },
      answer: {
        news: {
          since: "2026-02-01T23:00:00.000Z",
          lines: [{ kind: "added", group: "64f0aa000000000000000001", group_name: "Ida Berg", count: 12 }],
        },
      },
    },
  ],
  "today.show": [
    {
      title: "A paused mailbox",
      isShownElsewhere: true,
      input: { days: 1, time_zone: "Europe/Oslo" },
      answer: {
        today: {
          held: [
            {
              emailer_campaign_id: "64f0aa0000000000000000c1",
              emailer_campaign_name: "Nordic plants",
              code: "needs_review",
              sentence: "Step 2 has no approved email.",
              has_failed: false,
              contacts: 14,
              since: "2026-02-03T08:00:00.000Z",
            },
          ],
          mailboxes: [
            {
              id: "64f0aa0000000000000000e2",
              email: "ole@norrland.example",
              user_id: "64f0aa000000000000000002",
              state: "resting",
              says: "421 4.7.0 Try again later",
              resting_until: "2026-02-03T10:05:00.000Z",
              sent_last_day: 12,
              sent_elsewhere_last_day: 3,
              email_daily_threshold: 50,
              waiting: 9,
            },
          ],
          days: [{ date: "2026-02-03", sent: 12, replied: 2, bounced: 0, unsubscribed: 1 }],
        },
      },
    },
  ],
  "opportunities.totals": [
    {
      title: "Deals of all owners",
      input: {},
      answer: {
        totals: [
          {
            opportunity_stage_id: "64f0aa0000000000000000d1",
            currency_code: "EUR",
            deals: 4,
            amount: 96000,
            weighted: 24000,
          },
        ],
      },
    },
  ],
};
