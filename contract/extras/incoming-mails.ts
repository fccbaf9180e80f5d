// What came in: what each mail was taken for, why, and how a person says otherwise.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { classSuggestion } from "./model-suggestions.ts";

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

const REPLY_CLASSES = [
  "willing_to_meet",
  "follow_up_question",
  "person_referral",
  "already_left_company_or_not_right_person",
  "not_interested",
  "none_of_the_above",
] as const;

const bounceClass = z.enum(["hard", "soft", "policy"]);

const holdReason = z.enum([
  "answered",
  "maybe_answered",
  "maybe_opted_out",
  "maybe_bounced",
  "automatic",
  "unclear",
]);

const incomingMail = z.strictObject({
  id: fields.id,
  email_account_id: fields.id.describe("The mailbox it came to"),
  folder: z
    .string()
    .describe("Where it lay when it was read; answers that were taken for spam lie in another one"),
  kind,
  certainty: z
    .enum(["sure", "probable", "unsure"])
    .describe("What is not sure holds the contact and asks. `unsure`: no reading is likely enough to name"),
  action: z
    .enum(["act", "ask", "leave"])
    .nullable()
    .describe(
      "`act`: what the kind says followed. `ask`: the contact is held until a person has looked. `leave`: nothing follows",
    ),
  probability: z.number().nullable().describe("How likely the reading is, from 0 to 1"),
  tied_by: z
    .enum(["message_id", "thread", "token", "address", "company"])
    .nullable()
    .describe("By what we know which mail of ours it is about"),
  emailer_message_id: fields.id.nullable(),
  contact_id: fields.id.nullable(),
  contact_campaign_status_id: fields.id.nullable(),
  counts_as_response: z.boolean(),
  reply_class: z.string().nullable(),
  returns_on: z.string().nullable().describe("A calendar day"),
  bounce: z
    .strictObject({ class: bounceClass, code: z.string().nullable(), email: z.string().nullable() })
    .nullable(),
  named_emails: z.array(z.string()).describe("Better addresses to write to, as the mail says"),
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
    .describe("`from` and `to` are places in `body_text`, or in `subject` where `where` is `subject`"),
  from_email: z
    .string()
    .nullable()
    .describe("Null for mail that has nothing to do with us: of it nothing is kept"),
  from_name: z.string().nullable(),
  subject: z.string().nullable(),
  body_text: z.string().nullable().describe("Its first 20,000 characters"),
  set_aside_reason: z.string().nullable().describe("Why not all of it could be read, as a code"),
  set_aside_says: z.string().nullable().describe("The same as a sentence: what happened, and what to do"),
  question: z
    .enum(["reply", "unsubscribe", "bounce"])
    .nullable()
    .describe("What its mailbox's owner is asked"),
  needs_person: z.boolean(),
  task_id: fields.id.nullable(),
  overruled: z
    .strictObject({ at: fields.stamp, by_user_id: fields.id.nullable(), was: z.string() })
    .nullable(),
  handled: z
    .strictObject({ at: fields.stamp, by_user_id: fields.id.nullable() })
    .nullable()
    .describe("Since when somebody has seen to it"),
  hold: z
    .strictObject({ reason: holdReason, since: fields.stamp, until: fields.stamp.nullable() })
    .nullable()
    .describe(
      "While this is open, no automatic mail goes to the person who wrote it. `until` null: until it is settled",
    ),
  is_open: z
    .boolean()
    .describe(
      "It waits for a person: an answer or a question that nobody has seen to, or one that holds a contact",
    ),
  contact: z
    .strictObject({ id: fields.id, name: z.string().nullable(), account_name: z.string().nullable() })
    .nullable(),
  mailbox_email: z.string().describe("The address of the mailbox it came to"),
  suggestion: classSuggestion
    .nullable()
    .describe("What a language model takes it for: it changes nothing until a person takes it"),
  received_at: fields.stamp,
  processed_at: fields.stamp,
});

/** What a person may say that a mail is. */
const said = {
  kind: z.enum(["reply", "unsubscribe", "out_of_office", "auto_reply", "bounce", "unrelated"]),
  reply_class: z.enum(REPLY_CLASSES).optional().describe("Of a reply"),
  returns_on: fields.day.optional().describe("Of somebody who is away"),
  bounce_class: bounceClass.optional(),
};

const leftEnrollments = z
  .record(z.string(), z.string())
  .describe("Those that could not be put back, each with the reason");

export const incomingMails = {
  list: endpoint({
    method: "GET",
    path: "/incoming_mails",
    scope: "incoming_mails/index",
    access: "scoped",
    effect: "read",
    summary: "Lists what came in, newest first",
    description: "Pages reach 50,000 mails; `next_cursor`, sent back as `cursor`, reaches all.",
    input: z.object({
      ...fields.paging,
      cursor: fields.text(500).optional().describe("Cadenza's own: goes on after the last one of a page"),
      kind: kind.optional(),
      contact_id: fields.id.optional(),
      email_account_id: fields.id.optional(),
      emailer_message_id: fields.id.optional(),
      needs_person: fields.flag.optional(),
      kinds: z.array(kind).max(20).optional().describe("Any of them"),
      reply_classes: z.array(fields.text(60)).max(20).optional().describe("Replies of any of these classes"),
      emailer_campaign_ids: z.array(fields.id).max(1000).optional().describe("Of people in these sequences"),
      user_id: fields.id
        .optional()
        .describe("Who has to see to it: whose mailbox it came to, or whose contact it is from"),
      is_open: fields.flag
        .optional()
        .describe("Answers and questions that wait for a person, or everything else"),
      holds: fields.flag
        .optional()
        .describe("Mails that hold a contact until they are settled, or everything else"),
      holds_first: fields.flag
        .optional()
        .describe("Lists what holds a contact first: possible opt-outs, then what is unclear, then answers"),
      about_us: fields.flag.optional().describe("Leaves out what has nothing to do with any mail of ours"),
      q_keywords: fields.text(200).optional(),
    }),
    output: z.strictObject({ incoming_mails: z.array(incomingMail), pagination: fields.paginationOn }),
  }),

  get: endpoint({
    method: "GET",
    path: "/incoming_mails/{id}",
    scope: "incoming_mails/show",
    access: "scoped",
    effect: "read",
    summary: "Shows an incoming mail",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ incoming_mail: incomingMail }),
  }),

  handle: endpoint({
    method: "POST",
    path: "/incoming_mails/{id}/handle",
    scope: "incoming_mails/handle",
    access: "scoped",
    effect: "write",
    summary: "Says that an incoming mail is seen to, or is not after all",
    input: z.object({ id: fields.id, handled: fields.flag.default(true) }),
    output: z.strictObject({ incoming_mail: incomingMail }),
  }),

  bulkHandle: endpoint({
    method: "POST",
    path: "/incoming_mails/bulk_handle",
    scope: "incoming_mails/bulk_handle",
    access: "scoped",
    effect: "write",
    summary: "Says that many incoming mails are seen to, or are not after all",
    description:
      "`incoming_mail_ids` of the answer are those that this has changed: to take it back, say the opposite of them.",
    input: z.object({
      incoming_mail_ids: z.array(fields.id).min(1).max(1000),
      handled: fields.flag.default(true),
    }),
    output: z.strictObject({ incoming_mail_ids: z.array(fields.id), left: fields.left }),
  }),

  decideSuggestion: endpoint({
    method: "POST",
    path: "/incoming_mails/{id}/suggestion",
    scope: "incoming_mails/decide_suggestion",
    access: "scoped",
    effect: "write",
    summary:
      "Takes the class that a language model suggests, which is then as if one had said so oneself; or drops it",
    input: z.object({
      id: fields.id,
      decision: z.enum(["accept", "drop"]),
      returns_on: fields.day.optional().describe("Of somebody who is away; without it, tomorrow"),
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
    summary: "Says what many mails really are",
    description:
      "Each is treated as by the call for one; one that cannot be is left, and stops none of the others.",
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
    summary: "Says what an answer was, so that the contact is no longer held because of it",
    description:
      "Without `kind` it is what it was read as; with `kind` it is what that says, as by `overrule`. Other open answers " +
      "of the same contact go on holding. Saying it twice changes nothing.",
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
    summary: "Says what a mail really is",
    description:
      "What followed from the old verdict is taken back as far as it can be: whoever was stopped by it goes on, unless " +
      "somebody has moved them since; bars it put up are lifted. Then follows what follows from the new one. Stages " +
      "that a contact moved to stay.",
    input: z.object({ id: fields.id, ...said }),
    output: z.strictObject({
      incoming_mail: incomingMail,
      left_contact_campaign_status_ids: leftEnrollments,
    }),
  }),
};
