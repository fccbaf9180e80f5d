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
  progress: z.int().describe("0 at first, -1 for lists; then the number of records done"),
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
  name: z.string().describe("What the job does"),
  status: jobStatus,
  total: z.int(),
  done: z.int(),
  percent: z.int(),
  counts: z.record(z.string(), z.int()).describe("Number of records per outcome; they add up to the total"),
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
  outcome: z.string().nullable().describe("null while it is waiting"),
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
    summary: "Show a background job",
    input: z.object({ id: fields.id }),
    output: one,
  }),

  list: endpoint({
    method: "GET",
    path: "/entity_progress_jobs",
    scope: "entity_progress_jobs/index",
    access: "scoped",
    effect: "read",
    summary: "List background jobs",
    description: "Newest first.",
    input: z.object({
      ...fields.paging,
      status: jobStatus.optional(),
      unseen_failures: fields.flag
        .optional()
        .describe("Only failed jobs the caller has not marked as seen: their own, for admins everyone's"),
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
    summary: "Mark a failed job as seen",
    description: "It is no longer shown on the caller's home page. Other users still see it.",
    input: z.object({ id: fields.id }),
    output: one,
  }),

  items: endpoint({
    method: "GET",
    path: "/entity_progress_jobs/{id}/items",
    scope: "entity_progress_jobs/items",
    access: "scoped",
    effect: "read",
    summary: "List the results of a background job",
    input: z.object({ id: fields.id, ...fields.paging, outcome: fields.text(100).optional() }),
    output: z.strictObject({ items: z.array(item), pagination: fields.pagination }),
  }),

  cancel: endpoint({
    method: "POST",
    path: "/entity_progress_jobs/{id}/cancel",
    scope: "entity_progress_jobs/cancel",
    access: "scoped",
    effect: "write",
    summary: "Cancel a background job",
    description: "Finished records stay as they are. A job that has ended is answered unchanged.",
    input: z.object({ id: fields.id }),
    output: one,
  }),
};
