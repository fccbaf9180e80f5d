// A sequence tried out before it runs: when each step would come, how its mails would read, what is not known of whom, and a
// mail to oneself. Apollo's web client has these, without documented calls.

import { z } from "zod";
import { stepInput } from "../apollo/steps.ts";
import { bodyHtml, subject } from "../apollo/templates.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const someone = z.strictObject({
  id: fields.id.nullable().describe("null: an invented person, because the team has no contact yet"),
  name: z.string(),
  email: z.string().nullable(),
});

const as = {
  id: fields.id,
  contact_id: fields.id
    .nullish()
    .describe("Without it, somebody of the sequence, or the team's newest contact"),
};

const mail = {
  ...as,
  subject: subject.nullish(),
  body_html: bodyHtml.nullish(),
  include_signature: fields.flag.default(true),
  generic_personalized_opener: fields.text(2000).nullish(),
  personalized_opener_fallback_option: fields.text(100).optional(),
  email_account_id: fields.id
    .nullish()
    .describe("Without it, the first mailbox that whoever asks may send from"),
};

const composed = {
  contact: someone,
  email_account: z.strictObject({ id: fields.id, email: z.string() }).nullable(),
  subject: z.string(),
  body_html: z.string(),
  body_text: z.string(),
  missing: z.array(z.string()).describe("Variables that have no value: the mail would not be sent"),
  fault: z
    .strictObject({ sentence: z.string(), in: z.enum(["subject", "body"]) })
    .nullable()
    .describe("What cannot be read in it; then there is no text"),
};

export const rehearsals = {
  dates: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/rehearse",
    scope: "emailer_campaigns/rehearse",
    access: "scoped",
    effect: "read",
    summary: "Says when each step would fall due for a contact who joined now, if nothing held it up",
    input: z.object({
      ...as,
      starts_at: fields.moment.optional().describe("When they would join; without it, now"),
      emailer_steps: z
        .array(z.object(stepInput))
        .max(100)
        .optional()
        .describe("Steps that are not saved yet, in place of those that are"),
    }),
    output: z.strictObject({
      rehearsal: z.strictObject({
        contact: someone,
        starts_at: fields.stamp,
        time_zone: z.string().describe("Whose clock the dates follow"),
        steps: z.array(
          z.strictObject({
            position: z.int(),
            type: z.string(),
            due_at: fields.stamp
              .nullable()
              .describe("null where the step is off, or comes never: the schedule has no hours"),
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
    summary: "Shows how a mail, saved or not, would read for a contact",
    input: z.object(mail),
    output: z.strictObject({ preview: z.strictObject(composed) }),
  }),

  sendTest: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/send_test",
    scope: "emailer_campaigns/send_test",
    access: "scoped",
    effect: "write",
    summary: "Sends a mail as it would read for a contact to whoever asks, and to nobody else",
    description:
      "It counts nowhere, belongs to no contact, and takes no part of the mailbox's limits. A dry run sends nothing.",
    input: z.object({ ...mail, attachment_ids: z.array(fields.id).max(20).optional() }),
    output: z.strictObject({
      test: z.strictObject({ ...composed, to: z.string().describe("The address of whoever asks") }),
    }),
  }),

  variables: endpoint({
    method: "GET",
    path: "/mail_variables",
    scope: "mail_variables/index",
    access: "scoped",
    effect: "read",
    summary: "Lists what a mail may name, the team's custom fields among it",
    input: z.object({}),
    output: z.strictObject({
      variables: z.array(
        z.strictObject({
          name: z.string().describe("As it is written between `{{` and `}}`"),
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
    summary: "Says of which mails something is missing for how many who have yet to get them",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      looked_at: z.int().describe("How many people were looked at"),
      people: z.int().describe("How many are on their way"),
      missing: z.array(
        z.strictObject({
          emailer_step_id: fields.id,
          position: z.int(),
          variable: z.string(),
          count: z.int(),
          contact_ids: z.array(fields.id).describe("The first five"),
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
