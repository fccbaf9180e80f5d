// Mails that people write by hand. Apollo documents beginning one and sending it; changing, deleting and resolving are ours.

import { z } from "zod";
import { emailerMessageShown } from "../apollo/emailer-message.ts";
import { taskShown } from "../apollo/task.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const recipients = z
  .array(
    z.object({
      email: fields.text(254),
      recipient_type_cd: z.enum(["to", "cc", "bcc"]).default("to"),
    }),
  )
  .max(50)
  .optional()
  .describe("The contact gets the mail; everybody else who is named here gets a copy");

const text = {
  subject: fields.text(1000).nullish(),
  body_html: fields.text(500_000).nullish(),
};

const rest = {
  recipients,
  attachment_ids: z.array(fields.id).max(20).optional(),
  enable_tracking: fields.flag.optional(),
  email_account_id: fields.id.optional().describe("The mailbox it goes out from"),
  send_from_email_address: fields.text(254).optional().describe("One of the mailbox's addresses"),
};

const shown = z.strictObject({ emailer_message: emailerMessageShown, task: taskShown.optional() });

const manyMails = z.strictObject({
  emailer_message_ids: z.array(fields.id).describe("Those for which it is so now"),
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
    summary: "Begins a mail to a contact, as a draft",
    input: z.object({
      contact_id: fields.id.optional(),
      in_response_to_emailer_message_id: fields.id
        .optional()
        .describe("A mail of ours it goes on from, in the same thread"),
      ...text,
      ...rest,
      emailer_template_id: fields.id
        .optional()
        .describe("Filled for the contact, where nothing else is said"),
      outreach_task_id: fields.id.optional(),
    }),
    output: shown,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/emailer_messages/{id}",
    scope: "emailer_messages/update",
    access: "scoped",
    effect: "write",
    wrapper: "emailer_message",
    summary: "Changes a draft or a mail that is scheduled",
    description:
      "`due_at` schedules it for that time, whatever the hours of the schedule; null makes a scheduled mail a draft again. Of " +
      "a step's mail, subject and body are written together, and go out as they stand.",
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
    summary: "Deletes a draft, or a mail that somebody has scheduled by hand",
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
    summary: "Sends a draft, a scheduled or a failed mail as soon as its mailbox may",
    input: z.object({
      id: fields.id,
      surface: fields.text(200).optional(),
      email_account_id: rest.email_account_id,
      send_from_email_address: rest.send_from_email_address,
      touch_limit_reason: fields
        .text(500)
        .optional()
        .describe("Why this one mail may go beyond the team's limits of touches"),
    }),
    output: shown,
  }),

  bulkSendNow: endpoint({
    method: "POST",
    path: "/emailer_messages/bulk_send_now",
    scope: "emailer_messages/bulk_send_now",
    access: "scoped",
    effect: "write",
    summary: "Sends many drafts, scheduled or failed mails as soon as their mailboxes may",
    description:
      "Each passes what the call for one asks; one that does not is left, and stops none of the others.",
    input: z.object({ emailer_message_ids: z.array(fields.id).min(1).max(100) }),
    output: manyMails,
  }),

  bulkSchedule: endpoint({
    method: "POST",
    path: "/emailer_messages/bulk_schedule",
    scope: "emailer_messages/bulk_schedule",
    access: "scoped",
    effect: "write",
    summary: "Moves many mails, each to a time of its own",
    description:
      "`due_at` as when one is changed: a time schedules it, whatever the hours of the schedule; null makes a draft of it " +
      "again, which a step's mail cannot become.",
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
    summary: "Decides what became of a mail whose server's answer was lost",
    description: "`sent` goes on as if it had arrived; `send_again` may reach the contact twice.",
    input: z.object({ id: fields.id, as: z.enum(["sent", "send_again"]) }),
    output: shown,
  }),
};
