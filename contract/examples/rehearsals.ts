import type { Example } from "../endpoint.ts";

const someone = { id: "6606d8e4b4ecb301b0bf0b01", name: "Ines Okafor", email: "ines@norrland.example" };

const composed = {
  contact: someone,
  email_account: { id: "6606d8e4b4ecb301b0bf0b02", email: "ole@example.no" },
  subject: "Ines, your turbines",
  body_html: "<p>Hi Ines</p>",
  body_text: "Hi Ines",
  missing: [],
  unknown_variables: [],
  versions: 1,
  fault: null,
};

const mail = { subject: "{{first_name}}, your turbines", body_html: "<p>Hi {{first_name}}</p>" };
const id = "6606d8e4b4ecb301b0bf0b03";

export const rehearsals: Record<string, readonly Example[]> = {
  "rehearsals.dates": [
    {
      title: "Due dates of all steps",
      input: { id, starts_at: "2026-11-20T09:00:00Z" },
      answer: {
        rehearsal: {
          contact: someone,
          starts_at: "2026-11-20T09:00:00Z",
          time_zone: "Europe/Stockholm",
          uses_contact_time_zone: true,
          steps: [
            { position: 1, type: "auto_email", due_at: "2026-11-20T09:00:00Z" },
            { position: 2, type: "call", due_at: null },
          ],
        },
      },
    },
  ],
  "rehearsals.mail": [
    { title: "An email for a contact", input: { id, ...mail }, answer: { preview: composed } },
  ],
  "rehearsals.mails": [
    {
      title: "A step's email for ten contacts",
      input: { id, emailer_step_id: "6606d8e4b4ecb301b0bf0b04" },
      answer: {
        trial: {
          source: "sequence",
          looked_at: 40,
          failing: 1,
          contacts: [
            {
              contact: someone,
              mails: [
                {
                  emailer_step_id: "6606d8e4b4ecb301b0bf0b04",
                  emailer_touch_id: "6606d8e4b4ecb301b0bf0b05",
                  position: 1,
                  verdict: "ready",
                  reasons: [],
                  missing: [],
                  subject: "Ines, your turbines",
                  body_html: "<p>Hi Ines</p>",
                  body_text: "Hi Ines",
                },
              ],
            },
          ],
        },
      },
      isShownElsewhere: true,
    },
  ],
  "rehearsals.sendTest": [
    {
      title: "A test email to yourself",
      input: { id, ...mail },
      answer: { test: { ...composed, to: "ole@example.no" } },
      isShownElsewhere: true,
    },
  ],
  "rehearsals.variables": [
    {
      title: "All email variables",
      input: {},
      answer: {
        variables: [
          { name: "first_name", source: "contact", meaning: "First name", example: "Ines" },
          { name: "contact.favourite_sport", source: "contact", meaning: "Favourite Sport", example: null },
        ],
      },
    },
  ],
  "rehearsals.problems": [
    {
      title: "Contacts with missing values",
      input: { id },
      answer: {
        looked_at: 40,
        people: 40,
        missing: [
          {
            emailer_step_id: "6606d8e4b4ecb301b0bf0b04",
            position: 1,
            variable: "first_name",
            count: 14,
            contact_ids: [someone.id],
          },
        ],
        unreadable: [],
      },
    },
  ],
};
