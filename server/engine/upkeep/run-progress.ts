// Long work, batch by batch. A batch is one transaction that holds its effects, its outcomes and the
// counts, so a process killed at any instant leaves whole batches behind it, and the next one goes on at
// the first item that has no outcome yet.
//
// Easy to get wrong here: a batch that fails must not be marked in its own transaction, which is gone; and
// a database that is away is no failure of the work, so then the job itself fails and comes back.

import { setTimeout as sleep } from "node:timers/promises";
import type { Act, App } from "../../app.ts";
import { isJobType } from "../../domain/basics/job-types.ts";
import { completeProgress, failProgress } from "../../features/events/progress/commands.ts";
import {
  findWork,
  type ItemOutcome,
  listStalled,
  lockWork,
  nextItems,
  noteFailedTry,
  type WorkRow,
  writeOutcomes,
} from "../../features/events/progress/store.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { crashPoint } from "../../seams.ts";
import { runMove } from "../moving/move-team.ts";
import { AskerLeft, actFor, type OnBehalf } from "../running/act-for.ts";
import { runTrial } from "../trial-runs/run-trial.ts";
import { type BatchHandler, LONG_JOBS, type LongJob } from "./long-jobs.ts";
import { runImport, type Surely } from "./run-import.ts";

const BATCH = 500;
const PAUSES_MS = [250, 1_000];
const BUSY_MS = 500;

type Job = { teamId: string; progressId: string };

/** What asks others is done by one worker alone: of two, both would ask before either knows the other's answers. */
export async function runProgress(app: App, job: Job, signal: AbortSignal) {
  const { teamId, progressId } = job;
  const progress = await app.db.inTeam(teamId, (db) => findWork(db, teamId, progressId));
  if (!progress) return;
  const long = longJobOf(progress);
  if (!long) return failUnknown(app, teamId, progress);
  if (!preparesFirst(long)) return goOn(app, job, { progress, long }, signal);
  const letGo = await app.db.holdAlone(`long work ${progressId}`);
  if (!letGo) throw new Error("another worker is at it; this one looks again later");
  try {
    await goOn(app, job, { progress, long }, signal);
  } finally {
    await letGo();
  }
}

/** Null for a row that another version of Cadenza wrote. */
function longJobOf({ jobType }: WorkRow) {
  return isJobType(jobType) ? LONG_JOBS[jobType] : null;
}

function preparesFirst(long: LongJob) {
  return long.by === "move" || long.by === "trial" || (long.by === "items" && long.prepare !== null);
}

function failUnknown(app: App, teamId: string, { id, userId, jobType }: WorkRow) {
  const sentence = `This version of Cadenza cannot run jobs of the type ${jobType}.`;
  return actFor(app, { teamId, userId, cause: "job", evenIfLeft: true }, (act) =>
    failProgress(act, id, sentence),
  );
}

type Running = { progress: WorkRow; long: LongJob };

async function goOn(app: App, { teamId, progressId }: Job, { progress, long }: Running, signal: AbortSignal) {
  const onBehalf = { teamId, userId: progress.userId, cause: "job", what: progress.jobType };
  /** A batch that fails is tried again; null once there is no use in it, and the work has been given up. */
  const surely = async <T>(attempt: () => Promise<T>) => {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        const sentence = await giveUpOrWait(app, teamId, progressId, error);
        const ending = { ...onBehalf, evenIfLeft: true };
        if (sentence) {
          await actFor(app, ending, (act) => failProgress(act, progressId, sentence));
          return null;
        }
        if (signal.aborted) throw error;
      }
    }
  };
  if (long.by === "file") {
    const acting: Surely = (work) => surely(() => actFor(app, onBehalf, work));
    if ((await runImport(app, { teamId, id: progressId }, signal, acting)) === "over") return;
  }
  if (long.by === "move") {
    const acting: Surely = (work) => surely(() => actFor(app, onBehalf, work));
    if ((await runMove(app, { teamId, progressId }, signal, { surely, acting })) === "over") return;
  }
  if (long.by === "trial") {
    const acting: Surely = (work) => surely(() => actFor(app, onBehalf, work));
    if ((await runTrial(app, { teamId, progressId }, signal, { surely, acting })) === "over") return;
  }
  while (!signal.aborted && (long.by === "items" || long.by === "batches")) {
    const state = await surely(async () => {
      const prepared = await prepareBatch(app, onBehalf, { progressId, long }, signal);
      return actFor(app, onBehalf, async (act) => {
        const done =
          long.by === "batches"
            ? await long.batch(act, progressId)
            : await runBatch(act, progressId, long.work, prepared);
        if (done === "more") await crashPoint("progress-before-commit");
        return done;
      });
    });
    if (state !== "more") return;
    await crashPoint("progress-between-batches");
  }
  // Told to stop: the worker that takes the job over does the rest.
  throw new Error("stopped between two batches");
}

/** Null where the work needs only the database. */
async function prepareBatch(
  app: App,
  onBehalf: OnBehalf,
  { progressId, long }: { progressId: string; long: LongJob },
  signal: AbortSignal,
) {
  const { teamId } = onBehalf;
  const prepare = long.by === "items" ? long.prepare : null;
  if (!prepare) return null;
  const isWanted = async () => {
    if (signal.aborted) return false;
    const work = await app.db.inTeam(teamId, (db) => findWork(db, teamId, progressId));
    return work !== null && !work.finishedAt;
  };
  const found = await app.db.inTeam(teamId, async (db) => {
    const work = await findWork(db, teamId, progressId);
    if (!work || work.finishedAt) return null;
    return { work, items: await nextItems(db, teamId, work, sizeOf(work)) };
  });
  if (!found) return null;
  const { work, items } = found;
  return prepare(
    app,
    onBehalf,
    work.instructions,
    items.map(({ itemKey }) => itemKey),
    isWanted,
  );
}

function sizeOf({ batchSize }: WorkRow) {
  return Math.min(batchSize ?? BATCH, 1_000);
}

async function runBatch(
  act: Act,
  progressId: string,
  work: BatchHandler,
  prepared: ReadonlyMap<string, unknown> | null,
): Promise<"more" | "over"> {
  const { db, now, caller } = act;
  const progress = await lockWork(db, caller.teamId, progressId);
  if (!progress || progress.finishedAt) return "over";
  const waiting = await nextItems(db, caller.teamId, progress, sizeOf(progress));
  if (waiting.length === 0) {
    await completeProgress(act, progress);
    return "over";
  }
  // Another worker may have done meanwhile what we had prepared: then the next round prepares what is left.
  const items = prepared ? waiting.filter(({ itemKey }) => prepared.has(itemKey)) : waiting;
  if (items.length === 0) return "more";
  const outcomes = await workOn(act, { progress, work }, items, prepared ?? new Map());
  await writeOutcomes(db, caller.teamId, progressId, outcomes, now);
  return "more";
}

async function workOn(
  act: Act,
  { progress, work }: { progress: WorkRow; work: BatchHandler },
  items: { position: number; itemKey: string }[],
  prepared: ReadonlyMap<string, unknown>,
) {
  const keys = items.map(({ itemKey }) => itemKey);
  const outcomes = await work(act, progress.instructions, keys, prepared);
  if (outcomes.length !== items.length)
    throw new Error(`${progress.jobType} answered ${outcomes.length} outcomes for ${items.length} items`);
  return items.map(({ position }, n) => ({ position, ...(outcomes[n] as ItemOutcome) }));
}

/** The sentence to fail with, or null when it is worth another try. */
async function giveUpOrWait(app: App, teamId: string, progressId: string, error: unknown) {
  if (error instanceof Refusal && error.code === "sequence_busy") {
    await sleep(BUSY_MS); // another worker is at it, and will be done: that is no failure of the work
    return null;
  }
  if (error instanceof AskerLeft) return "The user who started the job has left the team.";
  const tries = await app.db.inTeam(teamId, (db) => noteFailedTry(db, teamId, progressId, app.now()));
  app.log.warn({ err: error, progressId, tries }, "a batch of a background job failed");
  if (error instanceof Refusal)
    return `It was refused (${error.code}). Records that were already processed stay changed.`;
  const pauseMs = PAUSES_MS[tries - 1];
  if (pauseMs === undefined)
    return `A batch failed ${tries} times, so the job was stopped. Records that were already processed stay changed.`;
  await sleep(pauseMs);
  return null;
}

/** Untouched for this long, it is taken for lost. */
export const STALLED_AFTER = { minutes: 15 };

/** Puts back in the queue what lost its job. Harmless for work that is under way: batches take turns. */
export async function reviveStalled(app: App, teamId: string, after: Temporal.DurationLike) {
  const before = app.now().subtract(after);
  return app.db.inTeam(teamId, async (db) => {
    const stalled = await listStalled(db, teamId, before);
    for (const progressId of stalled) await app.jobs.enqueue(db, "progress", { teamId, progressId });
    return stalled.length;
  });
}
