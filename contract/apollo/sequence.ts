// A sequence as it is shown, with all keys that Apollo documents.

import { z } from "zod";
import { ruleOutputs } from "../extras/rulesets.ts";
import * as fields from "../fields.ts";
import { metrics } from "./metrics.ts";

const accessType = z.enum(["can_view", "can_edit", "full_access"]);
const visibility = z.enum(["restricted", "everyone"]);
const grantee = z.enum(["user", "team", "subteam"]);

export const sharingAccess = z.strictObject({
  id: fields.id.describe("Id of the user or team: each has one access to a sequence"),
  shared_by: fields.id.describe("The owner"),
  object_id: fields.id,
  object_type: z.literal("EmailerCampaign"),
  is_default: z.literal(false),
  user_or_team_id: fields.id,
  user_or_team_type: grantee,
  access_type: accessType,
});

/** How many contacts of a sequence have each status; the last four overlap with the others. */
export const contactStatuses = z.strictObject({
  active: z.int(),
  paused: z.int(),
  finished: z.int(),
  failed: z.int(),
  bounced: z.int(),
  hard_bounced: z.int(),
  spam_blocked: z.int(),
  not_sent: z.int(),
});

export const sequence = z.strictObject({
  id: fields.id,
  name: z.string(),
  description: z.string().nullable(),
  active: z.boolean(),
  archived: z.boolean(),
  user_id: fields.id,
  object_owner_id: fields.id,
  created_at: fields.stamp,
  updated_at: fields.stamp,
  last_used_at: fields.stamp.nullable(),
  emailer_schedule_id: fields.id.nullable(),
  ...ruleOutputs,
  label_ids: z.array(fields.id),
  folder_id: fields.id.nullable(),
  starred_by_user_ids: z.array(fields.id),
  excluded_account_stage_ids: z.array(fields.id),
  excluded_contact_stage_ids: z.array(fields.id),
  contact_email_event_to_stage_mapping: z.record(z.string(), fields.id),
  sequence_by_exact_daytime: z.boolean().nullable(),
  sequence_ruleset_id: fields.id.nullable(),
  is_performing_poorly: z.boolean(),
  underperforming_touches_count: z.int(),
  num_contacts_email_status_extrapolated: z.null(),
  remind_ab_test_results: z.boolean(),
  ab_test_step_ids: z.array(fields.id),
  prioritized_by_user: z.null(),
  creation_type: z.string(),
  status_reason: z.string().nullable(),
  auto_pause_enabled: z.boolean(),
  auto_pause_config: z.record(z.string(), z.unknown()),
  auto_pause_warning_level: z
    .enum(["first_steps", "paused"])
    .nullable()
    .describe("Level of the brake that is on; null: none"),
  auto_paused_at: fields.stamp
    .nullable()
    .describe("When a brake paused it; null: it is not paused by a brake"),
  auto_pause_bounce_rate: z
    .number()
    .nullable()
    .describe("The bounce rate for which a brake was set, from 0 to 1; null: none was set for bounces"),
  allowed_send_from_domains: z.array(z.string()),
  dmp_ids: z.array(fields.id),
  product_profile_ids: z.array(fields.id),
  content_center_type: z.null(),
  project_workspace_context: z.record(z.string(), z.unknown()),
  cc_emails: z.string(),
  bcc_emails: z.string(),
  delivery_policy: z.enum(["never_twice", "never_lost"]),
  on_not_sent: z.enum(["fail", "continue"]),
  priority_policy: z.enum(["score", "followups_first", "fifo"]),
  send_at_usual_hour: z.boolean(),
  num_steps: z.int(),
  num_contacts: z.int(),
  permissions: z.enum(["team_can_use", "team_can_view", "private"]),
  sharing_permission: z.strictObject({
    visibility,
    access_type: accessType.nullable(),
    object_type: z.literal("EmailerCampaign"),
    object_id: fields.id,
    is_owner: z.boolean(),
    owner_id: fields.id,
    sharing_accesses: z.array(sharingAccess),
  }),
  contact_statuses: contactStatuses,
  loaded_stats: z.boolean(),
  ...metrics,
});

export const sharingInput = z.object({
  visibility: visibility.optional(),
  access_type: accessType.nullish(),
  added_sharing_accesses: z
    .array(
      z.object({
        user_or_team_id: fields.id,
        user_or_team_type: grantee.default("user"),
        access_type: accessType.default("can_view"),
      }),
    )
    .max(200)
    .optional(),
  updated_sharing_accesses: z
    .array(z.object({ user_or_team_id: fields.id, access_type: accessType }))
    .max(200)
    .optional(),
  deleted_sharing_accesses: z
    .array(z.object({ user_or_team_id: fields.id }))
    .max(200)
    .optional(),
});
