import type { Act } from "../../../app.ts";
import { withStepIds } from "../../../domain/sequences/branch-condition.ts";
import { stepInPlaceOf } from "../../../domain/sequences/removed-steps.ts";
import { stepsBeside } from "../../../domain/sequences/sequence-plan.ts";
import { branchesAround } from "../../../domain/sequences/step-paths.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { leaveSteps } from "../../enrollments/following/commands.ts";
import { countWaitingAtSteps } from "../../enrollments/following/following-store.ts";
import { getVisible, lockFor } from "../../sequences/sequences/finding.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import { refuseEmptyBranch, refuseUnsound } from "../../sequences/steps/soundness.ts";
import * as store from "../../sequences/steps/store.ts";
import { deleteOrphans } from "../../sequences/templates/store.ts";
import { listTouches, listTouchesOfAll, type TouchRow } from "../../sequences/touches/store.ts";
import { noteChange } from "../sequence-versions/changed.ts";
import { sequenceAsEdited } from "../sequence-versions/edited.ts";
import { type EditMode, keptFor, type Renamed } from "../sequence-versions/keeping.ts";
import {
  changedStep,
  firstTouches,
  inWishedOrder,
  newStep,
  numbered,
  type StepWish,
  withBranches,
} from "./steps-compose.ts";
import { writeTouches } from "./touches-lists.ts";
import { NOTHING_SAID, settlePairs } from "./touches-pairs.ts";

/** A further step, at the end or at the position wished; those behind it move on by one. */
export async function createStep(act: Act, sequenceId: string, wish: StepWish, mode: EditMode) {
  const { db, now, caller } = act;
  const sequence = await lockFor(act, sequenceId, "edit");
  await keptFor(act, sequence, mode);
  const before = await sequenceAsEdited(act, sequenceId);
  const steps = await store.listSteps(db, caller.teamId, sequenceId);
  // One by one, published clients leave out how long to wait.
  const waits = { waitTime: steps.length === 0 ? 0 : 1, waitMode: "day" as const };
  const step = newStep({ ...waits, ...withoutUndefined(wish) }, settingOf(act, sequence));
  const next = numbered(inList(steps, wish, step, wish.position ?? steps.length + 1));
  await store.saveSteps(db, caller.teamId, next, now);
  await writeTouches(act, [{ stepId: step.id, wishes: firstTouches(step.type, undefined) }], []);
  await refuseUnsound(db, caller.teamId, sequence);
  await noteChange(act, sequence, "step added", before);
  return { sequence, stepId: step.id };
}

export async function updateStep(act: Act, askedId: string, wish: StepWish, mode: EditMode) {
  const { db, now, caller } = act;
  const { sequence, steps, step } = await lockStep(act, askedId, mode, isSwitch(wish));
  const { id } = step;
  const before = await sequenceAsEdited(act, sequence.id);
  const changed = changedStep(step, wish, settingOf(act, sequence));
  const others = steps.filter((other) => other.id !== id);
  const next = numbered(
    inList(others, wish, changed, Math.min(wish.position ?? step.position, steps.length)),
  );
  await store.saveSteps(db, caller.teamId, next, now);
  const touches = await listTouchesOfAll(db, caller.teamId, sequence.id);
  if (!touches.some(({ stepId }) => stepId === id))
    await writeTouches(act, [{ stepId: id, wishes: firstTouches(changed.type, undefined) }], []);
  await settlePairs(act, sequence, { before: touches, said: NOTHING_SAID });
  await refuseUnsound(db, caller.teamId, sequence);
  await noteChange(act, sequence, "step changed", before);
  return { sequence, stepId: id };
}

export async function deleteStep(act: Act, askedId: string, isForced: boolean, mode: EditMode) {
  const { db, now, caller } = act;
  const { sequence, steps, step: gone } = await lockStep(act, askedId, mode);
  const before = await sequenceAsEdited(act, sequence.id);
  const left = numbered(withoutStep(steps, gone));
  if (left.length === 0) throw new Refusal("last_step");
  const touches = await listTouches(db, caller.teamId, sequence.id);
  await removeSteps(act, sequence, steps, left, touches, isForced);
  await store.saveSteps(db, caller.teamId, left, now);
  await settlePairs(act, sequence, { before: touches, said: NOTHING_SAID });
  await refuseUnsound(db, caller.teamId, sequence);
  await noteChange(act, sequence, "step removed", before);
}

/** The steps as they are to be from now on: those with an id change, those without are made, the rest go away. */
export async function writeSteps(
  act: Act,
  sequence: SequenceRow,
  asked: readonly StepWish[],
  { isForced, mode }: { isForced: boolean; mode: EditMode },
) {
  const { db, now, caller } = act;
  const renamed = await keptFor(act, sequence, mode);
  const wishes = asked.map((wish) => renamedWish(wish, renamed));
  const known = await store.listSteps(db, caller.teamId, sequence.id);
  const touches = await listTouches(db, caller.teamId, sequence.id);
  if (wishes.length === 0 && known.length > 0) throw new Refusal("last_step");

  const unclaimed = new Map(known.map((step) => [step.id, step]));
  const setting = settingOf(act, sequence);
  const planned = inWishedOrder(wishes).map((wish) => {
    const step = wish.id ? unclaimed.get(wish.id) : undefined;
    if (wish.id && !step) throw new Refusal("step_not_found", { id: wish.id });
    unclaimed.delete(wish.id ?? "");
    return { wish, isNew: !step, step: step ? changedStep(step, wish, setting) : newStep(wish, setting) };
  });
  const steps = numbered(withBranches(planned));
  refuseEmptyBranch(steps);

  await store.saveSteps(db, caller.teamId, steps, now);
  const lists = planned.flatMap(({ wish, isNew, step }) => {
    const hasOne = !isNew && touches.some(({ stepId }) => stepId === step.id);
    const wished = hasOne ? (wish.touches ?? []) : firstTouches(step.type, wish.touches);
    return wished.length > 0 ? [{ stepId: step.id, wishes: wished }] : [];
  });
  const inOrder = steps.map(({ id }) => id);
  const said = await writeTouches(act, lists, touches, inOrder);
  await removeSteps(act, sequence, known, steps, touches, isForced);
  await settlePairs(act, sequence, { before: touches, said });
  await refuseUnsound(db, caller.teamId, sequence);
}

/** A step of a sequence that this person sees. */
export async function getStep(act: Pick<Act, "db" | "caller">, id: string) {
  const step = await store.findStep(act.db, act.caller.teamId, id);
  if (!step) throw new Refusal("record_not_found");
  await getVisible(act, step.sequenceId);
  return step;
}

/** With its neighbours. Of an earlier version nothing is changed, but people who wait at a step of it can be let on. */
async function lockStep(act: Act, id: string, mode: EditMode, isSwitched = false) {
  const { db, caller } = act;
  const found = await store.findStep(db, caller.teamId, id);
  if (!found) throw new Refusal("record_not_found");
  const sequence = await lockFor(act, found.sequenceId, "edit");
  const known = await store.findStep(db, caller.teamId, id); // as it is now that nobody else changes it
  if (!known) throw new Refusal("record_not_found");
  if (known.versionId && !isSwitched) throw new Refusal("version_is_kept");
  const renamed = await keptFor(act, sequence, known.versionId ? "live" : mode);
  const all = await store.listStepsOfAll(db, caller.teamId, [sequence.id]);
  const steps = stepsBeside(all, renamed(id));
  const step = steps.find((step) => step.id === renamed(id));
  if (!step) throw new Refusal("record_not_found");
  return { sequence, steps, step };
}

/** Nothing but whether it is on. */
function isSwitch({ branch, ...wish }: StepWish) {
  const said = Object.entries({ ...wish, ...branch });
  return said.every(([key, value]) => value === undefined || key === "id" || key === "isOn");
}

/** With one step more, at a place of the list, or on the path that it names. */
function inList(others: readonly store.StepRow[], wish: StepWish, step: store.StepRow, position: number) {
  const list = others.toSpliced(position - 1, 0, step);
  return withBranches(list.map((one) => ({ step: one, wish: one === step ? wish : {} })));
}

/** A branch goes with the steps on its paths. */
function withoutStep(steps: readonly store.StepRow[], gone: store.StepRow) {
  return steps.filter((step) => step !== gone && !branchesAround(steps, step)?.includes(gone));
}

function renamedWish(wish: StepWish, renamed: Renamed): StepWish {
  const touches = wish.touches?.map(({ id, goesWithTouchId: other, ...touch }) => ({
    ...touch,
    id: id && renamed(id),
    goesWithTouchId: other && renamed(other),
  }));
  const { stepId } = wish.branch ?? {};
  return {
    ...wish,
    id: wish.id && renamed(wish.id),
    branch: { ...wish.branch, stepId: stepId && renamed(stepId) },
    ...(wish.condition && { condition: withStepIds(wish.condition, renamed) }),
    ...(touches && { touches }),
  };
}

async function removeSteps(
  act: Act,
  sequence: SequenceRow,
  before: readonly store.StepRow[],
  after: readonly store.StepRow[],
  touches: readonly TouchRow[],
  isForced: boolean,
) {
  const { db, caller } = act;
  const stays = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !stays.has(id));
  if (gone.length === 0) return;
  const goneIds = gone.map(({ id }) => id);
  await store.lockSteps(db, caller.teamId, goneIds);
  const [waiting] = await countWaitingAtSteps(db, caller.teamId, goneIds);
  if (waiting && !isForced) {
    const position = gone.find(({ id }) => id === waiting.stepId)?.position ?? 0;
    throw new Refusal("step_has_waiting_contacts", { count: waiting.count, position });
  }
  const moves = gone.map(({ id }) => {
    const to = stepInPlaceOf(id, before, after);
    return { from: id, to: to?.id ?? null, toPosition: to?.position ?? null };
  });
  if (waiting) await leaveSteps(act, sequence.id, moves);
  await store.deleteSteps(db, caller.teamId, goneIds);
  const orphans = touches.filter(({ stepId }) => !stays.has(stepId)).map(({ templateId }) => templateId);
  await deleteOrphans(db, caller.teamId, orphans);
}

function settingOf({ now }: Act, sequence: SequenceRow) {
  return { sequenceId: sequence.id, byExactDaytime: sequence.byExactDaytime === true, now };
}

function withoutUndefined(wish: StepWish): StepWish {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}
