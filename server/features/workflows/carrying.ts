// One step for a group of candidates, in one transaction: its effects, a result for each, and where each goes on. Killed before
// it is committed nothing has happened; after it, each of them stands at the next step.

import type { Act } from "../../app.ts";
import { type Action, stepAt } from "../../domain/workflow-steps.ts";
import { Refusal } from "../../refusal.ts";
import { byCaller, type Happening, record } from "../events/store.ts";
import { type Performed, perform } from "./acting.ts";
import {
  type CandidateRow,
  insertCandidates,
  insertResults,
  moveOn,
  type Progress,
} from "./candidates-store.ts";
import type { FoundPage } from "./found-store.ts";
import { CannotBeDone, HeldUp, type Outcome } from "./outcomes.ts";
import { alikeIn, candidatesOf } from "./pages.ts";
import { finishRuns, holdRuns } from "./runs-store.ts";
import { findVersion, findWorkflow, type WorkflowRow } from "./store.ts";

export type Step = { workflow: WorkflowRow; actions: readonly Action[]; step: string; action: Action | null };

/** What the candidates of one version are to do next. Null where the workflow is gone. */
export async function readStep(
  { db, teamId }: { db: Act["db"]; teamId: string },
  { workflowId, version, nextStep }: { workflowId: string; version: number; nextStep: string },
): Promise<Step | null> {
  const [workflow, definition] = await Promise.all([
    findWorkflow(db, teamId, workflowId),
    findVersion(db, teamId, workflowId, version),
  ]);
  if (!workflow || !definition) return null;
  const { actions } = definition;
  return { workflow, actions, step: nextStep, action: stepAt(actions, nextStep) };
}

const TRY_AGAIN = { seconds: 5 };
const BUSY = { seconds: 1 };
export const MOST_TRIES = 4;

/** The candidates are locked. A null in `prepared` says: not now, once more. */
export async function carryStep(
  act: Act,
  step: Step,
  rows: readonly CandidateRow[],
  prepared: ReadonlyMap<string, unknown>,
) {
  const later = rows.filter((row) => prepared.get(row.id) === null);
  const due = rows.filter((row) => prepared.get(row.id) !== null);
  if (later.length > 0) await putOffAgain(act, later);
  if (due.length === 0) return;
  if (step.action === null) return endAll(act, step, due, "failed", { code: "action_missing", data: {} });
  const { db, caller, now } = act;
  await db.run("savepoint step");
  try {
    const performed = await perform({ ...step, action: step.action, act, rows: due, prepared });
    const moves = movesOf(due, performed, now);
    const results = resultsOf(due, step, performed);
    await Promise.all([
      insertResults(db, caller.teamId, results, now),
      moveOn(db, caller.teamId, moves, now),
    ]);
    await tellFailures(act, step.workflow, moves);
    await finish(act, due, moves);
  } catch (error) {
    await db.run("rollback to savepoint step"); // also what a refusal came too late for
    await settleError(act, step, due, error);
  }
}

/**
 * The first step of those whom a batch has found: they get their line with it. Where it cannot be taken now they are laid in line
 * before it.
 */
export async function carryFound(act: Act, step: Step, page: FoundPage) {
  const { db, caller, now } = act;
  const rows = candidatesOf(page);
  await db.run("savepoint found");
  try {
    await carryWithLines(act, step, page, rows);
  } catch (error) {
    if (!isExpected(error)) throw error;
    await db.run("rollback to savepoint found");
    await insertCandidates(db, caller.teamId, alikeIn(page, now), rows);
    await carryStep(act, step, rows, NOTHING_PREPARED);
  }
}

const NOTHING_PREPARED: ReadonlyMap<string, unknown> = new Map();

async function carryWithLines(act: Act, step: Step, page: FoundPage, rows: readonly CandidateRow[]) {
  if (step.action === null) throw new CannotBeDone("action_missing");
  const { db, caller, now } = act;
  const performed = await perform({ ...step, action: step.action, act, rows, prepared: NOTHING_PREPARED });
  const moves = movesOf(rows, performed, now);
  const lines = rows.map((row, place): CandidateRow => {
    const { contactId, ...moved } = moves[place] as Progress;
    return { ...row, ...moved, contactId: contactId ?? row.contactId };
  });
  const alike = { ...alikeIn(page, now), ...waitAfter(performed, now) };
  await Promise.all([
    insertCandidates(db, caller.teamId, alike, lines),
    insertResults(db, caller.teamId, resultsOf(rows, step, performed), now),
  ]);
  await tellFailures(act, step.workflow, moves);
  await finish(act, rows, moves);
}

function waitAfter({ waitsMinutes }: Performed, now: Temporal.Instant) {
  return { dueAt: now.add({ minutes: waitsMinutes }), heldUp: waitsMinutes > 0 ? "waiting" : null };
}

function movesOf(rows: readonly CandidateRow[], performed: Performed, now: Temporal.Instant) {
  const { outcomes, nextStep } = performed;
  const wait = waitAfter(performed, now);
  return rows.map((row): Progress => {
    const outcome = outcomes.get(row.id) as Outcome;
    const contactId = outcome.contactId ?? null;
    const next = outcome.outcome === "failed" ? null : nextStep(row);
    const settled = { id: row.id, nextStep: next, contactId, tries: 0 };
    if (outcome.outcome === "failed")
      return { ...settled, verdict: "failed", code: outcome.code, dueAt: null, heldUp: null };
    if (next === null) return { ...settled, verdict: "done", code: null, dueAt: null, heldUp: null };
    return { ...settled, verdict: "waiting", code: null, ...wait };
  });
}

function resultsOf(rows: readonly CandidateRow[], { step, action }: Step, { outcomes }: Performed) {
  return rows.map((row) => {
    const { outcome, code, data = {} } = outcomes.get(row.id) as Outcome;
    return { candidateId: row.id, step, type: action?.is ?? "none", outcome, code, data };
  });
}

/** What a step may answer to what it was asked, and no fault of ours. */
function isExpected(error: unknown) {
  return error instanceof CannotBeDone || error instanceof HeldUp || error instanceof Refusal;
}

async function settleError(act: Act, step: Step, rows: readonly CandidateRow[], error: unknown) {
  if (error instanceof CannotBeDone) return endAll(act, step, rows, "failed", error);
  if (error instanceof HeldUp) return hold(act, rows, error.code, { minutes: error.minutes });
  if (!(error instanceof Refusal)) throw error;
  if (error.code === "sequence_busy") return hold(act, rows, "sequence_busy", BUSY);
  // It may be for the sake of one of them, so each is tried by itself.
  if (rows.length > 1) return hold(act, rows, "tried_again", { seconds: 0 }, 1);
  return endAll(act, step, rows, "failed", { code: error.code, data: error.facts });
}

function hold(
  act: Act,
  rows: readonly CandidateRow[],
  code: string,
  wait: Temporal.DurationLike,
  tries?: number,
) {
  const { db, caller, now } = act;
  return moveOn(
    db,
    caller.teamId,
    rows.map((row) => ({
      ...{ id: row.id, verdict: "waiting", code: null, nextStep: row.nextStep, dueAt: now.add(wait) },
      ...{ heldUp: code, tries: tries ?? row.tries, contactId: null },
    })),
    now,
  );
}

function putOffAgain(act: Act, rows: readonly CandidateRow[]) {
  const { db, caller, now } = act;
  return moveOn(
    db,
    caller.teamId,
    rows.map((row) => ({
      ...{ id: row.id, verdict: "waiting", code: null, nextStep: row.nextStep, contactId: null },
      ...{
        dueAt: now.add({ seconds: TRY_AGAIN.seconds * 2 ** row.tries }),
        heldUp: "tried_again",
        tries: row.tries + 1,
      },
    })),
    now,
  );
}

/** They go no further, all for the same reason. */
export async function endAll(
  act: Act,
  { workflow, step, action }: Step,
  rows: readonly CandidateRow[],
  outcome: "failed",
  { code, data }: { code: string; data: Record<string, unknown> },
) {
  const { db, caller, now } = act;
  const results = rows.map(({ id }) => ({
    candidateId: id,
    step,
    type: action?.is ?? "none",
    outcome,
    code,
    data,
  }));
  const moves = rows.map(({ id, tries }): Progress => {
    return { id, verdict: "failed", code, nextStep: null, dueAt: null, heldUp: null, tries, contactId: null };
  });
  await insertResults(db, caller.teamId, results, now);
  await moveOn(db, caller.teamId, moves, now);
  await tellFailures(act, workflow, moves);
  await finish(act, rows, moves);
}

async function tellFailures(act: Act, { id, name }: WorkflowRow, moves: readonly Progress[]) {
  const failed = moves.filter(({ verdict }) => verdict === "failed");
  const happenings = [...Map.groupBy(failed, ({ code }) => code)].map(([code, own]): Happening => {
    const data = { name, code, count: own.length };
    return { type: "workflow.candidate_failed", subject: { type: "workflow", id }, data };
  });
  if (happenings.length > 0) await record(byCaller(act), ...happenings);
}

async function finish(act: Act, rows: readonly CandidateRow[], moves: readonly Progress[]) {
  if (moves.every(({ verdict }) => verdict === "waiting")) return;
  await tellFinished(act, [...new Set(rows.map(({ runId }) => runId))]);
}

/** Runs that are through with everybody. */
export async function tellFinished(act: Act, runIds: readonly string[]) {
  const { db, caller, now } = act;
  await holdRuns(db, caller.teamId, runIds);
  const over = await finishRuns(db, caller.teamId, runIds, now);
  for (const run of over) {
    const workflow = await findWorkflow(db, caller.teamId, run.workflowId);
    if (run.cause === "rerun" || !workflow) continue;
    await record(byCaller(act), {
      type: "workflow.run_finished",
      subject: { type: "workflow", id: workflow.id },
      data: { name: workflow.name, run_id: run.id },
    });
  }
}

/** A fault of ours or of the database: a few more tries, each by itself, and then it is given up. */
export async function noteFault(act: Act, step: Step, rows: readonly CandidateRow[]) {
  const given = rows.filter(({ tries }) => tries + 1 >= MOST_TRIES);
  const again = rows.filter(({ tries }) => tries + 1 < MOST_TRIES);
  if (again.length > 0) await putOffAgain(act, again);
  if (given.length > 0) await endAll(act, step, given, "failed", { code: "failed", data: {} });
}
