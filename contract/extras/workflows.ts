// Workflows: what Cadenza does by itself when a condition is met. Apollo has workflows in its web app, and no calls for
// them.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { definition, entity, trigger, warning, workflow } from "./workflow.ts";
import { workflowActions } from "./workflow-actions.ts";
import { filterVerdict, workflowCandidate, workflowRun } from "./workflow-runs.ts";

const one = z.strictObject({ workflow });
const secrets = z
  .strictObject({
    hook_url: z.string().nullable().describe("Address for the trigger's webhook calls"),
    signing_secret: z.string().describe("`whsec_…`: the key that signs the workflow's own calls"),
  })
  .describe("Shown only once");
const withSecrets = z.strictObject({ workflow, secrets });

const outlook = z
  .strictObject({
    num_candidates: z.int(),
    num_left_over: z.int(),
    sample: z.array(z.strictObject({ entity_id: fields.id, name: z.string().nullable() })),
    actions: z.array(
      z.strictObject({
        step: z.string(),
        type: z.string(),
        count: z.int().nullable().describe("null if the number is not known in advance"),
      }),
    ),
    credits: z.strictObject({ least: z.int(), expected: z.int(), most: z.int() }),
    warnings: z.array(warning),
  })
  .describe("Dry run only");

const id = { id: fields.id };

export const workflows = {
  list: endpoint({
    method: "GET",
    path: "/workflows",
    scope: "workflows/index",
    access: "scoped",
    effect: "read",
    summary: "List workflows",
    input: z.object({
      q_keywords: fields.text(200).optional().describe("Part of the name"),
      active: fields.flag.optional(),
      archived: fields.flag.default(false).describe("True lists only archived workflows"),
      sort_by_field: z
        .enum([
          ...(["name", "status", "entity", "trigger", "owner", "last_run_at", "num_included"] as const),
          ...(["num_skipped", "num_waiting", "next_run_at", "updated_at", "created_at"] as const),
        ])
        .default("name")
        .describe(
          "`num_included` and `num_skipped` are of the last run; workflows without a value come last",
        ),
      sort_ascending: fields.flag
        .optional()
        .describe(
          "Default: words from A to Z, the next run first, other times and numbers from the latest or highest",
        ),
      ...fields.paging,
    }),
    output: z.strictObject({
      workflows: z.array(workflow.extend({ last_run: workflowRun.nullable() })),
      pagination: fields.pagination,
    }),
  }),

  get: endpoint({
    method: "GET",
    path: "/workflows/{id}",
    scope: "workflows/show",
    access: "scoped",
    effect: "read",
    summary: "Show a workflow with its warnings",
    input: z.object(id),
    output: one,
  }),

  create: endpoint({
    method: "POST",
    path: "/workflows",
    scope: "workflows/create",
    access: "scoped",
    effect: "write",
    summary: "Create a workflow",
    description:
      "It is off until you activate it. It acts as the user who created it, with their permissions. Conditions are data and texts are Liquid; no step runs code.",
    input: z.object({ ...definition, entity: entity.default("contact") }),
    output: withSecrets,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/workflows/{id}",
    scope: "workflows/update",
    access: "scoped",
    effect: "write",
    summary: "Update a workflow",
    description: "Allowed for its creator and for admins. Contacts in it keep the version they started with.",
    ifMatch: { record: workflow },
    input: z.object({
      ...id,
      name: definition.name.optional(),
      user_id: fields.id
        .optional()
        .describe("New owner, set by an admin; the workflow then has this user's permissions"),
      archived: fields.flag.optional().describe("True archives it; false restores it, turned off"),
      trigger: trigger.optional(),
      filters: fields.freeForm(z.unknown()).optional(),
      net_new: fields.flag.optional(),
      reentry: definition.reentry.unwrap().optional(),
      actions: workflowActions.optional(),
      caps: definition.caps.unwrap().optional(),
    }),
    output: one,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/workflows/{id}",
    scope: "workflows/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a workflow and its history",
    description: "Contacts in it stop.",
    input: z.object(id),
    output: z.strictObject({ workflow: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  activate: endpoint({
    method: "POST",
    path: "/workflows/{id}/activate",
    scope: "workflows/activate",
    access: "scoped",
    effect: "write",
    summary: "Activate a workflow",
    description: "A scheduled workflow without filters covers all records. To activate it, set `everybody`.",
    input: z.object({ ...id, everybody: fields.flag.default(false) }),
    output: one,
  }),

  deactivate: endpoint({
    method: "POST",
    path: "/workflows/{id}/deactivate",
    scope: "workflows/deactivate",
    access: "scoped",
    effect: "write",
    summary: "Deactivate a workflow",
    description: "It takes no new contacts. Contacts in it wait until it is active again.",
    input: z.object(id),
    output: one,
  }),

  archive: endpoint({
    method: "POST",
    path: "/workflows/{id}/archive",
    scope: "workflows/archive",
    access: "scoped",
    effect: "write",
    summary: "Archive a workflow",
    description:
      "It is turned off and contacts in it stop. Its runs stay readable. To use it again, update it with `archived: false` and activate it.",
    input: z.object(id),
    output: one,
  }),

  run: endpoint({
    method: "POST",
    path: "/workflows/{id}/run",
    scope: "workflows/run",
    access: "scoped",
    effect: "write",
    summary: "Run a workflow now",
    description:
      "For all records its filters find, or for those you name. It may be off. With `Dry-Run: true` nothing is done; `outlook` shows the records, actions and cost.",
    input: z.object({ ...id, entity_ids: z.array(fields.id).max(1000).optional() }),
    output: z.strictObject({ workflow_run: workflowRun, outlook: outlook.optional() }),
  }),

  rotateSecrets: endpoint({
    method: "POST",
    path: "/workflows/{id}/rotate_secrets",
    scope: "workflows/rotate_secrets",
    access: "scoped",
    effect: "write",
    summary: "Rotate the webhook address and the signing secret of a workflow",
    input: z.object(id),
    output: withSecrets,
  }),

  explain: endpoint({
    method: "GET",
    path: "/workflows/{id}/explain",
    scope: "workflows/explain",
    access: "scoped",
    effect: "read",
    summary: "Explain why a workflow did or did not take a record",
    input: z.object({ ...id, entity_id: fields.id }),
    output: z.strictObject({
      explanation: z.strictObject({
        entity_id: fields.id,
        sentence: z.string(),
        code: z.string().nullable(),
        filters: z.array(filterVerdict).describe("Result of each filter now"),
        candidates: z.array(workflowCandidate).describe("The latest ten, newest first"),
      }),
    }),
  }),

  runs: endpoint({
    method: "GET",
    path: "/workflows/{id}/runs",
    scope: "workflows/runs",
    access: "scoped",
    effect: "read",
    summary: "List the runs of a workflow",
    description: "Newest first.",
    input: z.object({ ...id, ...fields.paging }),
    output: z.strictObject({ workflow_runs: z.array(workflowRun), pagination: fields.pagination }),
  }),
};
