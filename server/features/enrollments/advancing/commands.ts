// A step was done, skipped or sent: its contact moves to the next step, or finishes. The wait counts from that moment.
// Mails, tasks and all other steps go through here.

import { contactPace, dueAfter } from "../../../domain/sequences/cadence.ts";
import { stepAfter, stepsBeside } from "../../../domain/sequences/sequence-plan.ts";
import type { BranchPath } from "../../../domain/sequences/step-paths.ts";
import type { By } from "../../events/events/store.ts";
import { applyTransitions } from "../enrollments/apply-transition.ts";
import { type EnrollmentFacts, lockEnrollments } from "../enrollments/locking-store.ts";
import { type Readings, readingsOf } from "../enrollments/readings.ts";
import { plansOf } from "../enrollments/store.ts";
import * as store from "./store.ts";

/** `at`: when the step was done. `path`: of a branch, the one that the contact takes. */
export type DoneStep = { enrollmentId: string; stepId: string; at: Temporal.Instant; path?: BranchPath };

/**
 * A paused contact moves on too, and stays paused there. Finished, failed and removed enrollments don't change. A
 * contact who has already moved is left alone, so calling this twice is harmless. The caller must hold the contacts.
 */
export async function advance(by: By, done: readonly DoneStep[]) {
  if (done.length === 0) return;
  const rows = await lockEnrollments(
    by.db,
    by.teamId,
    done.map(({ enrollmentId }) => enrollmentId),
  );
  await advanceLocked(by, rows, done);
}

type Plans = Awaited<ReturnType<typeof plansOf>>;

/** The same for rows that are locked already. `plans`: of their sequences, where they were read after the rows were locked. */
export async function advanceLocked(
  by: By,
  rows: readonly EnrollmentFacts[],
  done: readonly DoneStep[],
  plans: Plans = new Map(),
) {
  const { db, teamId, now } = by;
  const doneBy = new Map(done.map((one) => [one.enrollmentId, one]));
  const standing = rows.flatMap((row) => {
    const one = doneBy.get(row.id);
    const isThere = one?.stepId === row.currentStepId && (row.state === "active" || row.state === "paused");
    return one && isThere && row.stepPosition !== null ? [{ row, at: one.at, path: one.path ?? null }] : [];
  });
  if (standing.length === 0) return;
  const { onward, through } = await placed(by, standing, plans);
  if (onward.length > 0) await store.moveOnward(db, teamId, onward, now);
  if (through.length > 0) await applyTransitions(by, through, { is: "completedLastStep" });
}

type Standing = { row: EnrollmentFacts; at: Temporal.Instant; path: BranchPath | null };
type Placed = { onward: store.Onward[]; through: EnrollmentFacts[] };

/**
 * Chooses the next step of each row and locks it. A caller that deletes a step waits for the lock, and then finds the
 * rows there. A step that was deleted meanwhile is not chosen again.
 */
async function placed({ db, teamId, now }: By, standing: readonly Standing[], read: Plans): Promise<Placed> {
  const people = standing.map(({ row }) => row);
  const sequenceIds = [...new Set(people.map(({ sequenceId }) => sequenceId))];
  for (let plans = read; ; plans = new Map()) {
    if (!sequenceIds.every((id) => plans.has(id))) plans = await plansOf(db, teamId, sequenceIds);
    const isAsked = [...plans.values()].some(({ sendsAtUsualHour }) => sendsAtUsualHour);
    const readings = isAsked ? await readingsOf(db, teamId, plans, people) : null;
    const chosen = choose(standing, { plans, readings }, now);
    const stepIds = [...new Set(chosen.onward.map(({ stepId }) => stepId))];
    if ((await store.holdSteps(db, teamId, stepIds)) === stepIds.length) return chosen;
  }
}

function choose(
  standing: readonly Standing[],
  { plans, readings }: { plans: Plans; readings: Readings | null },
  now: Temporal.Instant,
): Placed {
  const onward: store.Onward[] = [];
  const through: EnrollmentFacts[] = [];
  for (const { row, at, path } of standing) {
    const { schedule = null, steps: known = [] } = plans.get(row.sequenceId) ?? {};
    // As the steps stand now: since the row was read, others before it may have come or gone.
    const steps = stepsBeside(known, row.currentStepId);
    const step = stepAfter(steps, { id: row.currentStepId ?? "", path }, now);
    if (!step) {
      if (row.state === "active") through.push(row);
      continue; // a contact who is paused at the last step finishes when resumed
    }
    const pace = contactPace(schedule, row, readings?.(row.sequenceId, row.contactId) ?? []);
    const dueAt = dueAfter({ step, ...pace, from: at });
    onward.push({ id: row.id, stepId: step.id, dueAt, waitsFrom: at });
  }
  return { onward, through };
}
