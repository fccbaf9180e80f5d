// Work too long for one answer: the call that starts it writes down what is to be done, and the engine
// does it batch by batch (engine/upkeep/run-progress.ts).

import type { Act } from "../../../app.ts";
import type { JobType } from "../../../domain/basics/job-types.ts";
import { mayCancelProgress } from "../../../domain/identity/permissions.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../events/store.ts";
import * as store from "./store.ts";

export type ProgressWish = {
  /** Set where the caller has chosen the id. */
  id?: string;
  /** Apollo's word for it; the key of its work in engine/upkeep/long-jobs.ts. */
  jobType: JobType;
  /** What is to be dealt with, each once, in this order. */
  entityIds: readonly string[];
  /** Where there is more to do than is named by ids. */
  total?: number;
  /** As the wire shows them. */
  params: Record<string, unknown>;
  /** As the wire shows it; null leaves the size to the engine. */
  batchSize?: number | null;
  /** What the work is handed, in our own words. Without it, the params. */
  instructions?: Record<string, unknown>;
  /** Where the result is read, below the API's address, if not at the job's own items. */
  resultPath?: string | null;
};

/** Written and queued in the act's transaction: there is no work without its row, and no row without work. */
export async function startProgress(act: Act, wish: ProgressWish) {
  const { app, db, now, caller } = act;
  const entityIds = [...new Set(wish.entityIds)];
  const progress = await store.insertProgress(
    db,
    caller.teamId,
    {
      id: wish.id ?? newId(),
      userId: caller.userId,
      jobType: wish.jobType,
      entityIds,
      total: wish.total ?? entityIds.length,
      params: wish.params,
      instructions: wish.instructions ?? wish.params,
      batchSize: wish.batchSize ?? null,
      resultPath: wish.resultPath ?? null,
    },
    now,
  );
  await app.jobs.enqueue(db, "progress", { teamId: caller.teamId, progressId: progress.id });
  await record(byCaller(act), tale("job.started", progress));
  return progress;
}

export async function getProgress({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const progress = await store.findProgress(db, caller.teamId, id);
  if (!progress) throw new Refusal("record_not_found");
  return progress;
}

/** For one person; the others still see it. */
export async function markSeen(act: Act, id: string) {
  const { db, now, caller } = act;
  const progress = await getProgress(act, id);
  if (progress.status !== "failed") throw new Refusal("job_not_failed");
  await store.noteSeen(db, caller.teamId, id, caller.userId, now);
  await record(byCaller(act), { type: "job.seen", subject: { type: "job", id } });
  return progress;
}

/** What is done stays done; what had no turn ends as cancelled. */
export async function cancelProgress(act: Act, id: string) {
  const { db, now, caller } = act;
  const work = await store.lockWork(db, caller.teamId, id);
  if (!work) throw new Refusal("record_not_found");
  if (!mayCancelProgress({ userId: caller.userId, isAdmin: caller.role === "admin" }, work.userId))
    throw new Refusal("admin_only");
  if (!work.finishedAt) {
    const end = { status: "cancelled", error: null, leftover: "cancelled" } as const;
    await store.finishProgress(db, caller.teamId, id, end, now);
    await record(byCaller(act), tale("job.cancelled", work));
  }
  return getProgress(act, id);
}

/** Called by the engine when every item has had its turn. */
export async function completeProgress(act: Act, progress: store.WorkRow) {
  const end = { status: "done", error: null, leftover: "not_done" } as const;
  await store.finishProgress(act.db, act.caller.teamId, progress.id, end, act.now);
  await record(byCaller(act), tale("job.done", progress));
}

/** Called by the engine when it gives up. The user who started the work reads the sentence. */
export async function failProgress(act: Act, id: string, sentence: string) {
  const progress = await store.lockWork(act.db, act.caller.teamId, id);
  if (!progress || progress.finishedAt) return;
  const end = { status: "failed", error: sentence, leftover: "not_done" } as const;
  await store.finishProgress(act.db, act.caller.teamId, id, end, act.now);
  const told = tale("job.failed", progress);
  const { done, userId: user_id } = progress;
  await record(byCaller(act), { ...told, data: { ...told.data, done, error: sentence, user_id } });
}

function tale(type: "job.started" | "job.done" | "job.failed" | "job.cancelled", progress: store.WorkRow) {
  return {
    type,
    subject: { type: "job", id: progress.id },
    data: { job_type: progress.jobType, total: progress.total },
  } as const;
}
