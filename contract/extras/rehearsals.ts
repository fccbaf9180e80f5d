// A sequence tried out before it runs: when each step would come, how its mails would read, what is not known of whom, and a
// mail to oneself. Apollo's web client has these, without documented calls.

import { z } from "zod";
import { newStepInput } from "../apollo/steps.ts";
import { bodyHtml, subject } from "../apollo/templates.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { path } from "./branch.ts";

const someone = z.strictObject({
  id: fields.id.nullable().describe("null for an invented person, used while the team has no contacts"),
  name: z.string(),
  email: z.string().nullable(),
});

const shift = z.strictObject({
  reason: z.enum([
    "no_hours",
    "holiday",
    "outside_hours",
    "usual_hour",
    "day_begins",
    "clock_change",
    "date_passed",
  ]),
  dates: z.array(z.string()).describe("Skipped days, at most 20"),
  name: z.string().optional(),
});

const as = {
  id: fields.id,
  contact_id: fields.id
    .nullish()
    .describe("Default: a contact of the sequence, or the team's newest contact"),
};

const mail = {
  ...as,
  subject: subject.nullish(),
  body_html: bodyHtml.nullish(),
  include_signature: fields.flag.default(true),
  generic_personalized_opener: fields.text(2000).nullish(),
  personalized_opener_fallback_option: fields.text(100).optional(),
  email_account_id: fields.id.nullish().describe("Default: the first mailbox the caller may send from"),
  emailer_step_id: fields.id
    .nullish()
    .describe("The step the email belongs to. Alternatives `{a|b}` are then the ones the contact will get."),
};

const composed = {
  contact: someone,
  email_account: z.strictObject({ id: fields.id, email: z.string() }).nullable(),
  subject: z.string(),
  body_html: z.string(),
  body_text: z.string(),
  missing: z.array(z.string()).describe("Variables without a value; the email would not be sent"),
  unknown_variables: z
    .array(z.strictObject({ name: z.string(), meant: z.string().nullable() }))
    .describe("Names that no variable and no custom field has, each with the similar name that exists"),
  versions: z
    .int()
    .describe(
      "How many different emails its alternatives `{a|b}` make, at most 10^18; 1 without alternatives",
    ),
  fault: z
    .strictObject({ sentence: z.string(), in: z.enum(["subject", "body"]) })
    .nullable()
    .describe("Syntax error that keeps the email from being composed"),
};

export const rehearsals = {
  dates: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/rehearse",
    scope: "emailer_campaigns/rehearse",
    access: "scoped",
    effect: "read",
    summary: "Preview the dates of a sequence",
    description: "When each step would be due for a contact added now, if nothing holds it.",
    input: z.object({
      ...as,
      starts_at: fields.moment.optional().describe("When the contact would be added; default: now"),
      emailer_steps: z
        .array(z.object(newStepInput))
        .max(100)
        .optional()
        .describe("Unsaved steps to use instead of the saved ones"),
    }),
    output: z.strictObject({
      rehearsal: z.strictObject({
        contact: someone,
        starts_at: fields.stamp,
        time_zone: z.string().describe("The time zone used for the dates"),
        uses_contact_time_zone: z.boolean(),
        steps: z.array(
          z.strictObject({
            position: z.int(),
            type: z.string(),
            due_at: fields.stamp
              .nullable()
              .describe("null if the step is off, or the schedule has no sending hours"),
            earliest_at: fields.stamp.optional().describe("On any path"),
            latest_at: fields.stamp.optional(),
            unshifted_at: fields.stamp.optional().describe("The previous step plus the wait"),
            shifts: z.array(shift).optional().describe("Why `due_at` differs"),
            takes_path: path
              .nullish()
              .describe("Of a branch: the path this contact would take as they are now"),
          }),
        ),
      }),
    }),
  }),

  mail: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/preview_mail",
    scope: "emailer_campaigns/preview_mail",
    access: "scoped",
    effect: "read",
    summary: "Preview an email for a contact",
    description: "The email may be unsaved.",
    input: z.object(mail),
    output: z.strictObject({ preview: z.strictObject(composed) }),
  }),

  mails: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/preview_mails",
    scope: "emailer_campaigns/preview_mails",
    access: "scoped",
    effect: "read",
    summary: "Preview emails for ten contacts",
    description:
      "Checks up to 200 contacts as if the emails were due now, without limits and sending hours. Shows ten of them, those with failing emails first.",
    input: z.object({
      id: fields.id,
      label_id: fields.id
        .nullish()
        .describe("Contacts of this list. Default: contacts of the sequence, or the team's newest contacts"),
      emailer_step_id: fields.id.nullish().describe("Default: all email steps"),
      subject: subject.nullish().describe("Unsaved text to use instead of the step's emails"),
      body_html: bodyHtml.nullish(),
      include_signature: fields.flag.default(true),
      is_reply: fields.flag.default(false).describe("The unsaved text replies in the thread"),
    }),
    output: z.strictObject({
      trial: z.strictObject({
        source: z.enum(["sequence", "list", "newest"]),
        looked_at: z.int().describe("Number of contacts checked"),
        failing: z.int().describe("Number of them with an email that would fail"),
        contacts: z.array(
          z.strictObject({
            contact: someone,
            mails: z.array(
              z.strictObject({
                emailer_step_id: fields.id.nullable(),
                emailer_touch_id: fields.id.nullable(),
                position: z.int(),
                verdict: z.enum(["ready", "waits", "skipped", "fails"]),
                reasons: z.array(
                  z.strictObject({ code: z.string(), outcome: z.string(), sentence: z.string() }),
                ),
                missing: z.array(z.string()),
                subject: z.string(),
                body_html: z.string(),
                body_text: z.string(),
              }),
            ),
          }),
        ),
      }),
    }),
  }),

  sendTest: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/send_test",
    scope: "emailer_campaigns/send_test",
    access: "scoped",
    effect: "write",
    summary: "Send a test email to yourself",
    description:
      "As the contact would get it. Opens and clicks count for no contact. It uses no mailbox limits. A dry run sends nothing.",
    input: z.object({ ...mail, attachment_ids: z.array(fields.id).max(20).optional() }),
    output: z.strictObject({
      test: z.strictObject({ ...composed, to: z.string().describe("The caller's email address") }),
    }),
  }),

  variables: endpoint({
    method: "GET",
    path: "/mail_variables",
    scope: "mail_variables/index",
    access: "scoped",
    effect: "read",
    summary: "List email variables",
    description: "Custom fields are included.",
    input: z.object({}),
    output: z.strictObject({
      variables: z.array(
        z.strictObject({
          name: z.string().describe("The name between `{{` and `}}`"),
          source: z.enum(["contact", "account", "sender", "sequence", "now"]),
          meaning: z.string(),
          example: z.string().nullable(),
        }),
      ),
    }),
  }),

  problems: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/problems",
    scope: "emailer_campaigns/problems",
    access: "scoped",
    effect: "read",
    summary: "List missing variables in a sequence's emails",
    description: "With the number of contacts who have yet to get each email.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      looked_at: z.int().describe("Number of contacts checked"),
      people: z.int().describe("Number of contacts still active"),
      missing: z.array(
        z.strictObject({
          emailer_step_id: fields.id,
          position: z.int(),
          variable: z.string(),
          count: z.int(),
          contact_ids: z.array(fields.id).describe("The first five contacts"),
        }),
      ),
      unreadable: z.array(
        z.strictObject({
          emailer_step_id: fields.id,
          emailer_touch_id: fields.id,
          position: z.int(),
          sentence: z.string(),
        }),
      ),
    }),
  }),
};
