import { z } from "zod";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { accountBeside } from "./account.ts";
import { contactBeside } from "./contact.ts";
import { opportunityShown } from "./opportunity.ts";

export const taskType = z.enum([
  "call",
  "outreach_manual_email",
  "sms",
  "whatsapp",
  "linkedin_step_connect",
  "linkedin_step_message",
  "linkedin_step_view_profile",
  "linkedin_step_interact_post",
  "action_item",
]);
/** Apollo's n8n node has two words of its own. */
export const typeInput = z
  .enum([
    ...taskType.options,
    ...(["email", "linkedin"] as const),
    ...(["contact_action_item", "account_action_item", "contact_call", "account_call"] as const),
  ])
  .describe(
    "`email` means outreach_manual_email, `linkedin` means linkedin_step_message. Types with `contact_` or `account_` mean action_item or call",
  );
export const status = z.enum(["scheduled", "completed", "skipped"]);
export const priority = z.enum(["high", "medium", "low"]);
const nothing = z.null();

export const task = z.strictObject({
  emailer_campaign_id: fields.id.nullable(),
  id: fields.id,
  user_id: fields.id,
  created_at: fields.stamp,
  completed_at: fields.stamp.nullable(),
  note: z.string().nullable(),
  skipped_at: fields.stamp.nullable(),
  due_at: fields.stamp,
  type: taskType,
  priority,
  status,
  answered: z.boolean().nullable(),
  contact_id: fields.id.nullable(),
  person_id: fields.id.nullable(),
  account_id: fields.id.nullable(),
  organization_id: fields.id.nullable(),
  persona_ids: z.array(z.never()),
  subject: z.string().nullable(),
  created_from: z.string().nullable(),
  salesforce_type: nothing,
  playbook_step_ids: z.array(z.never()),
  playbook_id: nothing,
  needs_playbook_autoprospecting: nothing,
  starred_by_user_ids: z.array(fields.id),
  salesforce_id: nothing,
  hubspot_id: nothing,
  opportunity_id: fields.id.nullable(),
  title: z.string().nullable(),
  rule_config_id: nothing,
  creator_id: fields.id.nullable(),
  contact: z
    .strictObject({ id: fields.id, name: z.string().nullable(), email: z.string().nullable() })
    .nullable(),
  account: fields.named.nullable(),
});

/** With the deal it is about, and the words of a LinkedIn task. */
export const taskListed = z.strictObject({
  ...task.shape,
  opportunity: opportunityShown.nullable(),
  standalone_outreach_task_message: z
    .strictObject({ id: fields.id, subject: z.string(), body_text: z.string() })
    .nullable()
    .describe("Text for LinkedIn, as some clients read it"),
});

/** What is to be written: on LinkedIn, or in the mail of a manual email. */
export const messageInput = z
  .object({ subject: fields.text(1000).nullish(), body_text: fields.text(100_000).nullish() })
  .describe("Text for LinkedIn tasks; for manual emails the first draft");

/** By itself, a task says more. */
export const taskShown = z.strictObject({
  ...taskListed.shape,
  contact: contactBeside.nullable(),
  account: accountBeside.nullable(),
  completed_by_user_id: fields.id.nullable(),
  call_script: z.string().nullable(),
  relevant_fields: z.array(z.string()).nullable(),
  pending_send: z.boolean(),
  ai_variables_status: nothing,
  recommended: z.boolean(),
  recommendation_reasons: z.array(z.never()),
  note_text: z.string().nullable(),
  phone_call: z
    .strictObject({
      id: fields.id,
      status: z.string().nullable(),
      answered: z.boolean().nullable(),
      created_at: fields.stamp,
      phone_call_outcome_id: fields.id.nullable(),
      phone_call_purpose_id: fields.id.nullable(),
      to_number: z.string().nullable(),
    })
    .nullable(),
  emailer_message: z.strictObject({ id: fields.id, subject: z.string().nullable() }).nullable(),
  linkedin_emailer_template: nothing,
  campaign_name: z.string().nullable(),
  campaign_position: z.int().nullable(),
  relevant_field_values: z.record(z.string(), z.unknown()),
  etag: etag(),
});
