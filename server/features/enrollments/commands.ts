import type { Act } from "../../app.ts";
import { dueAfter } from "../../domain/cadence.ts";
import { REASONS } from "../../domain/enrollment.ts";
import { BUILT_IN } from "../../domain/rules.ts";
import { zoneFor } from "../../domain/schedule.ts";
import type { Transition } from "../../domain/transitions.ts";
import { placeLost } from "../advancing/placing.ts";
import { moveOnward } from "../advancing/store.ts";
import { byCaller, type Happening, record } from "../events/store.ts";
import { awaitAnswers } from "../unanswered/store.ts";
import * as following from "./following-store.ts";
import { paceOf } from "./pace.ts";
import { plansOf } from "./store.ts";

/** What happens to a sequence happens to everybody in it whom the transition is about. */
export async function followSequence(
  act: Act,
  sequence: { id: string; byExactDaytime: boolean | null },
  transition: Transition,
) {
  const { db, now, caller } = act;
  const keepsDates = sequence.byExactDaytime === true;
  const moved = await following.applyToSequence(
    db,
    caller.teamId,
    sequence.id,
    transition,
    { keepsDates },
    now,
  );
  const reason = transition.reason === null ? {} : { reason: transition.reason };
  await tell(act, transition.event, sequence.id, moved, reason);
  return moved.length;
}

/** Whoever came when there was no step yet begins at the first one, now; whoever lost theirs on the way goes on. */
export async function placeBeginners(act: Act, sequenceId: string) {
  const { db, now, caller } = act;
  const unplaced = await following.listUnplaced(db, caller.teamId, sequenceId);
  const lost = unplaced.filter(({ isLost }) => isLost);
  if (lost.length > 0)
    await placeLost(
      byCaller(act),
      lost.map(({ id }) => id),
    );
  const beginners = unplaced.filter(({ isLost }) => !isLost);
  if (beginners.length === 0) return;
  const pace = await paceOf(db, caller.teamId, [sequenceId], now);
  const step = pace.firstStep(sequenceId);
  if (!step) return;
  const dues = beginners.map(({ timeZone }) => pace.begun(sequenceId, timeZone));
  const ids = beginners.map(({ id }) => id);
  await following.placeAt(db, caller.teamId, step.id, { ids, dues }, now);
  await tell(act, "enrollment.moved", sequenceId, beginners, { step_position: step.position });
}

/** Steps go away: whoever waits there moves on at the planned time, or is through where nothing follows. */
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
  const moved = await following.moveWaiting(db, caller.teamId, onward, now);
  if (letGo.length > 0) await waitAnew(act, sequenceId, letGo, moved);
  for (const [stepId, people] of Map.groupBy(moved, ({ toStepId }) => toStepId))
    await tell(act, "enrollment.moved", sequenceId, people, { step_position: positions.get(stepId) ?? null });
  const reason = REASONS.completedLastStep;
  const finished = await following.finishWaiting(db, caller.teamId, ends, reason, now);
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
  const { schedule = null, steps = [] } =
    (await plansOf(db, caller.teamId, [sequenceId])).get(sequenceId) ?? {};
  const stepIds = new Map(moved.map(({ id, toStepId }) => [id, toStepId]));
  const onward = people.flatMap(({ id, timeZone }) => {
    const step = steps.find((one) => one.id === stepIds.get(id));
    if (!step) return [];
    const dueAt = dueAfter({ step, schedule, zone: zoneFor(schedule, timeZone), from: now });
    return [{ id, stepId: step.id, dueAt, waitsFrom: now }];
  });
  await moveOnward(db, caller.teamId, onward, now);
}

// A hundred thousand happenings are one statement too long for comfort.
const AT_ONCE = 5000;

async function tell(
  act: Act,
  type: Happening["type"],
  sequenceId: string,
  moved: readonly following.Moved[],
  data: Record<string, unknown>,
) {
  for (let start = 0; start < moved.length; start += AT_ONCE) {
    const happenings = moved.slice(start, start + AT_ONCE).map(({ id, contactId }) => ({
      type,
      subject: { type: "enrollment" as const, id },
      data: { sequence_id: sequenceId, contact_id: contactId, ...data },
    }));
    await record(byCaller(act), ...happenings);
  }
}
