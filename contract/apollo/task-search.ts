import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { taskListed } from "./task.ts";

const ids = z.array(fields.id).max(1000).optional();
const words = z.array(fields.text(60)).max(100).optional();

export const count = z.strictObject({ value: z.string(), display_name: z.string(), count: z.int() });

/** Of which Apollo prints empty lists. */
export const EMPTY_FACETS = [
  "playbook_step_facets",
  "person_function_facets",
  "person_seniority_facets",
  "normalized_person_title_facets",
  "organization_ids_facets",
  "organization_ids_in_query_facets",
  "person_persona_facets",
  "organization_keywords_facets",
  "linkedin_industry_facets",
  "num_employees_facets",
  "revenues_facets",
  "currently_using_any_of_technology_uids_facets",
  "currently_using_all_of_technology_uids_facets",
  "currently_not_using_any_of_technology_uids_facets",
  "added_technology_uids_facets",
  "dropped_technology_uids_facets",
  "latest_funding_stage_facets",
  "organization_trading_status_facets",
  "person_city_facets",
  "person_state_facets",
  "person_country_facets",
  "organization_hq_city_facets",
  "organization_hq_state_facets",
  "organization_hq_country_facets",
  "organization_intent_scoring_facets",
  "forecast_category_facets",
  "intent_topic_count_facets",
  "linkedin_task",
  "contact_stage_facets",
] as const;

const emptyFacets = Object.fromEntries(EMPTY_FACETS.map((name) => [name, z.array(z.never())])) as Record<
  (typeof EMPTY_FACETS)[number],
  z.ZodArray<z.ZodNever>
>;
export const searchTasks = endpoint({
  method: "POST",
  also: ["GET"],
  path: "/tasks/search",
  scope: "tasks/search",
  oauth: "tasks_list",
  access: "scoped",
  effect: "read",
  summary: "Search tasks",
  description:
    "Default order: next due first. Pages reach the first 50,000. To get all, send `next_cursor` back as `cursor`.",
  input: z.object({
    ...fields.paging,
    cursor: fields.text(500).optional().describe("Cadenza's own: continues after the last task of a page"),
    sort_by_field: fields.text(60).optional().describe("`task_due_at`, `task_priority` or `task_created_at`"),
    sort_ascending: fields.flag.optional(),
    multi_sort: z
      .array(fields.freeForm(z.object({ order: z.enum(["asc", "desc"]) }), fields.text(60)))
      .max(10)
      .optional()
      .describe("Replaces `sort_by_field` and `sort_ascending`; the first entry counts"),
    open_factor_names: words.describe("`task_is_pending` shows only open tasks"),
    q_keywords: fields.text(200).optional(),
    user_id: fields.id.optional(),
    user_ids: ids,
    contact_id: fields.id.optional(),
    contact_ids: ids,
    account_id: fields.id.optional(),
    account_ids: ids,
    opportunity_id: fields.id.optional(),
    opportunity_ids: ids,
    priority: words,
    task_types: words,
    task_type_cds: words.describe("Same as `task_types`, as some clients send it"),
    type: words,
    task_status: words,
    statuses: words,
    status: words,
    emailer_campaign_ids: ids.describe("Cadenza's own: only tasks that these sequences created"),
    due_from: fields.moment
      .optional()
      .describe("Cadenza's own: due at this time or later; `due_before` itself is not included"),
    due_before: fields.moment.optional(),
  }),
  output: z.strictObject({
    tasks: z.array(taskListed),
    breadcrumbs: z.array(fields.breadcrumb),
    pagination: fields.paginationOn,
    faceting: z.strictObject({ task_types: z.array(count), total_facets: z.array(count), ...emptyFacets }),
    pipeline_total: z.int(),
    num_fetch_result: z.null(),
  }),
});
