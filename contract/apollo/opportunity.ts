// A deal as it is shown, its stage and its pipeline.

import { z } from "zod";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { shownAccount } from "./account.ts";
import { contactRole } from "./opportunity-roles.ts";

export const nothing = z.null();

export const opportunity = z.strictObject({
  id: fields.id,
  team_id: fields.id,
  owner_id: fields.id.nullable(),
  salesforce_owner_id: nothing,
  amount: z.number().nullable(),
  closed_date: fields.stamp.nullable().describe("Expected close date, as midnight of the day"),
  account_id: fields.id.nullable(),
  description: z.string().nullable(),
  is_closed: z.boolean(),
  is_won: z.boolean(),
  name: z.string(),
  stage_name: z.string().nullable(),
  opportunity_stage_id: fields.id.nullable(),
  source: z.string(),
  salesforce_id: z.string().nullable(),
  created_at: fields.stamp,
  actual_close_date: fields.stamp.nullable(),
  next_step: z.string().nullable(),
  next_step_date: fields.stamp.nullable(),
  closed_lost_reason: z.string().nullable(),
  closed_won_reason: z.string().nullable(),
  forecast_category: z.string(),
  deal_probability: z.int(),
  created_by_id: fields.id.nullable(),
  current_solutions: nothing,
  deal_source: nothing,
  manually_updated_probability: z.int().nullable().describe("Manually set value, or null"),
  manually_updated_forecast: z.string().nullable().describe("Manually set value, or null"),
  crm_id: z.string().nullable(),
  crm_record_url: nothing,
  crm_owner_id: nothing,
  probability: z.int().nullable(),
  opportunity_pipeline_id: fields.id,
  stage_updated_at: fields.stamp.nullable(),
  next_step_last_updated_at: fields.stamp.nullable(),
  exchange_rate_code: z.string(),
  exchange_rate_value: z.number(),
  amount_in_team_currency: z.number().nullable(),
  forecasted_revenue: z.number().nullable(),
  last_activity_date: fields.stamp.nullable(),
  existence_level: z.literal("full"),
  typed_custom_fields: z.record(z.string(), z.unknown()),
  custom_field_errors: z
    .record(z.string(), z.string())
    .describe("Cadenza's own: values that were not saved, and why"),
  field_errors: fields.fieldErrors,
  opportunity_rule_config_statuses: z.array(z.never()),
  opportunity_contact_roles: z.array(contactRole),
  currency: z.strictObject({ name: z.string(), iso_code: z.string(), symbol: z.string() }),
});

/** By itself, or beside a contact, a deal brings its account along. */
export const opportunityShown = z.strictObject({
  ...opportunity.shape,
  num_contacts: z.int(),
  account: shownAccount.nullable(),
  etag: etag(),
});

export const dealStageType = z.enum(["Open", "Closed/Won", "Closed/Lost"]);

export const forecastCategory = z.enum(["Pipeline", "BestCase", "Commit", "Closed", "Omitted"]);

export const opportunityStage = z.strictObject({
  id: fields.id,
  team_id: fields.id,
  name: z.string(),
  display_order: z.int(),
  forecast_category_cd: z.string(),
  is_won: z.boolean(),
  is_closed: z.boolean(),
  probability: z.int(),
  description: z.string().nullable(),
  salesforce_id: nothing,
  is_meeting_set: z.boolean(),
  opportunity_pipeline_id: fields.id,
  is_editable: z.boolean(),
  type: dealStageType,
  etag: etag(),
});

export const pipeline = z.strictObject({
  id: fields.id,
  title: z.string(),
  default_pipeline: z.literal(true),
  display_order: z.literal(0),
  source: z.literal("apollo"),
  external_id: nothing,
  sync_enabled: z.literal(false),
  team_id: fields.id,
});
