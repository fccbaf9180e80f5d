// Long work (`entity_progress_job`): Apollo starts it and shows it, but has no documented call that reads
// it back. These calls are ours; the shapes it starts with are Apollo's.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const jobStatus = z.enum(["pending", "running", "done", "failed", "cancelled"]);

export const asStarted = z.strictObject({
  id: fields.id,
  user_id: fields.id,
  job_type: z.string(),
  entity_ids: z.array(z.string()),
  params: z.record(z.string(), z.unknown()),
  progress: z.int().describe("0 at first, -1 for lists; then the entities dealt with"),
  batch_size: z.int().nullable(),
});

/** What a call answers that has put its work off. */
export const startedJob = z.strictObject({ entity_progress_job: asStarted, signals_hash: z.null() });

/** The same from the bulk updates, which Apollo shows with other keys. */
export const startedBulkUpdate = z.strictObject({
  entity_progress_job: z.strictObject({
    id: fields.id,
    job_type: z.string(),
    status: jobStatus,
    entity_ids: z.array(z.string()),
    created_at: fields.stamp,
    updated_at: fields.stamp,
  }),
});

export const entityProgressJob = z.strictObject({
  ...asStarted.shape,
  name: z.string().describe("What it does, in words"),
  status: jobStatus,
  total: z.int(),
  done: z.int(),
  percent: z.int(),
  counts: z.record(z.string(), z.int()).describe("How many entities ended in which outcome; they add up"),
  error: z.string().nullable(),
  result_url: z.string(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  finished_at: fields.stamp.nullable(),
});

const one = z.strictObject({ entity_progress_job: entityProgressJob });

const item = z.strictObject({
  position: z.int(),
  item_key: z.string(),
  outcome: z.string().nullable().describe("null while it has not been its turn"),
  code: z.string().nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
});

export const progress = {
  get: endpoint({
    method: "GET",
    path: "/entity_progress_jobs/{id}",
    scope: "entity_progress_jobs/show",
    access: "scoped",
    effect: "read",
    summary: "How far a long piece of work is",
    input: z.object({ id: fields.id }),
    output: one,
  }),

  list: endpoint({
    method: "GET",
    path: "/entity_progress_jobs",
    scope: "entity_progress_jobs/index",
    access: "scoped",
    effect: "read",
    summary: "Lists long work, newest first",
    input: z.object({
      ...fields.paging,
      status: jobStatus.optional(),
      unseen_failures: fields.flag
        .optional()
        .describe(
          "Only jobs that failed and that the caller has not marked as seen: their own, and for an admin everybody's",
        ),
    }),
    output: z.strictObject({
      // The ids may be thousands; `get` has them.
      entity_progress_jobs: z.array(entityProgressJob.omit({ entity_ids: true })),
      pagination: fields.pagination,
    }),
  }),

  markSeen: endpoint({
    method: "POST",
    path: "/entity_progress_jobs/{id}/seen",
    scope: "entity_progress_jobs/seen",
    access: "scoped",
    effect: "write",
    summary: "Marks a failed job as seen by the caller",
    description: "It is no longer shown on the caller's home page. Other people still see it.",
    input: z.object({ id: fields.id }),
    output: one,
  }),

  items: endpoint({
    method: "GET",
    path: "/entity_progress_jobs/{id}/items",
    scope: "entity_progress_jobs/items",
    access: "scoped",
    effect: "read",
    summary: "What became of each entity of a long piece of work",
    input: z.object({ id: fields.id, ...fields.paging, outcome: fields.text(100).optional() }),
    output: z.strictObject({ items: z.array(item), pagination: fields.pagination }),
  }),

  cancel: endpoint({
    method: "POST",
    path: "/entity_progress_jobs/{id}/cancel",
    scope: "entity_progress_jobs/cancel",
    access: "scoped",
    effect: "write",
    summary: "Stops a long piece of work; what is done stays done",
    description: "What has ended already is answered as it is.",
    input: z.object({ id: fields.id }),
    output: one,
  }),
};
