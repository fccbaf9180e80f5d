// Mails that people write by hand. Apollo documents beginning one and sending it; changing, deleting and resolving are ours.

import { z } from "zod";
import { emailerMessageShown } from "../apollo/emailer-message.ts";
import { taskShown } from "../apollo/task.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const recipients = z
  .array(
    z.object({
      email: fields.text(254).optional().describe("Default: the address of `contact_id`"),
      contact_id: fields.id.optional().describe("A contact who is written to, where `email` is not sent"),
      recipient_type_cd: z.enum(["to", "cc", "bcc"]).default("to"),
    }),
  )
  .max(50)
  .optional()
  .describe("The contact gets the email; the other addresses get a copy");

const text = {
  subject: fields.text(1000).nullish(),
  body_html: fields.html(500_000).nullish(),
};

const rest = {
  recipients,
  attachment_ids: z.array(fields.id).max(20).optional(),
  enable_tracking: fields.flag.optional(),
  remind_after_days: fields
    .whole(1, 90)
    .nullish()
    .describe("Creates a task for you if there is no reply so many days after it was sent"),
  email_account_id: fields.id.optional().describe("The mailbox that sends it"),
  send_from_email_address: fields.text(254).optional().describe("One of the mailbox's addresses"),
};

const shown = z.strictObject({ emailer_message: emailerMessageShown, task: taskShown.optional() });

const manyMails = z.strictObject({
  emailer_message_ids: z.array(fields.id).describe("Emails that were changed"),
  left: fields.left,
});

export const messageWriting = {
  create: endpoint({
    method: "POST",
    path: "/emailer_messages",
    scope: "emailer_messages/create",
    oauth: "emailer_messages_create",
    access: "scoped",
    effect: "write",
    wrapper: "emailer_message",
    summary: "Create a draft email to a contact",
    input: z.object({
      contact_id: fields.id.optional(),
      in_response_to_emailer_message_id: fields.id
        .optional()
        .describe("The sent email to follow up on, in the same thread"),
      ...text,
      ...rest,
      emailer_template_id: fields.id
        .optional()
        .describe("Fills subject and body for this contact where you send none"),
      outreach_task_id: fields.id.optional(),
    }),
    output: shown.extend({
      missing_variables: z
        .array(z.string())
        .describe("Variables of the template without a value; gaps in the text"),
    }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/emailer_messages/{id}",
    scope: "emailer_messages/update",
    access: "scoped",
    effect: "write",
    wrapper: "emailer_message",
    summary: "Update a draft or scheduled email",
    description:
      "`due_at` schedules it for that time, outside the sending schedule too. null makes it a draft again. For a step's email, send subject and body together; they go out unchanged.",
    ifMatch: {
      record: emailerMessageShown,
      shows: { send_from_email_address: "email_account_id" },
    },
    input: z.object({
      id: fields.id,
      ...text,
      ...rest,
      due_at: fields.moment.nullish(),
    }),
    output: shown,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/emailer_messages/{id}",
    scope: "emailer_messages/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a draft or a manually scheduled email",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      emailer_message: z.strictObject({ id: fields.id, deleted: z.literal(true) }),
    }),
  }),

  sendNow: endpoint({
    method: "POST",
    path: "/emailer_messages/{id}/send_now",
    scope: "emailer_messages/send_now",
    oauth: "emailer_messages_send_now",
    access: "scoped",
    effect: "write",
    summary: "Send a draft, scheduled or failed email now",
    description: "It goes out as soon as the limits of its mailbox allow.",
    input: z.object({
      id: fields.id,
      surface: fields.text(200).optional(),
      email_account_id: rest.email_account_id,
      send_from_email_address: rest.send_from_email_address,
      touch_limit_reason: fields
        .text(500)
        .optional()
        .describe("Why this email may exceed the team's contact frequency limits"),
    }),
    output: shown,
  }),

  bulkSendNow: endpoint({
    method: "POST",
    path: "/emailer_messages/bulk_send_now",
    scope: "emailer_messages/bulk_send_now",
    access: "scoped",
    effect: "write",
    summary: "Send several emails now",
    description:
      "The checks of the single call apply to each. Emails that fail a check are skipped; the others go out.",
    input: z.object({ emailer_message_ids: z.array(fields.id).min(1).max(100) }),
    output: manyMails,
  }),

  bulkSchedule: endpoint({
    method: "POST",
    path: "/emailer_messages/bulk_schedule",
    scope: "emailer_messages/bulk_schedule",
    access: "scoped",
    effect: "write",
    summary: "Reschedule several emails, each to its own time",
    description:
      "A time in `due_at` schedules the email, outside the sending schedule too. null makes it a draft again, which is not possible for a step's email.",
    input: z.object({
      emailer_messages: z
        .array(z.object({ id: fields.id, due_at: fields.moment.nullable() }))
        .min(1)
        .max(100),
    }),
    output: manyMails,
  }),

  resolve: endpoint({
    method: "POST",
    path: "/emailer_messages/{id}/resolve",
    scope: "emailer_messages/resolve",
    access: "scoped",
    effect: "write",
    summary: "Resolve an email whose delivery is not confirmed",
    description:
      "`sent` treats it as delivered. `send_again` sends it once more, so the contact may get it twice.",
    input: z.object({ id: fields.id, as: z.enum(["sent", "send_again"]) }),
    output: shown,
  }),
};
