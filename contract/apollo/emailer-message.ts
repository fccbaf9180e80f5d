// A mail as Apollo prints it.

import { z } from "zod";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { foundContact } from "./contact.ts";

const text = z.string().nullable();
const id = fields.id.nullable();
const stamp = fields.stamp.nullable();
const nothing = z.null();

const person = {
  email: text,
  raw_name: text,
  contact_id: id,
  user_id: id,
};

export const messageEvent = z.strictObject({
  id: fields.id,
  type: z.enum(["open", "click", "reply", "bounce", "unsubscribe"]),
  created_at: fields.stamp,
  contact_id: id,
  emailer_message_id: fields.id,
  readable_user_agent: text,
  third_party_tracking_service: nothing,
  state: nothing,
  country: nothing,
  is_machine: z.boolean().describe("True if a scanner or mail program caused it, not a person"),
  url: text.describe("For clicks: address of the link"),
});

export const emailerMessage = z.strictObject({
  id: fields.id,
  user_id: id,
  contact_id: id,
  account_id: id,
  email_account_id: id,
  emailer_campaign_id: id,
  emailer_step_id: id,
  emailer_touch_id: id,
  crm_id: nothing,
  provider_message_id: text,
  provider_thread_id: text,
  conversation_id: nothing,
  status: z.enum(["drafted", "scheduled", "completed", "failed"]),
  type: z.enum(["outreach_automatic_email", "outreach_manual_email"]),
  due_at: stamp,
  due_at_source: text,
  due_at_manually_changed: z.boolean(),
  completed_at: stamp,
  failed_at: stamp,
  failure_reason: text,
  not_sent_reason: text,
  schedule_delayed_reason: text.describe("Code of the current hold (/help/guides/why)"),
  schedule_delayed_limit_reason: text.describe("For limits: the limit that is reached"),
  ai_variables_status: z.null(),
  schedule_delayed_reason_details: z
    .strictObject({ sentence: z.string(), since: stamp, until: stamp })
    .nullable(),
  async_sending: z.boolean().describe("True while it is being sent, or delivery is not confirmed"),
  needs_dynamic_assemble: z.boolean().describe("True if the text is composed when it is sent"),
  is_preview: z
    .boolean()
    .describe("Cadenza's own: true if the email is waiting; subject and body are a preview for this contact"),
  created_at: fields.stamp,
  time_zone: text,
  bounce: z.boolean().nullable(),
  spam_blocked: z.boolean().nullable(),
  replied: z.boolean().nullable(),
  reply_class: text,
  demoed: z.boolean().nullable(),
  num_opens: z.int().describe("Opened by people; opens by machines are not counted"),
  num_clicks: z.int(),
  emailer_message_events: z.array(messageEvent).describe("The last three"),
  enable_tracking: z.boolean(),
  open_tracking_enabled: z.boolean(),
  click_tracking_enabled: z.boolean(),
  tracking_disabled_reason: nothing,
  subject: text,
  body_html: text,
  body_text: text,
  body_html_loaded: z.boolean(),
  appendment_html: nothing,
  appendment_html_loaded: z.boolean(),
  attachment_ids: z.array(fields.id),
  personalized_opener: nothing,
  sensitive_info_redacted: nothing,
  to_name: text,
  to_email: text,
  from_name: text,
  from_email: text,
  cc_emails: z.array(z.string()),
  bcc_emails: z.array(z.string()),
  send_from: z.strictObject({ ...person, recipient_type_cd: nothing }),
  recipients: z.array(z.strictObject({ ...person, recipient_type_cd: z.enum(["to", "cc", "bcc"]) })),
  send_from_info: text,
  campaign_name: text,
  campaign_position: z.int().nullable(),
  campaign_max_emails_per_day: z.int().nullable(),
  step_max_emails_per_day: z.int().nullable(),
  in_response_to_emailer_message_id: id,
  delivery_confirmation: z
    .enum(["confirmed", "unconfirmed", "assumed"])
    .nullable()
    .describe("Cadenza's own: whether the mail server confirmed delivery"),
  remind_after_days: z
    .int()
    .nullable()
    .describe("Cadenza's own: days after sending; a task is created if there is no reply by then"),
});

/** By itself, with whom it goes to. */
export const emailerMessageShown = z.strictObject({
  ...emailerMessage.shape,
  contact: foundContact.nullable(),
  etag: etag(),
});
