import type { Example } from "../endpoint.ts";

const sequence = "64f0aa000000000000000051";
const mailbox = "64f0aa000000000000000041";

const promise = {
  id: "64f0aa0000000000000000fd",
  emailer_campaign_id: sequence,
  created_at: "2026-02-03T08:00:00.000Z",
  until: "2026-05-04T08:00:00.000Z",
  people: 500,
  at_least: false,
  first_steps: [
    { hour: "2026-02-03T08:00:00.000Z", email_account_id: mailbox, code: null, count: 60 },
    {
      hour: "2026-02-04T08:00:00.000Z",
      email_account_id: mailbox,
      code: "limit:mailbox_day",
      count: 440,
    },
  ],
  first_step_done_at: "2026-02-12T15:41:10.000Z",
  not_begun: [],
  reasons: [{ code: "limit:mailbox_day", sentence: "The mailbox has sent all it may within 24 hours." }],
  last_finishes_at: "2026-03-16T15:40:00.000Z",
};

export const promises: Record<string, readonly Example[]> = {
  "promises.create": [
    {
      title: "500 contacts, from one mailbox",
      input: { id: sequence, label_names: ["Nordic plants"], send_email_from_email_account_id: [mailbox] },
      answer: {
        promise,
      },
    },
  ],
  "promises.show": [
    {
      isShownElsewhere: true,
      title: "All requests with a prediction",
      input: { id: sequence },
      answer: {
        promised: {
          people: 500,
          adds: 1,
          first_at: "2026-02-03T08:00:00.000Z",
          until: "2026-05-04T08:00:00.000Z",
          hours: [{ hour: "2026-02-03T08:00:00.000Z", promised: 60, happened: 46 }],
          promised_by_now: 60,
          happened: 46,
          late: 14,
          waiting: [
            {
              code: "limit:mailbox_day",
              email_account_id: mailbox,
              count: 14,
              sentence: "The mailbox has sent all it may within 24 hours.",
            },
          ],
          gone: [],
        },
      },
    },
  ],
  "imports.promise": [
    {
      title: "A file to import, from one mailbox",
      input: {
        text: "First name,Email,Time zone\nInes,ines@norrland.example,Europe/Oslo\n",
        add_to_sequence: { id: sequence, send_email_from_email_account_id: [mailbox] },
      },
      answer: { promise },
    },
  ],
};
