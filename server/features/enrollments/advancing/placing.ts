// Enrollments whose current step no longer exists, because of an earlier version or a restored backup. They continue
// after the last step that was done for them, at the planned time, or finish.

import { contactPace, dueAfter } from "../../../domain/sequences/cadence.ts";
import { stepInsteadOf, stepsBeside } from "../../../domain/sequences/sequence-plan.ts";
import { type By, recordAll } from "../../events/events/store.ts";
import { applyTransitions, happening } from "../enrollments/apply-transition.ts";
import { type EnrollmentFacts, lockEnrollments } from "../enrollments/locking-store.ts";
import { type Readings, readingsOf } from "../enrollments/readings.ts";
import { plansOf } from "../enrollments/store.ts";
import * as store from "./store.ts";

/**
 * The caller must hold the contacts. Skips enrollments that have a step by now, and sequences without steps. A paused
 * contact gets the right step too, or finishes when resumed.
 */
export async function placeLost(by: By, enrollmentIds: readonly string[]) {
  const { db, teamId } = by;
  const rows = await lockEnrollments(db, teamId, enrollmentIds);
  const lost = rows.filter(
    ({ state, currentStepId }) => currentStepId === null && (state === "active" || state === "paused"),
  );
  if (lost.length === 0) return;
  const { onward, through } = await placed(by, lost);
  if (onward.length > 0) await store.moveOnward(db, teamId, onward, by.now);
  const byId = new Map(lost.map((row) => [row.id, row]));
  await recordAll(
    by,
    onward.flatMap(({ id, position }) => {
      const row = byId.get(id);
      return row ? [happening("enrollment.moved", id, row, { step_position: position })] : [];
    }),
  );
  if (through.length > 0) await applyTransitions(by, through, { is: "completedLastStep" });
}

type Placed = { onward: (store.Onward & { position: number })[]; through: EnrollmentFacts[] };

/** Locks the steps it chooses, as the usual way forward does. */
async function placed({ db, teamId, now }: By, lost: readonly EnrollmentFacts[]): Promise<Placed> {
  const ids = lost.map(({ id }) => id);
  const pasts = new Map((await store.pastsOf(db, teamId, ids)).map((past) => [past.id, past]));
  for (;;) {
    const plans = await plansOf(db, teamId, [...new Set(lost.map(({ sequenceId }) => sequenceId))]);
    const readings = await readingsOf(db, teamId, plans, lost);
    const chosen = choose(lost, pasts, { plans, readings }, now);
    const stepIds = [...new Set(chosen.onward.map(({ stepId }) => stepId))];
    if ((await store.holdSteps(db, teamId, stepIds)) === stepIds.length) return chosen;
  }
}

function choose(
  lost: readonly EnrollmentFacts[],
  pasts: ReadonlyMap<string, store.Past>,
  { plans, readings }: { plans: Awaited<ReturnType<typeof plansOf>>; readings: Readings },
  now: Temporal.Instant,
): Placed {
  const chosen: Placed = { onward: [], through: [] };
  for (const row of lost) {
    const { schedule = null, steps: known = [] } = plans.get(row.sequenceId) ?? {};
    const past = pasts.get(row.id);
    if (known.length === 0 || !past) continue;
    const steps = stepsBeside(
      known,
      past.underwayId ?? known.find(({ id }) => past.doneIds.includes(id) || past.paths[id])?.id ?? null,
    );
    const step = stepInsteadOf(steps, past, now);
    if (!step) {
      if (row.state === "active") chosen.through.push(row);
      continue;
    }
    const { waitsFrom, addedAt } = past;
    const pace = contactPace(schedule, row, readings(row.sequenceId, row.contactId));
    const waited = dueAfter({ step, ...pace, from: waitsFrom ?? addedAt });
    const dueAt = step.exactAt ? waited : (row.dueAt ?? waited);
    chosen.onward.push({ id: row.id, stepId: step.id, dueAt, waitsFrom, position: step.position });
  }
  return chosen;
}
