// What came in: what each mail was taken for, why, and how a person says otherwise.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { classSuggestion } from "./model-suggestions.ts";
import { REPLY_CLASSES } from "./reply-classes.ts";

const KINDS = [
  "reply",
  "unsubscribe",
  "out_of_office",
  "auto_reply",
  "challenge",
  "bounce",
  "delay",
  "receipt",
  "complaint",
  "list",
  "own",
  "unrelated",
  "unreadable",
] as const;
const kind = z.enum(KINDS);

const bounceClass = z.enum(["hard", "soft", "policy"]);

const holdReason = z.enum([
  "answered",
  "maybe_answered",
  "maybe_opted_out",
  "maybe_bounced",
  "automatic",
  "unclear",
]);

export const incomingMail = z.strictObject({
  id: fields.id,
  email_account_id: fields.id.describe("The mailbox that received it"),
  folder: z.string().describe("The folder it was read from; replies marked as spam are in another folder"),
  kind,
  certainty: z
    .enum(["sure", "probable", "unsure"])
    .describe(
      "Anything but `sure` holds the contact and asks a teammate. `unsure`: no reading is likely enough",
    ),
  action: z
    .enum(["act", "ask", "leave"])
    .nullable()
    .describe(
      "`act`: it was handled as its kind. `ask`: the contact is on hold until a teammate decides. `leave`: nothing happens",
    ),
  probability: z.number().nullable().describe("Probability of this reading, from 0 to 1"),
  tied_by: z
    .enum(["message_id", "thread", "token", "address", "company"])
    .nullable()
    .describe("What links it to the sent email"),
  emailer_message_id: fields.id.nullable(),
  contact_id: fields.id.nullable(),
  contact_campaign_status_id: fields.id.nullable(),
  counts_as_response: z.boolean(),
  reply_class: z.string().nullable(),
  returns_on: z.string().nullable().describe("A date such as 2026-03-31"),
  bounce: z
    .strictObject({ class: bounceClass, code: z.string().nullable(), email: z.string().nullable() })
    .nullable(),
  named_emails: z.array(z.string()).describe("Other addresses that the email suggests"),
  evidence: z
    .array(
      z.strictObject({
        rule: z.string(),
        where: z.string(),
        quote: z.string(),
        from: z.int().optional(),
        to: z.int().optional(),
      }),
    )
    .describe("`from` and `to` are positions in `body_text`, or in `subject` if `where` is `subject`"),
  from_email: z.string().nullable().describe("null for unrelated email; nothing of it is kept"),
  from_name: z.string().nullable(),
  subject: z.string().nullable(),
  body_text: z.string().nullable().describe("The first 20,000 characters"),
  attachments: z
    .array(
      z.strictObject({
        position: z.int(),
        file_name: z.string(),
        content_type: z.string(),
        size: z.int(),
        is_inline: z.boolean().describe("A picture within the text"),
      }),
    )
    .describe("At most 50"),
  set_aside_reason: z.string().nullable().describe("Code of the reason why part of it could not be read"),
  set_aside_says: z.string().nullable().describe("The same reason as a sentence, and what to do"),
  question: z
    .enum(["reply", "unsubscribe", "bounce"])
    .nullable()
    .describe("The question for the mailbox's owner"),
  needs_person: z.boolean(),
  task_id: fields.id.nullable(),
  overruled: z
    .strictObject({ at: fields.stamp, by_user_id: fields.id.nullable(), was: z.string() })
    .nullable(),
  handled: z
    .strictObject({ at: fields.stamp, by_user_id: fields.id.nullable() })
    .nullable()
    .describe("When a teammate handled it"),
  snoozed_until: fields.stamp.nullable().describe("Hidden from the inbox until then"),
  assigned_to_user_id: fields.id.nullable().describe("The teammate who is to answer"),
  hold: z
    .strictObject({ reason: holdReason, since: fields.stamp, until: fields.stamp.nullable() })
    .nullable()
    .describe(
      "While this is set, the sender gets no automatic email. `until` null: until a teammate decides",
    ),
  is_open: z
    .boolean()
    .describe("True if a reply or question is not handled yet, or the email holds a contact"),
  contact: z
    .strictObject({ id: fields.id, name: z.string().nullable(), account_name: z.string().nullable() })
    .nullable(),
  mailbox_email: z.string().describe("Address of the mailbox that received it"),
  suggestion: classSuggestion
    .nullable()
    .describe("Suggestion of the language model; it changes nothing until a teammate accepts it"),
  received_at: fields.stamp,
  processed_at: fields.stamp,
});

/** What a person may say that a mail is. */
const said = {
  kind: z.enum(["reply", "unsubscribe", "out_of_office", "auto_reply", "bounce", "unrelated"]),
  reply_class: z.enum(REPLY_CLASSES).optional().describe("For a reply"),
  returns_on: fields.day.optional().describe("For an out-of-office reply"),
  bounce_class: bounceClass.optional(),
};

const leftEnrollments = z
  .record(z.string(), z.string())
  .describe("Enrollments that could not be restored, each with the reason");

export const incomingMails = {
  list: endpoint({
    method: "GET",
    path: "/incoming_mails",
    scope: "incoming_mails/index",
    access: "scoped",
    effect: "read",
    summary: "List incoming emails",
    description:
      "Newest first. Pages reach the first 50,000. To get all, send `next_cursor` back as `cursor`.",
    input: z.object({
      ...fields.paging,
      cursor: fields.text(500).optional().describe("Cadenza's own: continues after the last email of a page"),
      kind: kind.optional(),
      contact_id: fields.id.optional(),
      email_account_id: fields.id.optional(),
      email_account_ids: z.array(fields.id).max(1000).optional(),
      counts_as_response: fields.flag.optional(),
      emailer_message_id: fields.id.optional(),
      needs_person: fields.flag.optional(),
      kinds: z.array(kind).max(20).optional().describe("Only these kinds"),
      reply_classes: z
        .array(fields.text(60))
        .max(20)
        .optional()
        .describe("Only replies with one of the named classes"),
      emailer_campaign_ids: z
        .array(fields.id)
        .max(1000)
        .optional()
        .describe("From contacts in these sequences"),
      user_id: fields.id
        .optional()
        .describe(
          "The user in charge: the teammate it is assigned to, else the owner of the mailbox or of the contact",
        ),
      snoozed: fields.flag.optional().describe("True: snoozed emails. False: all others"),
      is_open: fields.flag
        .optional()
        .describe("True: replies and questions not handled yet. False: all others"),
      holds: fields.flag.optional().describe("True: emails that hold a contact. False: all others"),
      holds_first: fields.flag
        .optional()
        .describe(
          "Sorts emails that hold a contact first: possible unsubscribe requests, then unclear ones, then replies",
        ),
      received_range: z
        .object({ min: fields.moment.optional(), max: fields.moment.optional() })
        .optional()
        .describe("From `min` (included) to `max` (not included)"),
      about_us: fields.flag.optional().describe("Leave out email unrelated to your sent emails"),
      q_keywords: fields
        .text(200)
        .optional()
        .describe(
          "In the subject, the names and addresses, and the text, where each word may be a beginning",
        ),
    }),
    output: z.strictObject({ incoming_mails: z.array(incomingMail), pagination: fields.paginationOn }),
  }),

  get: endpoint({
    method: "GET",
    path: "/incoming_mails/{id}",
    scope: "incoming_mails/show",
    access: "scoped",
    effect: "read",
    summary: "Show an incoming email",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ incoming_mail: incomingMail }),
  }),

  attachment: endpoint({
    method: "GET",
    path: "/incoming_mails/{id}/attachments/{position}",
    scope: "incoming_mails/attachment",
    access: "scoped",
    effect: "read",
    isFile: true,
    summary: "Download an attachment of an incoming email",
    description: "It is read from the mailbox, where the file stays.",
    input: z.object({ id: fields.id, position: fields.whole(0, 100_000) }),
    output: z.unknown(),
  }),

  handle: endpoint({
    method: "POST",
    path: "/incoming_mails/{id}/handle",
    scope: "incoming_mails/handle",
    access: "scoped",
    effect: "write",
    summary: "Mark an incoming email as handled or not handled",
    input: z.object({ id: fields.id, handled: fields.flag.default(true) }),
    output: z.strictObject({ incoming_mail: incomingMail }),
  }),

  bulkHandle: endpoint({
    method: "POST",
    path: "/incoming_mails/bulk_handle",
    scope: "incoming_mails/bulk_handle",
    access: "scoped",
    effect: "write",
    summary: "Mark several incoming emails as handled or not handled",
    description:
      "The answer's `incoming_mail_ids` are those that changed. To undo, send them with the opposite value.",
    input: z.object({
      incoming_mail_ids: z.array(fields.id).min(1).max(1000),
      handled: fields.flag.default(true),
    }),
    output: z.strictObject({ incoming_mail_ids: z.array(fields.id), left: fields.left }),
  }),

  bulkSnooze: endpoint({
    method: "POST",
    path: "/incoming_mails/bulk_snooze",
    scope: "incoming_mails/bulk_snooze",
    access: "scoped",
    effect: "write",
    summary: "Snooze several incoming emails",
    description:
      "They leave the inbox and come back at `until`; null brings them back now. A contact who is on hold stays on hold.",
    input: z.object({
      incoming_mail_ids: z.array(fields.id).min(1).max(1000),
      until: fields.moment.nullable().describe("In the future, at most one year"),
    }),
    output: z.strictObject({ incoming_mail_ids: z.array(fields.id), left: fields.left }),
  }),

  bulkAssign: endpoint({
    method: "POST",
    path: "/incoming_mails/bulk_assign",
    scope: "incoming_mails/bulk_assign",
    access: "scoped",
    effect: "write",
    summary: "Assign several incoming emails to a teammate",
    description: "They move to that teammate's inbox. Emails that the teammate cannot see are skipped.",
    input: z.object({
      incoming_mail_ids: z.array(fields.id).min(1).max(1000),
      user_id: fields.id.nullable().describe("null: back to the owner of the mailbox or of the contact"),
    }),
    output: z.strictObject({ incoming_mail_ids: z.array(fields.id), left: fields.left }),
  }),

  decideSuggestion: endpoint({
    method: "POST",
    path: "/incoming_mails/{id}/suggestion",
    scope: "incoming_mails/decide_suggestion",
    access: "scoped",
    effect: "write",
    summary: "Accept or drop a suggested reply class",
    description: "Accepting works like choosing the class yourself.",
    input: z.object({
      id: fields.id,
      decision: z.enum(["accept", "drop"]),
      returns_on: fields.day.optional().describe("For an out-of-office reply; default: tomorrow"),
    }),
    output: z.strictObject({
      incoming_mail: incomingMail,
      left_contact_campaign_status_ids: leftEnrollments,
    }),
  }),

  bulkOverrule: endpoint({
    method: "POST",
    path: "/incoming_mails/bulk_overrule",
    scope: "incoming_mails/bulk_overrule",
    access: "scoped",
    effect: "write",
    summary: "Correct how several incoming emails were read",
    description:
      "Each is handled like the single call. Emails that cannot be changed are skipped; the others are changed.",
    input: z.object({ incoming_mail_ids: z.array(fields.id).min(1).max(100), ...said }),
    output: z.strictObject({
      incoming_mail_ids: z.array(fields.id),
      left: fields.left,
      left_contact_campaign_status_ids: leftEnrollments,
    }),
  }),

  settle: endpoint({
    method: "POST",
    path: "/incoming_mails/{id}/settle",
    scope: "incoming_mails/settle",
    access: "scoped",
    effect: "write",
    summary: "Confirm or correct a reply, so that it no longer holds the contact",
    description:
      "Without `kind` the reading is confirmed. With `kind` it is corrected, as with `overrule`. Other open replies of the contact still hold it. Repeating the call changes nothing.",
    input: z.object({ id: fields.id, ...said, kind: said.kind.optional() }),
    output: z.strictObject({
      incoming_mail: incomingMail,
      left_contact_campaign_status_ids: leftEnrollments,
    }),
  }),

  overrule: endpoint({
    method: "POST",
    path: "/incoming_mails/{id}/overrule",
    scope: "incoming_mails/overrule",
    access: "scoped",
    effect: "write",
    summary: "Correct how an incoming email was read",
    description:
      "Effects of the old reading are undone where possible: stopped contacts resume, unless a teammate moved them, and entries of the Do not email list are removed. Then the new reading takes effect. Contact stages stay.",
    input: z.object({ id: fields.id, ...said }),
    output: z.strictObject({
      incoming_mail: incomingMail,
      left_contact_campaign_status_ids: leftEnrollments,
    }),
  }),
};
