import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { accountBeside } from "./account.ts";
import { contactBeside } from "./contact.ts";
import { opportunityShown } from "./opportunities.ts";

const type = z.enum([
  "call",
  "outreach_manual_email",
  "linkedin_step_connect",
  "linkedin_step_message",
  "linkedin_step_view_profile",
  "linkedin_step_interact_post",
  "action_item",
]);
/** Apollo's n8n node has two words of its own. */
const typeInput = z
  .enum([
    ...type.options,
    ...(["email", "linkedin"] as const),
    ...(["contact_action_item", "account_action_item", "contact_call", "account_call"] as const),
  ])
  .describe(
    "`email` is outreach_manual_email, `linkedin` is linkedin_step_message; " +
      "what begins with `contact_` or `account_` is an action_item or a call",
  );
const status = z.enum(["scheduled", "completed", "skipped"]);
const priority = z.enum(["high", "medium", "low"]);
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
  type,
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
  account: z.strictObject({ id: fields.id, name: z.string().nullable() }).nullable(),
});

/** With the deal it is about. */
const taskListed = z.strictObject({ ...task.shape, opportunity: opportunityShown.nullable() });

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
});

const madeTask = z.strictObject({
  ...taskListed.shape,
  emailer_message: z.strictObject({ id: fields.id, subject: z.string().nullable() }).optional(),
  task_ids: z
    .array(fields.id)
    .optional()
    .describe("Cadenza's own: where one was made for each of several contacts"),
});

const note = fields.text(100_000).nullish();

const wish = {
  user_id: fields.id.optional().describe("Who is to do it; the caller unless said"),
  creator_id: fields.id.optional(),
  account_id: fields.id.optional(),
  opportunity_id: fields.id.optional(),
  type: typeInput.optional(),
  status: status.optional(),
  priority: priority.optional(),
  due_at: fields.moment.optional().describe("UTC unless an offset is given; without it, now"),
  title: fields.text(1000).optional().describe("Made from type and contact where it is left out"),
  note,
};

const single = { ...wish, contact_id: fields.id.optional() };
const shown = z.strictObject({ task: taskShown });
const deleted = z.strictObject({ id: fields.id, deleted: z.literal(true) });
const ids = z.array(fields.id).max(1000).optional();
const words = z.array(fields.text(60)).max(100).optional();

const count = z.strictObject({ value: z.string(), display_name: z.string(), count: z.int() });

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

export const tasks = {
  create: endpoint({
    method: "POST",
    path: "/tasks",
    scope: "tasks/create",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Creates a task for a contact, an account or a deal",
    description:
      "With several contacts one for each of them: `task` is the first, and its `task_ids` are all. An `outreach_manual_email` of one's own " +
      "begins with a mail, a draft in `emailer_message`.",
    input: z.object({
      ...single,
      contact_ids: z
        .array(fields.id)
        .max(100)
        .optional()
        .describe("As published clients name whom it is about"),
    }),
    output: z.strictObject({ task: madeTask }),
  }),

  bulkCreate: endpoint({
    method: "POST",
    path: "/tasks/bulk_create",
    scope: "tasks/bulk_create",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Creates one task per contact, or the tasks listed: all of them or none",
    input: z.object({
      ...wish,
      contact_ids: ids,
      tasks_attributes: z
        .array(z.object(single))
        .max(1000)
        .optional()
        .describe("As Apollo's command line sends them"),
      tasks: z.array(z.object(single)).max(1000).optional().describe("As Apollo's n8n node sends them"),
    }),
    output: z.strictObject({ success: z.literal(true), tasks: z.array(taskListed) }),
  }),

  get: endpoint({
    method: "GET",
    path: "/tasks/{id}",
    scope: "tasks/show",
    oauth: "tasks_list",
    access: "scoped",
    effect: "read",
    summary: "Shows a task",
    input: z.object({ id: fields.id }),
    output: shown,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/tasks/{id}",
    scope: "tasks/update",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Changes a task",
    description:
      "On a scheduled task, leaving out `priority` sets it back to medium, and leaving out `creator_id` sets it to the " +
      "caller. Of a completed or skipped one, only `note`, `priority` and `contact_id` change.",
    input: z.object({
      id: fields.id,
      user_id: fields.id.optional(),
      creator_id: fields.id.optional(),
      contact_id: fields.id.optional(),
      type: typeInput.optional(),
      status: status.optional(),
      priority: priority.optional(),
      priority_cd: priority.optional(),
      due_at: fields.moment.optional(),
      title: fields.text(1000).optional(),
      note,
      call_script: fields.text(100_000).nullish(),
      relevant_fields: z.array(fields.text(200)).max(200).optional(),
    }),
    output: shown,
  }),

  complete: endpoint({
    method: "POST",
    path: "/tasks/{id}/complete",
    scope: "tasks/complete",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Marks a task as done",
    input: z.object({ id: fields.id, note }),
    output: z.strictObject({
      task: z.union([taskShown, deleted]),
      contact: contactBeside.nullable().optional().describe("Whom it was about, once more"),
    }),
  }),

  skip: endpoint({
    method: "POST",
    path: "/tasks/{id}/skip",
    scope: "tasks/skip",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Skips a task",
    input: z.object({ id: fields.id, note, on_task_page: fields.flag.optional() }),
    output: z.strictObject({
      task: z.union([
        z.strictObject({
          id: fields.id,
          status: z.literal("skipped"),
          note: z.string().nullable(),
          completed: z.literal(false),
        }),
        deleted,
      ]),
    }),
  }),

  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/tasks/search",
    scope: "tasks/search",
    oauth: "tasks_list",
    access: "scoped",
    effect: "read",
    summary: "Searches tasks, the next due first unless sorted otherwise",
    description: "Pages reach 50,000 tasks; `next_cursor`, sent back as `cursor`, reaches all.",
    input: z.object({
      ...fields.paging,
      cursor: fields.text(500).optional().describe("Cadenza's own: goes on after the last one of a page"),
      sort_by_field: fields
        .text(60)
        .optional()
        .describe("`task_due_at`, `task_priority` or `task_created_at`"),
      sort_ascending: fields.flag.optional(),
      multi_sort: z
        .array(z.record(fields.text(60), z.object({ order: z.enum(["asc", "desc"]) })))
        .max(10)
        .optional()
        .describe("As sort_by_field and sort_ascending: the first counts"),
      open_factor_names: words.describe("`task_is_pending` leaves only what is still to be done"),
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
      task_type_cds: words.describe("As task_types: so published clients call them"),
      type: words,
      task_status: words,
      statuses: words,
      status: words,
      emailer_campaign_ids: ids.describe("Cadenza's own: made by steps of these sequences"),
      due_from: fields.moment.optional().describe("Cadenza's own, as `due_before`, which is not included"),
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
  }),
};
