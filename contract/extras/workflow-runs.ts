// Runs of workflows, and what became of each whom a run looked at.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const saidCode = z.strictObject({ code: z.string(), sentence: z.string() });

export const workflowRun = z.strictObject({
  id: fields.id,
  workflow_id: fields.id,
  version: z.int(),
  cause: z.enum(["schedule", "event", "webhook", "manual", "rerun"]),
  status: z.enum(["finding", "running", "done", "failed", "cancelled"]),
  scheduled_for: fields.stamp.nullable(),
  num_missed: z.int().describe("Missed times of the schedule that this run covers"),
  num_found: z.int(),
  num_left_over: z.int().describe("Records found beyond the limit of a run"),
  counts: z.strictObject({ waiting: z.int(), done: z.int(), skipped: z.int(), failed: z.int() }),
  codes: z.array(z.strictObject({ ...saidCode.shape, count: z.int() })).describe("Why records were skipped"),
  error: z.string().nullable(),
  started_at: fields.stamp,
  finished_at: fields.stamp.nullable(),
});

export const filterVerdict = z.strictObject({ filter: z.string(), holds: z.boolean() });

export const workflowCandidate = z.strictObject({
  id: fields.id,
  workflow_id: fields.id,
  workflow_run_id: fields.id,
  entity_id: fields.id,
  contact_id: fields.id.nullable(),
  name: z.string().nullable().describe("Current name"),
  verdict: z.enum(["waiting", "done", "skipped", "failed"]),
  code: z.string().nullable(),
  sentence: z.string(),
  filters: z
    .array(filterVerdict)
    .describe(
      "For event triggers: the result of each filter. A scheduled run only finds records that match all",
    ),
  event: z
    .strictObject({ id: fields.id, type: z.string() })
    .nullable()
    .describe("The event that triggered it"),
  payload_hash: z.string().nullable().describe("SHA-256 of the webhook payload"),
  depth: z.int().describe("Number of workflows in this chain, including this one"),
  next_step: z.string().nullable().describe("Position in the actions, such as `2.yes.0`"),
  due_at: fields.stamp.nullable(),
  held_up: saidCode.nullable(),
  results: z.array(
    z.strictObject({
      step: z.string(),
      type: z.string(),
      outcome: z.enum(["done", "skipped", "failed"]),
      code: z.string().nullable(),
      sentence: z.string(),
      data: z.record(z.string(), z.unknown()),
      at: fields.stamp,
    }),
  ),
  created_at: fields.stamp,
  finished_at: fields.stamp.nullable(),
});

const id = { id: fields.id };

export const workflowRuns = {
  get: endpoint({
    method: "GET",
    path: "/workflow_runs/{id}",
    scope: "workflow_runs/show",
    access: "scoped",
    effect: "read",
    summary: "Show a workflow run",
    input: z.object(id),
    output: z.strictObject({ workflow_run: workflowRun }),
  }),

  candidates: endpoint({
    method: "GET",
    path: "/workflow_runs/{id}/candidates",
    scope: "workflow_runs/candidates",
    access: "scoped",
    effect: "read",
    summary: "List the records of a workflow run",
    description: "With the result of each filter and action, or the reason why a record was skipped.",
    input: z.object({
      ...id,
      verdict: workflowCandidate.shape.verdict.optional(),
      code: fields.text(100).optional(),
      entity_id: fields.id.optional(),
      ...fields.paging,
    }),
    output: z.strictObject({
      workflow_candidates: z.array(workflowCandidate),
      pagination: fields.pagination,
    }),
  }),

  cancel: endpoint({
    method: "POST",
    path: "/workflow_runs/{id}/cancel",
    scope: "workflow_runs/cancel",
    access: "scoped",
    effect: "write",
    summary: "Cancel a workflow run",
    description: "Unfinished records are skipped; finished actions stay.",
    input: z.object(id),
    output: z.strictObject({ workflow_run: workflowRun }),
  }),
};

export const workflowCandidates = {
  rerun: endpoint({
    method: "POST",
    path: "/workflow_candidates/{id}/rerun",
    scope: "workflow_candidates/rerun",
    access: "scoped",
    effect: "write",
    summary: "Run a workflow again for one record",
    description: "Ignores filters, limits and re-entry rules. Uses the current version of the workflow.",
    input: z.object(id),
    output: z.strictObject({ workflow_candidate: workflowCandidate }),
  }),
};
