import type { Act } from "../../../app.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import type { Transition } from "../../../domain/enrollments/transitions.ts";
import { contactPace, dueAfter } from "../../../domain/sequences/cadence.ts";
import { BUILT_IN } from "../../../domain/sequences/rules.ts";
import { byCaller, type Happening, record } from "../../events/events/store.ts";
import { placeLost } from "../advancing/placing.ts";
import { moveOnward } from "../advancing/store.ts";
import { paceOf } from "../enrollments/pace.ts";
import { readingsOf } from "../enrollments/readings.ts";
import { plansOf } from "../enrollments/store.ts";
import { awaitAnswers } from "../enrollments/unanswered-store.ts";
import * as following from "./following-store.ts";

/** What happens to a sequence happens to everybody in it whom the transition is about. */
export async function followSequence(
  act: Act,
  sequence: { id: string; byExactDaytime: boolean | null },
  transition: Transition,
) {
  const { db, now, caller } = act;
  const how = { keepsDates: sequence.byExactDaytime === true };
  const reason = transition.reason === null ? {} : { reason: transition.reason };
  const ids = await following.listConcerned(db, caller.teamId, sequence.id, transition);
  let count = 0;
  for (const some of chunksOf(ids)) {
    const moved = await following.applyTransition(db, caller.teamId, some, transition, how, now);
    await tell(act, transition.event, sequence.id, moved, reason);
    count += moved.length;
  }
  return count;
}

/** Contacts who joined before there was a step begin at the first one, now. Contacts who lost their step go on. */
export async function placeBeginners(act: Act, sequenceId: string) {
  const { db, now, caller } = act;
  const unplaced = await following.listUnplaced(db, caller.teamId, sequenceId);
  const lost = unplaced.filter(({ isLost }) => isLost);
  for (const some of chunksOf(lost))
    await placeLost(
      byCaller(act),
      some.map(({ id }) => id),
    );
  const beginners = unplaced.filter(({ isLost }) => !isLost);
  if (beginners.length === 0) return;
  const people = beginners.map(({ contactId }) => ({ sequenceId, contactId }));
  const pace = await paceOf(db, caller.teamId, people, now);
  const step = pace.firstStep(sequenceId);
  if (!step) return;
  for (const some of chunksOf(beginners)) {
    const dues = some.map((one) => pace.begun(sequenceId, one));
    const ids = some.map(({ id }) => id);
    await following.placeAt(db, caller.teamId, step.id, { ids, dues }, now);
    await tell(act, "enrollment.moved", sequenceId, some, { step_position: step.position });
  }
}

/** Steps are deleted: contacts who wait there move on at the planned time, or finish where no step follows. */
export async function leaveSteps(
  act: Act,
  sequenceId: string,
  moves: readonly { from: string; to: string | null; toPosition: number | null }[],
) {
  const { db, now, caller } = act;
  const onward = moves.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]));
  const ends = moves.filter(({ to }) => to === null).map(({ from }) => from);
  const positions = new Map(moves.map(({ to, toPosition }) => [to, toPosition]));

  const letGo = await following.listLetGo(
    db,
    caller.teamId,
    onward.map(({ from }) => from),
  );
  for (const ids of chunksOf(
    await following.listWaitingEnrollments(
      db,
      caller.teamId,
      moves.map(({ from }) => from),
    ),
  )) {
    const moved = await following.moveWaiting(db, caller.teamId, ids, onward, now);
    const theirs = new Set(moved.map(({ id }) => id));
    const waiting = letGo.filter(({ id }) => theirs.has(id));
    if (waiting.length > 0) await waitAnew(act, sequenceId, waiting, moved);
    for (const [stepId, people] of Map.groupBy(moved, ({ toStepId }) => toStepId))
      await tell(act, "enrollment.moved", sequenceId, people, {
        step_position: positions.get(stepId) ?? null,
      });
    await finishThose(act, sequenceId, ids, ends);
  }
}

async function finishThose(act: Act, sequenceId: string, ids: readonly string[], stepIds: readonly string[]) {
  const { db, now, caller } = act;
  const reason = REASONS.completedLastStep;
  const finished = await following.finishWaiting(db, caller.teamId, ids, stepIds, reason, now);
  const throughIds = finished.map(({ id }) => id);
  const { daysToWaitBeforeMarkAsResponse: days } = BUILT_IN;
  if (finished.length > 0) await awaitAnswers(db, caller.teamId, throughIds, { from: now, days });
  await tell(act, "enrollment.finished", sequenceId, finished, { reason });
}

/** Their mail is done with the step, so the next one waits from now, and does not follow on its heels. */
async function waitAnew(
  { db, now, caller }: Act,
  sequenceId: string,
  people: Awaited<ReturnType<typeof following.listLetGo>>,
  moved: Awaited<ReturnType<typeof following.moveWaiting>>,
) {
  const plans = await plansOf(db, caller.teamId, [sequenceId]);
  const { schedule = null, steps = [] } = plans.get(sequenceId) ?? {};
  const inIt = people.map(({ contactId }) => ({ sequenceId, contactId }));
  const readings = await readingsOf(db, caller.teamId, plans, inIt);
  const stepIds = new Map(moved.map(({ id, toStepId }) => [id, toStepId]));
  const onward = people.flatMap(({ id, contactId, ...where }) => {
    const step = steps.find((one) => one.id === stepIds.get(id));
    if (!step) return [];
    const pace = contactPace(schedule, where, readings(sequenceId, contactId));
    const dueAt = dueAfter({ step, ...pace, from: now });
    return [{ id, stepId: step.id, dueAt, waitsFrom: now }];
  });
  await moveOnward(db, caller.teamId, onward, now);
}

// So many rows are one statement: each has a time limit of its own, and memory stays flat.
const AT_ONCE = 5000;

function chunksOf<Row>(rows: readonly Row[]) {
  return Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, n) =>
    rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
  );
}

async function tell(
  act: Act,
  type: Happening["type"],
  sequenceId: string,
  moved: readonly following.Moved[],
  data: Record<string, unknown>,
) {
  for (const some of chunksOf(moved)) {
    const happenings = some.map(({ id, contactId }) => ({
      type,
      subject: { type: "enrollment" as const, id },
      data: { sequence_id: sequenceId, contact_id: contactId, ...data },
    }));
    await record(byCaller(act), ...happenings);
  }
}
