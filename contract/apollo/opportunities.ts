import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { shownAccount } from "./account.ts";
import { assignedRoles, contactRole, roleInWords, rolesInput } from "./opportunity-roles.ts";

const nothing = z.null();

export const opportunity = z.strictObject({
  id: fields.id,
  team_id: fields.id,
  owner_id: fields.id.nullable(),
  salesforce_owner_id: nothing,
  amount: z.number().nullable(),
  closed_date: fields.stamp.nullable().describe("When it is expected to close: a day, as its midnight"),
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
  manually_updated_probability: z.int().nullable().describe("What was set by hand, or null"),
  manually_updated_forecast: z.string().nullable().describe("What was set by hand, or null"),
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
    .describe("Cadenza's own: values that were not taken, and why"),
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
});

const day = fields.moment.describe("YYYY-MM-DD; of a time, its day counts");

const wish = {
  owner_id: fields.id.nullish(),
  account_id: fields.id.nullish(),
  opportunity_stage_id: fields.id.optional(),
  opportunity_stage_name: fields
    .text(200)
    .optional()
    .describe("A stage by its name, or its id, as Apollo's n8n node sends it"),
  amount: fields
    .text(100)
    .nullish()
    .describe(
      "Digits, without commas or a currency sign; anything else leaves it as it was; null and empty text clear",
    ),
  closed_date: day.nullish(),
  typed_custom_fields: fields.freeForm(z.unknown()).optional(),
  currency_code: fields.text(3).optional().describe("ISO 4217"),
  description: fields.text(100_000).nullish(),
  next_step: fields.text(2000).nullish().describe("Cadenza's own"),
  next_step_date: day.nullish().describe("Cadenza's own"),
  closed_lost_reason: fields.text(2000).nullish().describe("Cadenza's own"),
  closed_won_reason: fields.text(2000).nullish().describe("Cadenza's own"),
  deal_probability: z.int().min(0).max(100).nullish().describe("Cadenza's own: null takes the stage's"),
  opportunity_contact_roles: rolesInput
    .optional()
    .describe("Cadenza's own: all of them, in place of those that were there"),
};

const search = z.object({
  ...fields.paging,
  sort_by_field: fields
    .text(60)
    .optional()
    .describe(
      "`amount`, `is_closed`, `is_won`, `created_at`, `opportunity_updated_at`, `closed_date`, `name`",
    ),
  sort_ascending: fields.flag.default(false),
  q_keywords: fields.text(200).optional(),
  q_opportunity_name: fields
    .text(200)
    .optional()
    .describe("Part of the deal's name, as published clients ask"),
  opportunity_stage_id: fields.id.optional(),
  opportunity_stage_ids: z.array(fields.id).max(1000).optional(),
  account_id: fields.id.optional(),
  owner_id: fields.id.optional(),
});

const found = z.strictObject({
  breadcrumbs: z.array(fields.breadcrumb),
  opportunities: z.array(opportunityShown),
  salesforce_users: z.array(z.never()),
  partial_results_only: z.boolean(),
  has_join: z.boolean(),
  disable_eu_prospecting: z.boolean(),
  partial_results_limit: z.int(),
  pagination: fields.pagination,
  num_fetch_result: z.null(),
});

export const opportunities = {
  create: endpoint({
    method: "POST",
    path: "/opportunities",
    scope: "opportunities/create",
    oauth: "opportunity_write",
    access: "scoped",
    effect: "write",
    summary: "Creates a deal",
    input: z.object({
      ...wish,
      name: fields.text(500).optional().describe("Required"),
      contact_id: fields.id
        .optional()
        .describe("Somebody who has a part in it, as Apollo's n8n node sends it"),
    }),
    output: z.strictObject({ opportunity }),
  }),

  ofContact: endpoint({
    method: "POST",
    path: "/contacts/{id}/opportunities",
    scope: "opportunities/search",
    oauth: "opportunities_list",
    access: "scoped",
    effect: "read",
    summary: "Lists the deals a contact or their company has a part in",
    description: "A contact nobody knows has none: the answer is an empty list, as Apollo gives it.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      opportunities: z.array(
        z.strictObject({ ...opportunityShown.shape, opportunity_contact_roles: z.array(roleInWords) }),
      ),
    }),
  }),

  search: endpoint({
    method: "GET",
    also: ["POST"],
    path: "/opportunities/search",
    scope: "opportunities/search",
    oauth: "opportunities_list",
    access: "scoped",
    effect: "read",
    summary: "Searches deals, newest first unless sorted otherwise",
    input: search,
    output: found,
  }),

  list: endpoint({
    method: "GET",
    path: "/opportunities",
    scope: "opportunities/index",
    oauth: "opportunities_list",
    access: "scoped",
    effect: "read",
    summary: "The search under the address of Apollo's older reference",
    input: search,
    output: found,
  }),

  get: endpoint({
    method: "GET",
    path: "/opportunities/{id}",
    scope: "opportunities/show",
    oauth: "opportunity_read",
    access: "scoped",
    effect: "read",
    summary: "Shows a deal",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ opportunity: opportunityShown }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/opportunities/{id}",
    scope: "opportunities/update",
    oauth: "opportunity_update",
    access: "scoped",
    effect: "write",
    summary: "Changes a deal",
    input: z.object({ ...wish, id: fields.id, name: fields.text(500).optional() }),
    output: z.strictObject({ opportunity }),
  }),

  updateRoles: endpoint({
    method: "POST",
    path: "/opportunities/update_roles",
    scope: "opportunities/update_roles",
    access: "scoped",
    effect: "write",
    summary: "Replaces the contacts that have a role in a deal",
    input: z.object({ opportunity_id: fields.id, roles: assignedRoles }),
    output: z.strictObject({ opportunity: opportunityShown }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/opportunities/{id}",
    scope: "opportunities/destroy",
    access: "scoped",
    effect: "write",
    summary: "Deletes a deal (Cadenza's own)",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ opportunity: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};

const pipeline = z.strictObject({
  id: fields.id,
  title: z.string(),
  default_pipeline: z.literal(true),
  display_order: z.literal(0),
  source: z.literal("apollo"),
  external_id: nothing,
  sync_enabled: z.literal(false),
  team_id: fields.id,
});

export const opportunityPipelines = {
  list: endpoint({
    method: "GET",
    path: "/opportunity_pipelines",
    scope: "opportunity_pipelines/index",
    access: "scoped",
    effect: "read",
    summary: "Lists the pipelines of deals: a team has one, with all of its stages",
    input: z.object({}),
    output: z.strictObject({ opportunity_pipelines: z.array(pipeline) }),
  }),

  get: endpoint({
    method: "GET",
    path: "/opportunity_pipelines/{id}",
    scope: "opportunity_pipelines/show",
    access: "scoped",
    effect: "read",
    summary: "Shows the pipeline of deals",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ opportunity_pipeline: pipeline }),
  }),
};

export const opportunityStages = {
  list: endpoint({
    method: "GET",
    path: "/opportunity_stages",
    scope: "opportunity_stages/index",
    oauth: "opportunity_stages_list",
    access: "scoped",
    effect: "read",
    summary: "Lists the stages of deals in their order",
    input: z.object({}),
    output: z.strictObject({ opportunity_stages: z.array(opportunityStage) }),
  }),
};
