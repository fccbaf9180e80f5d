import type { Example } from "../endpoint.ts";

const id = "64f0aa0000000000000000e1";
const contact_id = "64f0aa0000000000000000c1";

const message = {
  id,
  user_id: "64f0aa000000000000000002",
  contact_id,
  account_id: "64f0aa0000000000000000ac",
  email_account_id: "64f0aa0000000000000000ba",
  emailer_campaign_id: "64f0aa00000000000000005e",
  emailer_step_id: "64f0aa000000000000000051",
  emailer_touch_id: "64f0aa000000000000000071",
  crm_id: null,
  provider_message_id: "<abc@mail.example.no>",
  provider_thread_id: "t-77",
  conversation_id: null,
  status: "completed",
  type: "outreach_automatic_email",
  due_at: "2026-02-03T09:00:00.000+00:00",
  due_at_source: null,
  due_at_manually_changed: false,
  completed_at: "2026-02-03T09:00:40.000+00:00",
  failed_at: null,
  failure_reason: null,
  not_sent_reason: null,
  schedule_delayed_reason: null,
  schedule_delayed_limit_reason: null,
  ai_variables_status: null,
  schedule_delayed_reason_details: null,
  async_sending: false,
  needs_dynamic_assemble: false,
  is_preview: false,
  created_at: "2026-02-03T08:05:01.000Z",
  time_zone: "Europe/Stockholm",
  bounce: false,
  spam_blocked: false,
  replied: null,
  reply_class: null,
  demoed: null,
  num_opens: 2,
  num_clicks: 0,
  emailer_message_events: [],
  enable_tracking: true,
  open_tracking_enabled: true,
  click_tracking_enabled: true,
  tracking_disabled_reason: null,
  subject: "Question about Norrland Kraft",
  body_html: "<p>Hello Ines</p>",
  body_text: "Hello Ines",
  body_html_loaded: true,
  appendment_html: null,
  appendment_html_loaded: false,
  attachment_ids: [],
  personalized_opener: null,
  sensitive_info_redacted: null,
  to_name: "Ines Okafor",
  to_email: "ines.okafor@example.se",
  from_name: "Ole Dahl",
  from_email: "ole@example.no",
  cc_emails: [],
  bcc_emails: [],
  send_from: {
    email: "ole@example.no",
    raw_name: "Ole Dahl",
    recipient_type_cd: null,
    contact_id: null,
    user_id: null,
  },
  recipients: [
    {
      email: "ines.okafor@example.se",
      raw_name: "Ines Okafor",
      recipient_type_cd: "to",
      contact_id,
      user_id: null,
    },
  ],
  send_from_info: "64f0aa0000000000000000ba***ole@example.no",
  campaign_name: "Nordic plants",
  campaign_position: 1,
  campaign_max_emails_per_day: null,
  step_max_emails_per_day: null,
  in_response_to_emailer_message_id: null,
  delivery_confirmation: "confirmed",
  remind_after_days: null,
};

export const emailerMessages: Record<string, readonly Example[]> = {
  "emailerMessages.bulkSendNow": [
    {
      title: "One is sent, one is skipped because its contact has moved on",
      input: { emailer_message_ids: [id, "64f0aa0000000000000000e2"] },
      answer: {
        emailer_message_ids: [id],
        left: [
          {
            id: "64f0aa0000000000000000e2",
            code: "message_step_passed",
            says: "The contact is not active at the step of the sequence that this email belongs to.",
          },
        ],
      },
    },
  ],
  "emailerMessages.bulkSchedule": [
    {
      title: "A day later",
      input: { emailer_messages: [{ id, due_at: "2026-02-04T09:00:00Z" }] },
      answer: { emailer_message_ids: [id], left: [] },
    },
  ],
  "emailerMessages.search": [
    {
      title: "Opened emails of a sequence",
      input: {
        emailer_campaign_ids: ["64f0aa00000000000000005e"],
        emailer_message_stats: ["opened"],
        emailer_message_date_range_mode: "completed_at",
        emailer_message_date_range: { min: "2026-02-01", max: "2026-03-01" },
      },
      answer: {
        breadcrumbs: [
          {
            label: "Email Status",
            signal_field_name: "emailer_message_stats",
            value: "opened",
            display_name: "opened",
          },
        ],
        emailer_messages: [message],
        emailer_steps: [
          {
            id: "64f0aa000000000000000051",
            emailer_campaign_id: "64f0aa00000000000000005e",
            position: 1,
            type: "auto_email",
          },
        ],
        num_fetch_result: null,
        next_cursor: null,
      },
    },
  ],
  "emailerMessages.getContent": [
    {
      title: "The text of an email",
      input: { ids: [id] },
      answer: {
        emailer_messages: [
          {
            id,
            subject: "Question about Norrland Kraft",
            body: "Hello Ines",
            body_format: "plain",
            status: "completed",
            sent_at: "2026-02-03T09:00:40+00:00",
            recipients: [{ email: "ines.okafor@example.se", type: "to" }],
          },
        ],
      },
    },
  ],
  "emailerMessages.sendStatus": [
    {
      title: "It was sent",
      input: { id },
      answer: {
        id,
        status: "completed",
        message: "The email has been sent.",
        completed_at: "2026-02-03T09:00:40.000+00:00",
      },
    },
  ],
  "emailerMessages.delete": [
    { title: "A draft", input: { id }, answer: { emailer_message: { id, deleted: true } } },
  ],
  "attachments.create": [
    {
      title: "A small file",
      input: { file_name: "hello.txt", content_type: "text/plain", content: "aGVsbG8=" },
      answer: {
        attachment: {
          id: "64f0aa0000000000000000f1",
          file_name: "hello.txt",
          content_type: "text/plain",
          size: 5,
        },
      },
    },
  ],
};
