// A schedule was changed, or how long a step waits: whoever waits for a step that has not come yet gets it when the new plan
// says, counted from when the step before was done.
//
// Left alone: whoever's mail is on its way or has a time that somebody chose and that lies ahead, whoever has the task
// already, and what was due before and still is; what of that waits for its hours is looked at again. Sequences are taken one at a time and people in batches, by id, so that a
// change to a sequence of a hundred thousand holds nobody up, and an engine that is killed is followed by another.

import { dueAfter } from "../../domain/cadence.ts";
import { placeFor } from "../../domain/schedule.ts";
import { plansOf } from "../enrollments/store.ts";
import type { By } from "../events/store.ts";
import { inParts, type Manner } from "../set-aside/commands.ts";
import * as store from "./store.ts";

const BATCH = 500;

/** One batch of a team. Answers how many were looked at, and at least one where a sequence was finished. */
export async function replanSome(by: By, manner: Manner = "together"): Promise<number> {
  const { db, teamId } = by;
  const asked = await store.lockNext(db, teamId);
  if (!asked) return 0;
  const people = await store.lockWaiting(db, teamId, asked, BATCH);
  const last = people.at(-1);
  if (last && people.length === BATCH) await store.noteProgress(db, teamId, asked.sequenceId, last.id);
  else await store.forget(db, teamId, asked.sequenceId);
  await inParts(by, { loop: "replan", manner }, people, (some) => replan(by, asked.sequenceId, some));
  return people.length + 1;
}

async function replan({ db, teamId, now }: By, sequenceId: string, people: readonly store.Waiting[]) {
  if (people.length === 0) return;
  const plans = await plansOf(db, teamId, [sequenceId]);
  const { schedule = null, steps = [] } = plans.get(sequenceId) ?? {};
  const byId = new Map(steps.map((step) => [step.id, step]));
  const moved = people.flatMap(({ id, stepId, dueAt, waitsFrom, isHeldBack, ...where }) => {
    const step = byId.get(stepId);
    if (!step || isHeldBack) return [];
    const due = dueAfter({ step, ...placeFor(schedule, where), from: waitsFrom });
    return due && changes(dueAt, due, now) ? [{ id, dueAt: due }] : [];
  });
  if (moved.length > 0) await store.moveDue(db, teamId, moved, now);
  const ids = people.map(({ id }) => id);
  await store.lookAtHoursAgain(db, teamId, ids);
  await store.lookAtSkipsAgain(db, teamId, ids);
}

/** What was due and still is keeps its place in the queue. */
function changes(before: Temporal.Instant | null, after: Temporal.Instant, now: Temporal.Instant) {
  if (!before) return true;
  const isPast = (at: Temporal.Instant) => Temporal.Instant.compare(at, now) <= 0;
  return Temporal.Instant.compare(before, after) !== 0 && !(isPast(before) && isPast(after));
}
