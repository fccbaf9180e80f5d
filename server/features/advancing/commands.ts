// A step is done, skipped or sent: whoever stood at it goes on to the next, whose wait counts from that moment, or is
// through. The one way forward for mails, tasks and whatever else a step can be.

import { dueAfter } from "../../domain/cadence.ts";
import { placeFor } from "../../domain/schedule.ts";
import { firstStepFrom, stepsBeside } from "../../domain/sequence-plan.ts";
import { carryOut } from "../enrollments/carry-out.ts";
import { type EnrollmentFacts, lockEnrollments } from "../enrollments/locking-store.ts";
import { plansOf } from "../enrollments/store.ts";
import type { By } from "../events/store.ts";
import * as store from "./store.ts";

/** `at`: when the step was done. */
export type Done = { enrollmentId: string; stepId: string; at: Temporal.Instant };

/**
 * Whoever is paused goes on as well, and waits there; of whoever is finished, failed or gone nothing changes. Somebody
 * who stands elsewhere by now is left where they are, so doing it twice does no harm. Contacts must be held.
 */
export async function advance(by: By, done: readonly Done[]) {
  if (done.length === 0) return;
  const rows = await lockEnrollments(
    by.db,
    by.teamId,
    done.map(({ enrollmentId }) => enrollmentId),
  );
  await advanceLocked(by, rows, done);
}

/** The same for rows that are locked already. */
export async function advanceLocked(by: By, rows: readonly EnrollmentFacts[], done: readonly Done[]) {
  const { db, teamId, now } = by;
  const doneBy = new Map(done.map((one) => [one.enrollmentId, one]));
  const standing = rows.flatMap((row) => {
    const one = doneBy.get(row.id);
    const isThere = one?.stepId === row.currentStepId && (row.state === "active" || row.state === "paused");
    return one && isThere && row.stepPosition !== null ? [{ row, at: one.at }] : [];
  });
  if (standing.length === 0) return;
  const { onward, through } = await placed(by, standing);
  if (onward.length > 0) await store.moveOnward(db, teamId, onward, now);
  if (through.length > 0) await carryOut(by, through, { is: "completedLastStep" });
}

type Standing = { row: EnrollmentFacts; at: Temporal.Instant };
type Placed = { onward: store.Onward[]; through: EnrollmentFacts[] };

/**
 * Where each of them goes: to steps that are held, so that whoever deletes one waits and finds them there. One that was
 * deleted while it was being chosen is chosen no more.
 */
async function placed({ db, teamId, now }: By, standing: readonly Standing[]): Promise<Placed> {
  for (;;) {
    const plans = await plansOf(db, teamId, [...new Set(standing.map(({ row }) => row.sequenceId))]);
    const chosen = choose(standing, plans, now);
    const stepIds = [...new Set(chosen.onward.map(({ stepId }) => stepId))];
    if ((await store.holdSteps(db, teamId, stepIds)) === stepIds.length) return chosen;
  }
}

function choose(
  standing: readonly Standing[],
  plans: Awaited<ReturnType<typeof plansOf>>,
  now: Temporal.Instant,
): Placed {
  const onward: store.Onward[] = [];
  const through: EnrollmentFacts[] = [];
  for (const { row, at } of standing) {
    const { schedule = null, steps: known = [] } = plans.get(row.sequenceId) ?? {};
    const steps = stepsBeside(known, row.currentStepId);
    // As the steps are counted now: since the row was read, others before it may have come or gone.
    const position = steps.find(({ id }) => id === row.currentStepId)?.position ?? row.stepPosition ?? 0;
    const step = firstStepFrom(steps, position + 1, now);
    if (!step) {
      if (row.state === "active") through.push(row);
      continue; // whoever is paused at the last step is through when they are resumed
    }
    const dueAt = dueAfter({ step, ...placeFor(schedule, row), from: at });
    onward.push({ id: row.id, stepId: step.id, dueAt, waitsFrom: at });
  }
  return { onward, through };
}
