// What goes with what, after a change: a wish that names the wrong mail is refused, and a mail that has lost what it went with is told of.

import type { Act } from "../../../app.ts";
import { stepsOnTheWayTo } from "../../../domain/sequences/step-paths.ts";
import { faultOfPair, type PlannedTouch, toReview } from "../../../domain/sequences/touch-pairs.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { listSteps } from "../../sequences/steps/store.ts";
import { listTouches, loosenTouches, type TouchRow } from "../../sequences/touches/store.ts";

/** By mail, what it is to go with: of those only of which it was said. */
export type Pairing = ReadonlyMap<string, string | null>;

export const NOTHING_SAID: Pairing = new Map();

type Change = {
  /** The mails as they were before it. */
  before: readonly TouchRow[];
  said: Pairing;
};

export async function settlePairs(
  act: Act,
  sequence: { id: string; name: string },
  { before, said }: Change,
) {
  const { db, now, caller } = act;
  const went = new Map(before.map(({ id, goesWithTouchId }) => [id, goesWithTouchId]));
  const touches = await listTouches(db, caller.teamId, sequence.id);
  const goesWith = (touch: TouchRow) =>
    touch.goesWithTouchId ?? said.get(touch.id) ?? went.get(touch.id) ?? null;
  if (!touches.some(goesWith)) return;

  const plan = planOf(touches, await listSteps(db, caller.teamId, sequence.id));
  const loose = new Set<string>();
  for (const touch of plan) {
    const wished = said.get(touch.id);
    const otherId = wished === undefined ? (touch.goesWithTouchId ?? went.get(touch.id) ?? null) : wished;
    const fault = otherId && faultOfPair(touch, otherId, plan);
    if (fault && wished) throw new Refusal(fault, { id: otherId });
    if (fault) loose.add(touch.id);
  }
  if (loose.size === 0) return;
  const reviewed = toReview(loose, plan);
  await loosenTouches(db, caller.teamId, { ids: [...loose], toReview: reviewed }, now);
  await record(byCaller(act), {
    type: "sequence.changed",
    subject: { type: "sequence", id: sequence.id },
    data: {
      name: sequence.name,
      what: "mails go with none any more",
      loosened_touch_ids: [...loose],
      reviewed_touch_ids: reviewed,
    },
  });
}

function planOf(touches: readonly TouchRow[], steps: Awaited<ReturnType<typeof listSteps>>): PlannedTouch[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return touches.flatMap(({ id, stepId, status, weight, goesWithTouchId }) => {
    const step = byId.get(stepId);
    if (!step) return [];
    const maySend = status === "approved" && weight > 0;
    const after = stepsOnTheWayTo(steps, step.id).map(({ position }) => position);
    return [{ id, position: step.position, after, type: step.type, maySend, goesWithTouchId }];
  });
}
