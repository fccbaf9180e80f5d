// Long work, batch by batch. A batch is one transaction that holds its effects, its outcomes and the
// counts, so a process killed at any instant leaves whole batches behind it, and the next one goes on at
// the first item that has no outcome yet.
//
// Easy to get wrong here: a batch that fails must not be marked in its own transaction, which is gone; and
// a database that is away is no failure of the work, so then the job itself fails and comes back.

import { setTimeout as sleep } from "node:timers/promises";
import type { Act, App } from "../app.ts";
import { workOnAccounts } from "../features/accounts/commands.ts";
import { workOnContacts } from "../features/contacts/commands.ts";
import { prepareEnrichment, workOnEnrichment } from "../features/enrichment/contacts.ts";
import { IMPORT_JOBS } from "../features/imports/kinds.ts";
import { undoBatch } from "../features/imports/undoing.ts";
import { workOnInvented } from "../features/invented-people/commands.ts";
import { workOnJoining } from "../features/joining/commands.ts";
import { workOnMembers } from "../features/labels/commands.ts";
import { workOnEnrollments } from "../features/managing/commands.ts";
import { completeProgress, failProgress } from "../features/progress/commands.ts";
import {
  findWork,
  listStalled,
  lockWork,
  nextItems,
  noteFailedTry,
  type Outcome,
  type WorkRow,
  writeOutcomes,
} from "../features/progress/store.ts";
import { scoreBatch } from "../features/scoring/commands.ts";
import { prepareVerification, workOnVerification } from "../features/verification/work.ts";
import { Refusal } from "../refusal.ts";
import { crashPoint } from "../seams.ts";
import { AskerLeft, actFor, type OnBehalf } from "./act-for.ts";
import { runImport, type Surely } from "./run-import.ts";

/**
 * Deals with some items inside the batch's transaction, and answers one outcome for each, in their order.
 * It acts as the person who asked, and finds in `instructions` what `startProgress` was given.
 */
export type Work = (
  act: Act,
  instructions: Record<string, unknown>,
  itemKeys: readonly string[],
  prepared: ReadonlyMap<string, unknown>,
) => Promise<readonly Outcome[]>;

/** By job type. Each noun whose calls can be put off adds its own. */
export const WORK: Record<string, Work> = {
  account_bulk_update: workOnAccounts,
  contact_bulk_update: workOnContacts,
  add_entities_to_labels: workOnMembers("add"),
  remove_entities_from_labels: workOnMembers("remove"),
  sequence_remove_stop_contacts: workOnEnrollments,
  sequence_finish_contacts: workOnEnrollments,
  sequence_pause_contacts: workOnEnrollments,
  sequence_resume_contacts: workOnEnrollments,
  sequence_retry_contacts: workOnEnrollments,
  sequence_restart_contacts: workOnEnrollments,
  sequence_move_contacts: workOnEnrollments,
  sequence_add_contact: workOnJoining,
  contact_email_verification: workOnVerification,
  invent_people: workOnInvented,
  contact_enrichment: workOnEnrichment,
};

/** What the network says of some items, asked before their batch's transaction is open. Those left out wait their turn. */
export type Prepare = (
  app: App,
  onBehalf: OnBehalf,
  instructions: Record<string, unknown>,
  itemKeys: readonly string[],
  /** Whether the work is still wanted, and ours to do. */
  isWanted: () => Promise<boolean>,
) => Promise<ReadonlyMap<string, unknown>>;

/** By job type, for work that cannot be done in the database alone. */
export const PREPARE: Record<string, Prepare> = {
  contact_email_verification: prepareVerification,
  contact_enrichment: prepareEnrichment,
};

/** Work that finds for itself what comes next. */
const BATCHES: Record<string, (act: Act, progressId: string) => Promise<"more" | "over">> = {
  import_undo: undoBatch,
  contact_scoring: scoreBatch,
};

const BATCH = 500;
const PAUSES_MS = [250, 1_000];
const BUSY_MS = 500;

type Job = { teamId: string; progressId: string };

/** What asks others is done by one worker alone: of two, both would ask before either knows the other's answers. */
export async function runProgress(app: App, job: Job, signal: AbortSignal) {
  const { teamId, progressId } = job;
  const progress = await app.db.inTeam(teamId, (db) => findWork(db, teamId, progressId));
  if (!progress) return;
  if (!PREPARE[progress.jobType]) return goOn(app, job, progress, signal);
  const letGo = await app.db.holdAlone(`long work ${progressId}`);
  if (!letGo) throw new Error("another worker is at it; this one looks again later");
  try {
    await goOn(app, job, progress, signal);
  } finally {
    await letGo();
  }
}

async function goOn(app: App, { teamId, progressId }: Job, progress: WorkRow, signal: AbortSignal) {
  const onBehalf = { teamId, userId: progress.userId, cause: "job" };
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
  if (IMPORT_JOBS.has(progress.jobType)) {
    const acting: Surely = (work) => surely(() => actFor(app, onBehalf, work));
    if ((await runImport(app, { teamId, id: progressId }, signal, acting)) === "over") return;
  }
  const ownBatch = BATCHES[progress.jobType];
  while (!signal.aborted && !IMPORT_JOBS.has(progress.jobType)) {
    const state = await surely(async () => {
      const prepared = await prepareBatch(app, onBehalf, progressId, signal);
      return actFor(app, onBehalf, async (act) => {
        const done = ownBatch ? await ownBatch(act, progressId) : await runBatch(act, progressId, prepared);
        if (done === "more") await crashPoint("progress-before-commit");
        return done;
      });
    });
    if (state !== "more") return;
    await crashPoint("progress-between-batches");
  }
  // Told to stop: the rest is for whoever takes the job over.
  throw new Error("stopped between two batches");
}

/** Null where the work needs nobody but the database. */
async function prepareBatch(app: App, onBehalf: OnBehalf, progressId: string, signal: AbortSignal) {
  const { teamId } = onBehalf;
  const isWanted = async () => {
    if (signal.aborted) return false;
    const work = await app.db.inTeam(teamId, (db) => findWork(db, teamId, progressId));
    return work !== null && !work.finishedAt;
  };
  const found = await app.db.inTeam(teamId, async (db) => {
    const work = await findWork(db, teamId, progressId);
    if (!work || work.finishedAt || !PREPARE[work.jobType]) return null;
    return { work, items: await nextItems(db, teamId, work, sizeOf(work)) };
  });
  const prepare = found && PREPARE[found.work.jobType];
  if (!prepare) return null;
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
  // Somebody else may have done meanwhile what we had prepared: then the next round prepares what is left.
  const items = prepared ? waiting.filter(({ itemKey }) => prepared.has(itemKey)) : waiting;
  if (items.length === 0) return "more";
  const outcomes = await workOn(act, progress, items, prepared ?? new Map());
  await writeOutcomes(db, caller.teamId, progressId, outcomes, now);
  return "more";
}

async function workOn(
  act: Act,
  progress: WorkRow,
  items: { position: number; itemKey: string }[],
  prepared: ReadonlyMap<string, unknown>,
) {
  const work = WORK[progress.jobType];
  if (!work) throw new Error(`nobody knows how to do ${progress.jobType}`);
  const keys = items.map(({ itemKey }) => itemKey);
  const outcomes = await work(act, progress.instructions, keys, prepared);
  if (outcomes.length !== items.length)
    throw new Error(`${progress.jobType} answered ${outcomes.length} outcomes for ${items.length} items`);
  return items.map(({ position }, n) => ({ position, ...(outcomes[n] as Outcome) }));
}

/** The sentence to fail with, or null when it is worth another try. */
async function giveUpOrWait(app: App, teamId: string, progressId: string, error: unknown) {
  if (error instanceof Refusal && error.code === "sequence_busy") {
    await sleep(BUSY_MS); // somebody else is at it, and will be done: that is no failure of the work
    return null;
  }
  if (error instanceof AskerLeft) return "Whoever asked for it has left the team.";
  const tries = await app.db.inTeam(teamId, (db) => noteFailedTry(db, teamId, progressId, app.now()));
  app.log.warn({ err: error, progressId, tries }, "a batch of long work failed");
  if (error instanceof Refusal) return `It was refused (${error.code}). What was done before stays done.`;
  const pauseMs = PAUSES_MS[tries - 1];
  if (pauseMs === undefined)
    return `A batch failed ${tries} times, so the rest was left alone. What was done before stays done.`;
  await sleep(pauseMs);
  return null;
}

/** How long nobody must have touched it before it is taken for lost. */
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
