// One step for a group of candidates, in one transaction: its effects, a result for each, and the next step of each.
// Killed before the commit, nothing has happened; after it, each candidate is at the next step.

import type { Act } from "../../../app.ts";
import { stepAt, type WorkflowAction } from "../../../domain/automation/workflow-steps.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, type Happening, record } from "../../events/events/store.ts";
import { type Performed, performAction } from "./acting.ts";
import {
  insertCandidates,
  insertResults,
  moveCandidatesOn,
  type Progress,
  type WorkflowCandidateRow,
} from "./candidates-store.ts";
import type { FoundPage } from "./found-store.ts";
import { type ActionOutcome, CannotBeDone, StepHeldUp } from "./outcomes.ts";
import { alikeIn, candidatesOf } from "./pages.ts";
import { finishRuns, holdRuns } from "./runs-store.ts";
import { findVersion, findWorkflow, type WorkflowRow } from "./store.ts";

export type WorkflowStepRun = {
  workflow: WorkflowRow;
  actions: readonly WorkflowAction[];
  step: string;
  action: WorkflowAction | null;
};

/** What the candidates of one version are to do next. Null where the workflow is gone. */
export async function readStep(
  { db, teamId }: { db: Act["db"]; teamId: string },
  { workflowId, version, nextStep }: { workflowId: string; version: number; nextStep: string },
): Promise<WorkflowStepRun | null> {
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
  step: WorkflowStepRun,
  rows: readonly WorkflowCandidateRow[],
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
    const performed = await performAction({ ...step, action: step.action, act, rows: due, prepared });
    const moves = movesOf(due, performed, now);
    const results = resultsOf(due, step, performed);
    await Promise.all([
      insertResults(db, caller.teamId, results, now),
      moveCandidatesOn(db, caller.teamId, moves, now),
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
export async function carryFound(act: Act, step: WorkflowStepRun, page: FoundPage) {
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

async function carryWithLines(
  act: Act,
  step: WorkflowStepRun,
  page: FoundPage,
  rows: readonly WorkflowCandidateRow[],
) {
  if (step.action === null) throw new CannotBeDone("action_missing");
  const { db, caller, now } = act;
  const performed = await performAction({
    ...step,
    action: step.action,
    act,
    rows,
    prepared: NOTHING_PREPARED,
  });
  const moves = movesOf(rows, performed, now);
  const lines = rows.map((row, place): WorkflowCandidateRow => {
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

function movesOf(rows: readonly WorkflowCandidateRow[], performed: Performed, now: Temporal.Instant) {
  const { outcomes, nextStep } = performed;
  const wait = waitAfter(performed, now);
  return rows.map((row): Progress => {
    const outcome = outcomes.get(row.id) as ActionOutcome;
    const contactId = outcome.contactId ?? null;
    const next = outcome.outcome === "failed" ? null : nextStep(row);
    const settled = { id: row.id, nextStep: next, contactId, tries: 0 };
    if (outcome.outcome === "failed")
      return { ...settled, verdict: "failed", code: outcome.code, dueAt: null, heldUp: null };
    if (next === null) return { ...settled, verdict: "done", code: null, dueAt: null, heldUp: null };
    return { ...settled, verdict: "waiting", code: null, ...wait };
  });
}

function resultsOf(
  rows: readonly WorkflowCandidateRow[],
  { step, action }: WorkflowStepRun,
  { outcomes }: Performed,
) {
  return rows.map((row) => {
    const { outcome, code, data = {} } = outcomes.get(row.id) as ActionOutcome;
    return { candidateId: row.id, step, type: action?.is ?? "none", outcome, code, data };
  });
}

/** What a step may answer to what it was asked, and no fault of ours. */
function isExpected(error: unknown) {
  return error instanceof CannotBeDone || error instanceof StepHeldUp || error instanceof Refusal;
}

async function settleError(
  act: Act,
  step: WorkflowStepRun,
  rows: readonly WorkflowCandidateRow[],
  error: unknown,
) {
  if (error instanceof CannotBeDone) return endAll(act, step, rows, "failed", error);
  if (error instanceof StepHeldUp)
    return waitAgain(act, rows, error.code, sameTries({ minutes: error.minutes }));
  if (!(error instanceof Refusal)) throw error;
  if (error.code === "sequence_busy") return waitAgain(act, rows, "sequence_busy", sameTries(BUSY));
  // It may be for the sake of one of them, so each is tried by itself.
  if (rows.length > 1)
    return waitAgain(act, rows, "tried_again", () => ({ after: { seconds: 0 }, tries: 1 }));
  return endAll(act, step, rows, "failed", { code: error.code, data: error.facts });
}

function sameTries(after: Temporal.DurationLike) {
  return ({ tries }: WorkflowCandidateRow) => ({ after, tries });
}

/** They take the same step again after a while. */
function waitAgain(
  { db, caller, now }: Act,
  rows: readonly WorkflowCandidateRow[],
  heldUp: string,
  again: (row: WorkflowCandidateRow) => { after: Temporal.DurationLike; tries: number },
) {
  return moveCandidatesOn(
    db,
    caller.teamId,
    rows.map((row) => {
      const { after, tries } = again(row);
      return {
        id: row.id,
        verdict: "waiting",
        code: null,
        nextStep: row.nextStep,
        dueAt: now.add(after),
        heldUp,
        tries,
        contactId: null,
      };
    }),
    now,
  );
}

function putOffAgain(act: Act, rows: readonly WorkflowCandidateRow[]) {
  return waitAgain(act, rows, "tried_again", ({ tries }) => ({
    after: { seconds: TRY_AGAIN.seconds * 2 ** tries },
    tries: tries + 1,
  }));
}

/** They go no further, all for the same reason. */
export async function endAll(
  act: Act,
  { workflow, step, action }: WorkflowStepRun,
  rows: readonly WorkflowCandidateRow[],
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
  await moveCandidatesOn(db, caller.teamId, moves, now);
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

async function finish(act: Act, rows: readonly WorkflowCandidateRow[], moves: readonly Progress[]) {
  if (moves.every(({ verdict }) => verdict === "waiting")) return;
  await tellFinished(act, [...new Set(rows.map(({ runId }) => runId))]);
}

/** Runs that have finished all candidates. */
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
export async function noteFault(act: Act, step: WorkflowStepRun, rows: readonly WorkflowCandidateRow[]) {
  const given = rows.filter(({ tries }) => tries + 1 >= MOST_TRIES);
  const again = rows.filter(({ tries }) => tries + 1 < MOST_TRIES);
  if (again.length > 0) await putOffAgain(act, again);
  if (given.length > 0) await endAll(act, step, given, "failed", { code: "failed", data: {} });
}
