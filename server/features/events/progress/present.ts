import { jobName } from "../../../domain/basics/job-types.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { ProgressItemRow, ProgressRow } from "./store.ts";

/** What Apollo answers when a call has put its work off. */
export function presentProgress(progress: ProgressRow) {
  return { entity_progress_job: asStarted(progress), signals_hash: null };
}

/** The same for the bulk updates, which have other keys. */
export function presentBulkUpdate(progress: ProgressRow) {
  const { id, jobType, status, entityIds, createdAt, updatedAt } = progress;
  return {
    entity_progress_job: {
      id,
      job_type: jobType,
      status,
      entity_ids: entityIds,
      created_at: stored(createdAt),
      updated_at: stored(updatedAt),
    },
  };
}

/** How far it is: our own call. */
export function presentProgressEntry(progress: ProgressRow, publicUrl: string) {
  const { id, total, done, finishedAt } = progress;
  return {
    ...asStarted(progress),
    name: jobName(progress.jobType),
    status: progress.status,
    total,
    done,
    percent: total === 0 ? (finishedAt ? 100 : 0) : Math.floor((done * 100) / total),
    counts: progress.counts,
    error: progress.error,
    result_url: `${publicUrl}/api/v1${progress.resultPath ?? `/entity_progress_jobs/${id}/items`}`,
    created_at: stored(progress.createdAt),
    updated_at: stored(progress.updatedAt),
    finished_at: storedOrNull(finishedAt),
  };
}

export function presentItem({ position, itemKey, outcome, code, details }: ProgressItemRow) {
  return { position, item_key: itemKey, outcome, code, details };
}

// Apollo prints -1 for lists, which it does not cut into batches.
function asStarted({ id, userId, jobType, entityIds, params, batchSize, done }: ProgressRow) {
  return {
    id,
    user_id: userId,
    job_type: jobType,
    entity_ids: entityIds,
    params,
    progress: done === 0 && batchSize === null ? -1 : done,
    batch_size: batchSize,
  };
}
