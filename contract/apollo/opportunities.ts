import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { opportunity, opportunityShown, opportunityStage, pipeline } from "./opportunity.ts";
import { roleInWords, rolesInput } from "./opportunity-roles.ts";

const day = fields.moment.describe("YYYY-MM-DD; for a time, only its day counts");

const wish = {
  owner_id: fields.id.nullish(),
  account_id: fields.id.nullish(),
  opportunity_stage_id: fields.id.optional(),
  opportunity_stage_name: fields
    .text(200)
    .optional()
    .describe("Stage by name or id, as Apollo's n8n node sends it"),
  amount: fields
    .text(100)
    .nullish()
    .describe(
      "Digits without commas or currency sign. Other texts change nothing; null or empty text clears the amount",
    ),
  closed_date: day.nullish(),
  typed_custom_fields: fields.freeForm(z.unknown()).optional(),
  currency_code: fields.text(3).optional().describe("ISO 4217 code, such as EUR"),
  description: fields.text(100_000).nullish(),
  next_step: fields.text(2000).nullish().describe("Cadenza's own: the next step"),
  next_step_date: day.nullish().describe("Cadenza's own: day of the next step"),
  closed_lost_reason: fields.text(2000).nullish().describe("Cadenza's own: why the deal was lost"),
  closed_won_reason: fields.text(2000).nullish().describe("Cadenza's own: why the deal was won"),
  deal_probability: z
    .int()
    .min(0)
    .max(100)
    .nullish()
    .describe("Cadenza's own: percent; null uses the stage's probability"),
  opportunity_contact_roles: rolesInput
    .optional()
    .describe("Cadenza's own: replaces all contacts of the deal"),
};

/** What deals are narrowed to: for a list of them, and for what they come to. */
export const dealFilters = {
  q_keywords: fields.text(200).optional(),
  opportunity_stage_id: fields.id.optional(),
  opportunity_stage_ids: z.array(fields.id).max(1000).optional(),
  account_id: fields.id.optional(),
  owner_id: fields.id.optional(),
  owner_ids: z.array(fields.id).max(1000).optional().describe("Cadenza's own"),
  closes_from: fields.day.optional().describe("Cadenza's own: close date on this day or later"),
  closes_until: fields.day.optional().describe("Cadenza's own: close date on this day or earlier"),
};

const search = z.object({
  ...fields.paging,
  sort_by_field: fields
    .text(60)
    .optional()
    .describe(
      "`amount`, `is_closed`, `is_won`, `created_at`, `opportunity_updated_at`, `closed_date` or `name`; Cadenza's own: `stage`, `owner`, `account`, `contact` (the main one), `probability`, `next_step`, `next_step_date`, `stage_updated_at`, `forecasted_revenue`, `field:<id>`",
    ),
  sort_ascending: fields.flag.default(false),
  group_by: fields.groupBy(["stage", "owner", "company"]),
  csv_columns: fields.csvColumns,
  q_opportunity_name: fields
    .text(200)
    .optional()
    .describe("Part of the deal's name, as some clients send it"),
  ...dealFilters,
});

const found = z.strictObject({
  breadcrumbs: z.array(fields.breadcrumb),
  opportunities: z.array(opportunityShown),
  salesforce_users: z.array(z.never()),
  partial_results_only: z.boolean(),
  ...fields.partialResults,
  pagination: fields.pagination,
  num_fetch_result: z.null(),
  groups: fields.groups.optional(),
});

/** As a change answers it, with the tag of the deal as it is shown by itself. */
const changed = opportunity.extend({ etag: opportunityShown.shape.etag });

export const opportunities = {
  create: endpoint({
    method: "POST",
    path: "/opportunities",
    scope: "opportunities/create",
    oauth: "opportunity_write",
    access: "scoped",
    effect: "write",
    summary: "Create a deal",
    input: z.object({
      ...wish,
      name: fields.text(500).optional().describe("Required"),
      contact_id: fields.id.optional().describe("A contact of the deal, as Apollo's n8n node sends it"),
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
    summary: "List the deals of a contact and their company",
    description: "For an unknown contact the list is empty, as in Apollo.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      opportunities: z.array(
        opportunityShown.omit({ etag: true }).extend({ opportunity_contact_roles: z.array(roleInWords) }),
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
    summary: "Search deals",
    description:
      "Default order: newest first. With `Accept: text/csv` you get all deals found as a file, in the order of their ids.",
    alsoCsv: true,
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
    summary: "Search deals (path of Apollo's older reference)",
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
    summary: "Show a deal",
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
    summary: "Update a deal",
    ifMatch: {
      record: opportunityShown,
      shows: { opportunity_stage_name: "opportunity_stage_id", currency_code: "currency" },
    },
    input: z.object({ ...wish, id: fields.id, name: fields.text(500).optional() }),
    output: z.strictObject({ opportunity: changed }),
  }),

  updateRoles: endpoint({
    method: "POST",
    path: "/opportunities/update_roles",
    scope: "opportunities/update_roles",
    access: "scoped",
    effect: "write",
    summary: "Replace the contact roles of a deal",
    input: z.object({
      opportunity_id: fields.id,
      roles: rolesInput.describe("All roles; replaces the old ones"),
    }),
    output: z.strictObject({ opportunity: opportunityShown }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/opportunities/{id}",
    scope: "opportunities/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a deal",
    description: "Added by Cadenza.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ opportunity: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};

export const opportunityPipelines = {
  list: endpoint({
    method: "GET",
    path: "/opportunity_pipelines",
    scope: "opportunity_pipelines/index",
    access: "scoped",
    effect: "read",
    summary: "List deal pipelines",
    description: "A team has one pipeline with all deal stages.",
    input: z.object({}),
    output: z.strictObject({ opportunity_pipelines: z.array(pipeline) }),
  }),

  get: endpoint({
    method: "GET",
    path: "/opportunity_pipelines/{id}",
    scope: "opportunity_pipelines/show",
    access: "scoped",
    effect: "read",
    summary: "Show a deal pipeline",
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
    summary: "List deal stages in order",
    input: z.object({}),
    output: z.strictObject({ opportunity_stages: z.array(opportunityStage) }),
  }),
};
