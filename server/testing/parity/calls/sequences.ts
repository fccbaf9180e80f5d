// Sequences, who is in them, their mails, and reports.

import type { Calls } from "../calls.ts";
import { changes, MAIL, stepOf, stepsOf } from "./editing.ts";
import { addings } from "./enrolling.ts";
import { each } from "./people.ts";
import { reports } from "./reports.ts";

const RULES = {
  max_emails_per_day: 20,
  mark_finished_if_reply: false,
  mark_finished_if_click: true,
  mark_finished_if_interested: true,
  mark_paused_if_ooo: false,
  days_to_wait_before_mark_as_response: 9,
  create_task_if_email_open: true,
  email_open_trigger_task_threshold: 4,
  same_account_reply_delay_days: 6,
  ignore_apollo_global_email_bounce_list: true,
};

export const sequences: Calls = {
  "GET /emailer_schedules": () => [{}],
  "POST /emailer_campaigns/search": () => [...each({ q_name: "Spoiled", page: "2", per_page: "1" }), {}],
  "POST /emailer_campaigns/{sequence_id}/add_contact_ids": addings,
  "POST /emailer_campaigns/remove_or_stop_contact_ids": (at) => [
    {
      query: {
        "emailer_campaign_ids[]": [at.sequenceId],
        "contact_ids[]": [at.contact],
        mode: "mark_as_finished",
      },
    },
    {
      query: {
        "emailer_campaign_ids[]": [at.sequenceId],
        "contact_ids[]": [at.contact],
        mode: "stop",
        stop_reason: "Asked for by phone",
        async: true,
      },
    },
  ],
  "POST /sequences": (at) => [
    {
      body: {
        name: "Made whole",
        permissions: "private",
        active: true,
        emailer_schedule_id: at.schedule,
        user_id: at.colleague,
        label_names: ["North"],
        folder_id: at.folder,
        ...RULES,
        excluded_account_stage_ids: [at.accountStage],
        excluded_contact_stage_ids: [at.stage],
        sequence_ruleset_id: at.ruleset,
        emailer_steps: stepsOf(at),
      },
    },
    { body: { name: "From a template", emailer_steps: [stepOf({ id: at.template })] } },
    {
      body: {
        name: "By date",
        sequence_by_exact_daytime: true,
        emailer_steps: [{ ...stepOf(MAIL), exact_datetime: "2100-01-01T09:00:00Z" }],
      },
    },
  ],
  "PUT /sequences/{id}": changes,
  "GET /emailer_messages/search": (at) => [
    ...each({
      "emailer_message_stats[]": ["bounced"],
      "emailer_message_reply_classes[]": ["willing_to_meet"],
      "user_ids[]": [at.colleague],
      email_account_id_and_aliases: at.contact,
      "emailer_campaign_ids[]": [at.spoiledSequence],
      "not_emailer_campaign_ids[]": [at.sequenceId],
      "emailer_message_date_range[min]": "2100-01-01",
      "emailer_message_date_range[max]": "2000-01-01",
      "not_sent_reason_cds[]": ["contact_stage_safeguard"],
      q_keywords: "nothing",
      page: 2,
      per_page: 1,
    }),
    { query: { emailer_message_date_range_mode: "due_at", "emailer_message_date_range[min]": "2000-01-01" } },
    {},
  ],
  "GET /emailer_messages/{id}/activities": (at) => [{ path: { id: at.message } }],
  "POST /emailer_messages": async (at) => [
    {
      body: {
        contact_id: at.contact,
        ...MAIL,
        recipients: [
          { email: "ines@kraft.example", contact_id: at.contact, recipient_type_cd: "to" },
          { email: "mona@norrland.example", recipient_type_cd: "cc" },
        ],
        attachment_ids: [at.attachment],
        enable_tracking: true,
        outreach_task_id: at.task,
      },
    },
    { body: { contact_id: at.contact, emailer_template_id: at.template } },
    {
      body: {
        contact_id: at.contact,
        recipients: [{ contact_id: await at.newContact(), recipient_type_cd: "cc" }],
      },
    },
    { body: { in_response_to_emailer_message_id: at.message, body_html: "<p>x</p>" } },
  ],
  "POST /emailer_messages/{id}/send_now": async (at) => [
    { path: { id: await at.draft() }, body: { surface: "emails" } },
  ],
  "POST /emailer_messages/get_content": (at) => [{ body: { ids: [at.message], body_format: "html" } }],
  "POST /emailer_messages/email_send_status": (at) => [
    { body: { id: at.message } },
    { body: { id: at.failed } },
    { body: { id: at.planned } },
  ],
  "POST /emailer_campaigns/activity_feed": (at) => [
    { body: { contact_id: at.contact, sequence_id: at.spoiledSequence } },
    { body: { contact_id: at.contact, per_page: 1 } },
    { body: { contact_id: at.contact } },
    { body: { contact_id: at.repliedContact } },
  ],
  "POST /emailer_campaigns/{sequence_id}/approve": async (at) => [
    { path: { sequence_id: await at.newSequence({ active: false }) } },
  ],
  "POST /emailer_campaigns/{sequence_id}/abort": async (at) => [
    { path: { sequence_id: await at.newSequence() } },
  ],
  "POST /emailer_campaigns/{sequence_id}/archive": async (at) => [
    { path: { sequence_id: await at.newSequence() } },
  ],
  "POST /reports/sync_report": reports,
};
