// Which of a step's variants somebody gets or was sent, and why. Told where there is something to tell: the step has several, or its one
// is for somebody else.

import type { Because } from "../../domain/touch-choice.ts";
import { chooseTouch, whyChosen } from "../../domain/touch-choice.ts";
import { type VariantPlace, type VariantTold, variantSays } from "../../domain/variant-words.ts";
import { pastsOf, receivedBy } from "../composing/received.ts";
import type { TouchRow } from "../touches/store.ts";
import type { Around, Asking } from "./around.ts";
import { type Placed, sendableOf } from "./standings.ts";

/** What they get at the step where they stand. Of whoever gets nothing more there is nothing to tell. */
export async function variantAhead(asking: Asking, { row, around }: Placed): Promise<VariantTold | null> {
  const { sequenceId, contactId, currentStepId: stepId } = row;
  if (!stepId || row.state === "finished" || row.state === "removed") return null;
  const touches = sendableOf(around, stepId);
  const received = receivedBy(await pastsOf(asking, sequenceId, touches, [contactId]), contactId);
  const touch = chooseTouch(touches, { sequenceId, stepId, contactId }, received);
  if (!touch) return null;
  const because = whyChosen(touch, touches, received);
  const isAlone = !around.touches.some((other) => other.stepId === stepId && other.id !== touch.id);
  return isAlone && because === "only" ? null : told(around, touch, because, false);
}

/** What they were sent says why only where it goes with what they were sent before: how it was drawn is not written down. */
export async function variantSent(
  asking: Asking,
  { row, around }: Placed,
  touch: TouchRow,
): Promise<VariantTold | null> {
  const pasts = await pastsOf(asking, row.sequenceId, [touch], [row.contactId]);
  const because = whyChosen(touch, [touch], receivedBy(pasts, row.contactId));
  return because === "goes_with" ? told(around, touch, because, true) : null;
}

function told(around: Around, touch: TouchRow, because: Because, isSent: boolean): VariantTold {
  const other = around.touches.find(({ id }) => id === touch.goesWithTouchId);
  const goesWith = other ? placeOf(around, other) : null;
  const sentence = variantSays({ ...placeOf(around, touch), because, goesWith, isSent });
  return { touchId: touch.id, goesWithTouchId: touch.goesWithTouchId, because, sentence };
}

function placeOf({ steps, touches }: Around, { id, stepId }: TouchRow): VariantPlace {
  const own = touches.filter((touch) => touch.stepId === stepId);
  return {
    position: steps.find((step) => step.id === stepId)?.position ?? 0,
    place: own.findIndex((touch) => touch.id === id) + 1,
  };
}
