// Mails: finding them, reading them, what became of them.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { emailerMessage, emailerMessageShown, messageEvent } from "./emailer-message.ts";

const ids = z.array(fields.id).max(1000).optional();
const words = z.array(fields.text(60)).max(100).optional();
const range = z.object({ min: fields.moment.optional(), max: fields.moment.optional() }).optional();

export const STATS = [
  "delivered",
  "scheduled",
  "drafted",
  "not_opened",
  "opened",
  "clicked",
  "replied",
  "unsubscribed",
  "demoed",
  "bounced",
  "spam_blocked",
  "failed_other",
  // Ours.
  "held",
  "sending",
  "unconfirmed",
] as const;

const activity = z.discriminatedUnion("type", [
  z.strictObject({
    id: fields.id,
    type: z.literal("emailer_message"),
    emailer_message_id: fields.id,
    emailer_message: emailerMessage,
  }),
  z.strictObject({
    id: fields.id,
    type: z.literal("emailer_message_events_group"),
    event_group_type: messageEvent.shape.type,
    is_machine: z.boolean(),
    emailer_message_events: z.array(messageEvent),
  }),
]);

export const emailerMessages = {
  search: endpoint({
    method: "GET",
    also: ["POST"],
    path: "/emailer_messages/search",
    scope: "emailer_messages/search",
    oauth: "emailer_messages_search",
    access: "scoped",
    effect: "read",
    summary: "Search emails",
    description:
      "Newest first. Pages reach the first 50,000. To get all, send `next_cursor` back as `cursor`.",
    input: z.object({
      ...fields.paging,
      cursor: fields.text(500).optional().describe("Cadenza's own: continues after the last email of a page"),
      emailer_message_stats: z
        .array(z.enum(STATS))
        .max(100)
        .optional()
        .describe("An email must match one of them"),
      emailer_message_reply_classes: words,
      user_ids: ids,
      for_user_ids: ids.describe(
        "Cadenza's own: written by these users, from their mailboxes, or in sequences that they own",
      ),
      email_account_id_and_aliases: z
        .array(fields.text(300))
        .max(100)
        .optional()
        .describe("A mailbox id, or `<id>***<address>` for one of its addresses"),
      emailer_campaign_ids: ids,
      not_emailer_campaign_ids: ids,
      emailer_step_ids: ids,
      emailer_touch_ids: ids,
      emailer_message_date_range_mode: z.enum(["due_at", "completed_at"]).optional(),
      emailer_message_date_range: range.describe("From `min` (included) to `max` (not included), in UTC"),
      emailerMessageDateRange: range.describe("Older spelling of `emailer_message_date_range`"),
      not_sent_reason_cds: words,
      q_keywords: fields.text(200).optional().describe("Beginnings of words in emails and names"),
      contact_ids: ids,
      contact_id: fields.id.optional().describe("Same as one value in `contact_ids`"),
      email_address: fields.text(254).optional().describe("Email address of the recipient"),
      sort_by_field: fields.text(100).optional().describe("`due_at` or `completed_at`"),
      sort_ascending: fields.flag.optional(),
    }),
    output: z.strictObject({
      breadcrumbs: z.array(fields.breadcrumb),
      emailer_messages: z.array(emailerMessage),
      emailer_steps: z.array(
        z.strictObject({
          id: fields.id,
          emailer_campaign_id: fields.id,
          position: z.int(),
          type: z.string(),
        }),
      ),
      num_fetch_result: z.null(),
      next_cursor: z.string().nullable().describe("Cadenza's own: send it as `cursor` for the next page"),
    }),
  }),

  show: endpoint({
    method: "GET",
    path: "/emailer_messages/{id}",
    scope: "emailer_messages/show",
    access: "scoped",
    effect: "read",
    summary: "Show an email with its contact and attachments",
    description: "Apollo's web client uses this call; Apollo does not document it.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      emailer_message: emailerMessageShown,
      attachments: z.array(
        z.strictObject({
          id: fields.id,
          file_name: z.string(),
          content_type: z.string(),
          size: z.int(),
        }),
      ),
    }),
  }),

  activities: endpoint({
    method: "GET",
    path: "/emailer_messages/{id}/activities",
    scope: "emailer_messages/activities",
    access: "master",
    effect: "read",
    summary: "List the activity of an email",
    description: "Opens, clicks, replies, bounces and unsubscribes.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      activities: z.array(activity),
      emailer_message: z.strictObject({
        ...emailerMessageShown.shape,
        last_opened_at: fields.stamp.nullable(),
        last_clicked_at: fields.stamp.nullable(),
      }),
    }),
  }),

  getContent: endpoint({
    method: "POST",
    path: "/emailer_messages/get_content",
    scope: "emailer_messages/get_content",
    oauth: "emailer_messages_get_content",
    access: "scoped",
    effect: "read",
    summary: "Show the content of up to ten sent emails",
    input: z.object({
      ids: z.array(fields.id).max(1000).optional().describe("Only the first ten are answered"),
      body_format: fields.text(60).optional().describe("`html`; default: plain text"),
    }),
    output: z.strictObject({
      emailer_messages: z.array(
        z.strictObject({
          id: fields.id,
          subject: z.string().nullable(),
          body: z.string().nullable(),
          body_format: z.enum(["plain", "html"]),
          status: z.literal("completed"),
          sent_at: fields.stamp.nullable(),
          recipients: z.array(z.strictObject({ email: z.string(), type: z.enum(["to", "cc", "bcc"]) })),
        }),
      ),
    }),
  }),

  sendStatus: endpoint({
    method: "POST",
    path: "/emailer_messages/email_send_status",
    scope: "emailer_messages/email_send_status",
    oauth: "emailer_messages_email_send_status",
    access: "scoped",
    effect: "read",
    summary: "Show whether an email was sent",
    input: z.object({
      id: fields.id.optional(),
      emailer_message_ids: z
        .array(fields.id)
        .max(1000)
        .optional()
        .describe("Used by some clients instead of `id`; only the first counts"),
    }),
    output: z.strictObject({
      id: fields.id,
      status: z.enum(["drafted", "scheduled", "completed", "failed"]),
      message: z.string(),
      completed_at: fields.stamp.optional(),
      not_sent_reason: z.string().nullable().optional(),
      failure_reason: z.string().nullable().optional(),
      failed_at: fields.stamp.optional(),
      retry_after_seconds: z.int().optional(),
    }),
  }),
};
