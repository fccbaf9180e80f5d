// What is done by itself with whomever it concerns. Apollo has workflows in its web app, and no calls for them.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { definition, entity, trigger, warning, workflow } from "./workflow.ts";
import { workflowActions } from "./workflow-actions.ts";
import { filterVerdict, workflowCandidate, workflowRun } from "./workflow-runs.ts";

const one = z.strictObject({ workflow });
const secrets = z
  .strictObject({
    hook_url: z.string().nullable().describe("Where to send what triggers it"),
    signing_secret: z.string().describe("`whsec_…`: what its own calls are signed with"),
  })
  .describe("Shown this once only");
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
        count: z.int().nullable().describe("null: how many come there is not known beforehand"),
      }),
    ),
    credits: z.strictObject({ least: z.int(), expected: z.int(), most: z.int() }),
    warnings: z.array(warning),
  })
  .describe("Of a dry run");

const id = { id: fields.id };

export const workflows = {
  list: endpoint({
    method: "GET",
    path: "/workflows",
    scope: "workflows/index",
    access: "scoped",
    effect: "read",
    summary: "Lists workflows, by name",
    input: z.object({
      q_keywords: fields.text(200).optional().describe("Part of the name"),
      active: fields.flag.optional(),
      archived: fields.flag.default(false).describe("Those that were put away, and no others"),
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
    summary: "Shows a workflow, with what should be known before it is switched on",
    input: z.object(id),
    output: one,
  }),

  create: endpoint({
    method: "POST",
    path: "/workflows",
    scope: "workflows/create",
    access: "scoped",
    effect: "write",
    summary: "Makes a workflow; it is off until it is switched on",
    description:
      "It acts as whoever made it, with their rights. Conditions are data and texts are Liquid: there is no step that runs code.",
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
    summary:
      "Changes a workflow: whoever made it, or an admin. Who is on their way keeps the version they began with",
    input: z.object({
      ...id,
      name: definition.name.optional(),
      user_id: fields.id
        .optional()
        .describe("An admin gives it to somebody of the team: from then on it acts with their rights"),
      archived: fields.flag
        .optional()
        .describe("false takes it out of the archive, and it stays off; true puts it away"),
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
    summary: "Deletes a workflow with its log; who is on their way stops",
    input: z.object(id),
    output: z.strictObject({ workflow: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  activate: endpoint({
    method: "POST",
    path: "/workflows/{id}/activate",
    scope: "workflows/activate",
    access: "scoped",
    effect: "write",
    summary: "Switches a workflow on",
    description:
      "A batch without a filter takes everybody there is, and is switched on only where `everybody` says so.",
    input: z.object({ ...id, everybody: fields.flag.default(false) }),
    output: one,
  }),

  deactivate: endpoint({
    method: "POST",
    path: "/workflows/{id}/deactivate",
    scope: "workflows/deactivate",
    access: "scoped",
    effect: "write",
    summary:
      "Switches a workflow off: nobody new is taken, and who is on their way waits until it is on again",
    input: z.object(id),
    output: one,
  }),

  archive: endpoint({
    method: "POST",
    path: "/workflows/{id}/archive",
    scope: "workflows/archive",
    access: "scoped",
    effect: "write",
    summary:
      "Puts a workflow away: it is switched off, who is on their way stops, and its runs stay readable",
    description:
      "It runs in no way until `archived: false` of its change takes it back out, and it is switched on.",
    input: z.object(id),
    output: one,
  }),

  run: endpoint({
    method: "POST",
    path: "/workflows/{id}/run",
    scope: "workflows/run",
    access: "scoped",
    effect: "write",
    summary: "Runs a workflow now, on or off: with everybody whom its filters find, or those who are named",
    description:
      "With `Dry-Run: true` nothing is done, and `outlook` tells whom it would take, for what and what it would cost.",
    input: z.object({ ...id, entity_ids: z.array(fields.id).max(1000).optional() }),
    output: z.strictObject({ workflow_run: workflowRun, outlook: outlook.optional() }),
  }),

  rotateSecrets: endpoint({
    method: "POST",
    path: "/workflows/{id}/rotate_secrets",
    scope: "workflows/rotate_secrets",
    access: "scoped",
    effect: "write",
    summary: "Gives a workflow another address for its webhook and another secret for its own calls",
    input: z.object(id),
    output: withSecrets,
  }),

  explain: endpoint({
    method: "GET",
    path: "/workflows/{id}/explain",
    scope: "workflows/explain",
    access: "scoped",
    effect: "read",
    summary: "Why a contact, person or account was taken by this workflow, or was not",
    input: z.object({ ...id, entity_id: fields.id }),
    output: z.strictObject({
      explanation: z.strictObject({
        entity_id: fields.id,
        sentence: z.string(),
        code: z.string().nullable(),
        filters: z.array(filterVerdict).describe("As they hold now"),
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
    summary: "Lists a workflow's runs, newest first",
    input: z.object({ ...id, ...fields.paging }),
    output: z.strictObject({ workflow_runs: z.array(workflowRun), pagination: fields.pagination }),
  }),
};
