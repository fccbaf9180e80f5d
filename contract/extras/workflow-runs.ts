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
  num_missed: z.int().describe("Times of the schedule that had passed: this run stands for them too"),
  num_found: z.int(),
  num_left_over: z.int().describe("Who was found beyond what a run may take"),
  counts: z.strictObject({ waiting: z.int(), done: z.int(), skipped: z.int(), failed: z.int() }),
  codes: z.array(z.strictObject({ ...saidCode.shape, count: z.int() })).describe("Why, of those left out"),
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
  name: z.string().nullable().describe("As they are called now"),
  verdict: z.enum(["waiting", "done", "skipped", "failed"]),
  code: z.string().nullable(),
  sentence: z.string(),
  filters: z
    .array(filterVerdict)
    .describe("Of what is triggered; a batch finds only those for whom all hold"),
  event: z.strictObject({ id: fields.id, type: z.string() }).nullable().describe("What triggered it"),
  payload_hash: z.string().nullable().describe("SHA-256 of what came by webhook"),
  depth: z.int().describe("How many workflows led here, this one included"),
  next_step: z.string().nullable().describe("A path into the actions: `2.yes.0`"),
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
    summary: "Shows a run of a workflow",
    input: z.object(id),
    output: z.strictObject({ workflow_run: workflowRun }),
  }),

  candidates: endpoint({
    method: "GET",
    path: "/workflow_runs/{id}/candidates",
    scope: "workflow_runs/candidates",
    access: "scoped",
    effect: "read",
    summary:
      "A line for each whom a run looked at: the verdict of each filter, each action's result, or why they were left out",
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
    summary: "Stops a run: who is not through is left out, what was done stays done",
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
    summary:
      "Takes one candidate once more, whatever the filters, caps and re-entry say, by the workflow as it is now",
    input: z.object(id),
    output: z.strictObject({ workflow_candidate: workflowCandidate }),
  }),
};
