// Which of a step's variants a contact gets or was sent, and why. Only where there is something to explain: the step
// has several, or its only one is for other contacts.

import { type VariantPlace, type VariantTold, variantSays } from "../../../domain/insight/variant-words.ts";
import type { Because } from "../../../domain/sequences/touch-choice.ts";
import { chooseTouch, receivedBy, whyChosen } from "../../../domain/sequences/touch-choice.ts";
import type { Around, ReadContext } from "../../gate/facts/around.ts";
import { type EnrollmentWithContext, sendableOf } from "../../gate/facts/standings.ts";
import { pastsOf } from "../../sequences/composing/store.ts";
import type { TouchRow } from "../../sequences/touches/store.ts";

/** What they get at their current step. A contact who gets nothing more has no variant. */
export async function variantAhead(
  asking: ReadContext,
  { row, around }: EnrollmentWithContext,
): Promise<VariantTold | null> {
  const { sequenceId, contactId, currentStepId: stepId } = row;
  if (!stepId || row.state === "finished" || row.state === "removed") return null;
  const touches = sendableOf(around, stepId);
  const received = receivedBy(
    await pastsOf(asking.db, asking.caller.teamId, sequenceId, touches, [contactId]),
    contactId,
  );
  const touch = chooseTouch(touches, { sequenceId, stepId, contactId }, received);
  if (!touch) return null;
  const because = whyChosen(touch, touches, received);
  const isAlone = !around.touches.some((other) => other.stepId === stepId && other.id !== touch.id);
  return isAlone && because === "only" ? null : told(around, touch, because, false);
}

/** What they were sent says why only where it goes with what they were sent before: how it was drawn is not written down. */
export async function variantSent(
  asking: ReadContext,
  { row, around }: EnrollmentWithContext,
  touch: TouchRow,
): Promise<VariantTold | null> {
  const pasts = await pastsOf(asking.db, asking.caller.teamId, row.sequenceId, [touch], [row.contactId]);
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
