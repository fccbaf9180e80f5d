import type { Example } from "../endpoint.ts";

const mails = {
  sent: 120,
  delivered: 118,
  opened: 61,
  clicked: 4,
  replied: 9,
  bounced: 2,
  unsubscribed: 1,
  demoed: 2,
};
const people = { reached: 120, opened: 61, replied: 9, unsubscribed: 1 };
const step = "64f0aa0000000000000000c1";

export const reports: Record<string, readonly Example[]> = {
  "reports.sequence": [
    {
      title: "Results of a sequence",
      input: { id: "64f0aa0000000000000000c0", from: "2026-11-01" },
      answer: {
        report: {
          time_zone: "Europe/Oslo",
          mails,
          people: { ...people, added: 130, finished: 41 },
          steps: [
            {
              emailer_step_id: step,
              position: 1,
              type: "auto_email",
              mails,
              people,
              tasks: { open: 0, completed: 0, skipped: 0 },
              paths: null,
            },
          ],
          variants: [
            {
              emailer_touch_id: "64f0aa0000000000000000c2",
              emailer_step_id: step,
              goes_with_touch_id: null,
              mails,
              replies: { share: 0.076, least: 0.026, most: 0.162 },
              difference: {
                against_emailer_touch_id: "64f0aa0000000000000000c3",
                share: 0.021,
                least: -0.096,
                most: 0.135,
              },
              verdict: "too_early",
            },
          ],
          days: [{ date: "2026-11-02", added: 130, delivered: 118, opened: 61, replied: 9, bounced: 2 }],
        },
      },
    },
  ],
  "reports.behind": [
    {
      title: "Replies behind a number",
      input: {
        metric: "num_emails_replied",
        group: { name: "emailer_campaign_id", key: "64f0aa0000000000000000c0" },
        filters: {},
        date_ranges: [{ modality: "last_30_days" }],
      },
      answer: {
        of: "emailer_messages",
        rows: [
          {
            id: "64f0aa0000000000000000d1",
            at: "2026-11-20T09:00:00.000Z",
            contact_id: "64f0aa0000000000000000d2",
            contact_name: "Ines Okafor",
            title: "A question about the plant",
          },
        ],
        pagination: { page: 1, per_page: 25, total_entries: 1, total_pages: 1 },
      },
    },
  ],
  "reports.sync": [
    {
      title: "Results of sequences in the last 30 days",
      input: {
        metrics: [{ value: "num_emails_sent" }, { value: "percent_emails_replied" }],
        group_by: [{ name: "emailer_campaign_id", limit: 10 }],
        sorts: [{ metric: "percent_emails_replied", asc: false }],
        filters: {},
        date_ranges: [{ modality: "last_30_days" }],
        group_by_totals_selected: true,
        pivot_group_by_totals_selected: false,
      },
      answer: {
        response: {
          table_response: {
            emailer_campaign_id: {
              buckets: [
                {
                  key: "64f0aa0000000000000000c0",
                  readable_key: "Nordic plants",
                  num_emails_sent: 120,
                  percent_emails_replied: 7.6271,
                },
              ],
            },
          },
          group_by_total_response: { num_emails_sent: 120, percent_emails_replied: 7.6271 },
          pivot_group_by_total_response: {},
        },
        incompatible_filters: {},
        goals: [],
      },
    },
  ],
};
