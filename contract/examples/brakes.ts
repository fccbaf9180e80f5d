import type { Example } from "../endpoint.ts";

const bounces = {
  cause: "bounces",
  enabled: true,
  days: 7,
  min_emails: 50,
  first_steps_at_percent: 5,
  pause_at_percent: 10,
};

const subject = {
  scope: "sequence",
  subject_id: "64f0aa000000000000000031",
  name: "Spring outreach",
  level: "first_steps",
  cause: "bounces",
};

const brake = {
  id: "64f0aa0000000000000000fa",
  ...subject,
  emails: 80,
  count: 6,
  percent: 7.5,
  threshold_percent: 5,
  days: 7,
  percent_before: null,
  since: "2026-03-02T09:15:00.000Z",
  ended_at: null,
  end_reason: null,
  ended_by: null,
  sentence:
    "The sequence Spring outreach sends no first emails: 6 of 80 emails bounced in 7 days (7.5%, limit 5%). First emails wait until the figures are better. Contacts who already got an email get the next ones.",
};

const simulated = {
  ...subject,
  from: "2026-02-20T09:15:00.000Z",
  until: "2026-02-24T09:15:00.000Z",
  days_on: 4,
  emails_sent: 41,
  sentence:
    "The sequence Spring outreach sends no first emails: 4 of 92 emails bounced in 7 days (4.35%, limit 4%).",
};

export const brakes: Record<string, readonly Example[]> = {
  "brakes.list": [{ title: "Brakes that are on", input: {}, answer: { brakes: [brake], rules: [bounces] } }],
  "brakes.update": [
    {
      title: "Hold first emails from 4 % bounces on",
      input: { rules: [{ cause: "bounces", first_steps_at_percent: 4 }] },
      answer: { rules: [{ ...bounces, first_steps_at_percent: 4 }] },
    },
  ],
  "brakes.simulate": [
    {
      title: "What 4 % would have held",
      input: { rules: [{ cause: "bounces", first_steps_at_percent: 4 }] },
      answer: {
        with_these_rules: [simulated],
        with_current_rules: [],
      },
    },
  ],
  "brakes.lift": [
    {
      title: "The list was cleaned",
      isShownElsewhere: true,
      input: { id: brake.id },
      answer: {
        brake: {
          ...brake,
          ended_at: "2026-03-02T11:00:00.000Z",
          end_reason: "user",
          ended_by: "64f0aa000000000000000002",
        },
      },
    },
  ],
};
