// One step for a group of candidates, in one transaction: its effects, a result for each, and where each goes on. Killed before
// it is committed nothing has happened; after it, each of them stands at the next step.

import type { Act } from "../../app.ts";
import { type Action, stepAt } from "../../domain/workflow-steps.ts";
import { Refusal } from "../../refusal.ts";
import { byCaller, type Happening, record } from "../events/store.ts";
import { perform } from "./acting.ts";
import { type CandidateRow, insertResults, moveOn, type Progress } from "./candidates-store.ts";
import { CannotBeDone, HeldUp, type Outcome } from "./outcomes.ts";
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

/** How many at once. What is done one by one, or asks others, is done for fewer. */
export function mostAtOnce(action: Action | null) {
  if (action?.is === "create_deal") return 100;
  return action?.is === "enrich" || action?.is === "call_webhook" ? 40 : 999;
}

export function asksTheNetwork(action: Action | null) {
  return action?.is === "enrich" || action?.is === "call_webhook";
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
    const doing = { ...step, action: step.action, act, rows: due, prepared };
    const { outcomes, nextStep, waitsMinutes } = await perform(doing);
    const moves = due.map((row): Progress => {
      const outcome = outcomes.get(row.id) as Outcome;
      const contactId = outcome.contactId ?? null;
      const next = outcome.outcome === "failed" ? null : nextStep(row);
      const settled = { id: row.id, nextStep: next, contactId, tries: 0 };
      if (outcome.outcome === "failed")
        return { ...settled, verdict: "failed", code: outcome.code, dueAt: null, heldUp: null };
      if (next === null) return { ...settled, verdict: "done", code: null, dueAt: null, heldUp: null };
      const dueAt = now.add({ minutes: waitsMinutes });
      return {
        ...settled,
        verdict: "waiting",
        code: null,
        dueAt,
        heldUp: waitsMinutes > 0 ? "waiting" : null,
      };
    });
    const { is } = step.action;
    const results = due.map((row) => {
      const { outcome, code, data = {} } = outcomes.get(row.id) as Outcome;
      return { candidateId: row.id, step: step.step, type: is, outcome, code, data };
    });
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
