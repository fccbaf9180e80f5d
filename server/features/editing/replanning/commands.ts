// A schedule was changed, or how long a step waits: enrollments whose next step has not begun get their new due time, counted from when
// the step before was done.
//
// Not moved: an enrollment whose mail is under way, or has a later time that a person chose; one whose task is open; and one that was due
// before and still is. Sequences are taken one at a time and enrollments in batches, by id: a change to a sequence of a hundred thousand
// blocks nothing, and another engine takes over from one that was killed.

import { contactPace, dueAfter } from "../../../domain/sequences/cadence.ts";
import { readingsOf } from "../../enrollments/enrollments/readings.ts";
import { plansOf } from "../../enrollments/enrollments/store.ts";
import type { By } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { asideDue, forgetAside } from "../../events/set-aside/store.ts";
import * as store from "./store.ts";

const BATCH = 1000;
const LOOP = "replan";

/** One batch of a team. Answers how many were looked at, and at least one where a sequence was finished. */
export async function replanSome(by: By, manner: BatchMode = "together"): Promise<number> {
  const { db, teamId } = by;
  const asked = await store.lockNext(db, teamId);
  if (!asked) return tryAgain(by);
  const people = await store.lockWaiting(db, teamId, asked, BATCH);
  const last = people.at(-1);
  if (last && people.length === BATCH) await store.noteProgress(db, teamId, asked.sequenceId, last.id);
  else await store.forget(db, teamId, asked.sequenceId);
  await inParts(by, { loop: LOOP, manner }, people, (some) => replan(by, asked.sequenceId, some));
  return people.length + 1;
}

/** Enrollments that were set aside: the request of their sequence may be done by now. */
async function tryAgain(by: By): Promise<number> {
  const { db, teamId } = by;
  const ids = await asideDue(db, teamId, LOOP, BATCH);
  const waiting = await store.lockAgain(db, teamId, ids);
  const failed: string[] = [];
  for (const [sequenceId, people] of Map.groupBy(waiting, (one) => one.sequenceId))
    failed.push(
      ...(await inParts(by, { loop: LOOP, manner: "apart" }, people, (some) => replan(by, sequenceId, some))),
    );
  await forgetAside(
    db,
    teamId,
    LOOP,
    ids.filter((id) => !failed.includes(id)),
  );
  return ids.length;
}

async function replan(
  { db, teamId, now }: By,
  sequenceId: string,
  people: readonly store.WaitingEnrollment[],
) {
  const plans = await plansOf(db, teamId, [sequenceId]);
  const { schedule = null, steps = [] } = plans.get(sequenceId) ?? {};
  const readings = await readingsOf(db, teamId, plans, people);
  const byId = new Map(steps.map((step) => [step.id, step]));
  const moved = people.flatMap(({ id, contactId, stepId, dueAt, waitsFrom, isHeldBack, ...where }) => {
    const step = byId.get(stepId);
    if (!step || isHeldBack) return [];
    const pace = contactPace(schedule, where, readings(sequenceId, contactId));
    const due = dueAfter({ step, ...pace, from: waitsFrom });
    return due && changes(dueAt, due, now) ? [{ id, dueAt: due }] : [];
  });
  const ids = people.map(({ id }) => id);
  // One behind the other, and none waits for what the one before answers.
  await Promise.all([
    moved.length > 0 && store.moveDue(db, teamId, moved, now),
    store.lookAtMailsAgain(db, teamId, ids),
    store.lookAtPlansAgain(db, teamId, ids),
    store.lookAtSkipsAgain(db, teamId, ids),
  ]);
}

/** What was due and still is keeps its place in the queue. */
function changes(before: Temporal.Instant | null, after: Temporal.Instant, now: Temporal.Instant) {
  if (!before) return true;
  const isPast = (at: Temporal.Instant) => Temporal.Instant.compare(at, now) <= 0;
  return Temporal.Instant.compare(before, after) !== 0 && !(isPast(before) && isPast(after));
}
