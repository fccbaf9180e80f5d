// Which of a step's mails a contact gets, where there are several: by weight, and always the same one, in whatever
// order the mails are listed. The step is part of the draw, so that getting the first variant of one step says nothing
// about the next. Where a mail is removed, its contacts are drawn anew among the others.
//
// A mail may be paired with a mail of an earlier step, for the contacts who were sent that one. They draw among the
// mails paired with what they were sent, all others among the unpaired ones. No contact is left without a mail: where
// none fits, they draw among all.

import { lotOf } from "../basics/lots.ts";

type Choosable = { id: string; weight: number; goesWithTouchId: string | null };

export type Draw = { sequenceId: string; stepId: string; contactId: string };

/** The mails of earlier steps that a contact was sent. */
export type ReceivedMails = ReadonlySet<string>;

const NOTHING_RECEIVED: ReceivedMails = new Set();

/** `position`: of the step at which they stand, null where at none. */
type Past = { received: ReceivedMails; position: number | null };

/** By contact. Who is not in the sequence is not in it; null where nothing depends on it. */
export type Pasts = ReadonlyMap<string, Past> | null;

export function receivedBy(pasts: Pasts, contactId: string): ReceivedMails {
  return pasts?.get(contactId)?.received ?? NOTHING_RECEIVED;
}

/** From which position on steps lie ahead of a contact. One who is not in the sequence begins at `beginsAt`. */
export function placeOf(pasts: Pasts, contactId: string, beginsAt: number) {
  const past = pasts?.get(contactId);
  return past ? (past.position ?? Number.POSITIVE_INFINITY) : beginsAt;
}

/** Among the mails that may be sent. Null where none has any weight. */
export function chooseTouch<Touch extends Choosable>(
  touches: readonly Touch[],
  draw: Draw,
  received: ReceivedMails,
): Touch | null {
  const eligible = meantFor(weighty(touches), received).sort((a, b) => (a.id < b.id ? -1 : 1));
  const weights = eligible.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return null;
  let lot = lotOf(`${draw.sequenceId} ${draw.stepId} ${draw.contactId}`, weights);
  for (const touch of eligible) {
    if (lot < touch.weight) return touch;
    lot -= touch.weight;
  }
  return null;
}

function weighty<Touch extends Choosable>(touches: readonly Touch[]) {
  return touches.filter(({ weight }) => weight > 0);
}

function meantFor<Touch extends Choosable>(touches: Touch[], received: ReceivedMails) {
  const theirs = touches.filter((touch) => goesWithSome(touch, received));
  if (theirs.length > 0) return theirs;
  const others = touches.filter(({ goesWithTouchId }) => goesWithTouchId === null);
  return others.length > 0 ? others : touches;
}

function goesWithSome({ goesWithTouchId }: Choosable, received: ReceivedMails) {
  return goesWithTouchId !== null && received.has(goesWithTouchId);
}

/**
 * `goes_with`: they were sent the mail it is paired with. `everybody_else`: the other mails are paired with ones they
 * were not sent. `no_other`: it is paired with another mail, but none of the step's fits them. `drawn` by weight;
 * `only` one may be sent.
 */
export type Because = "goes_with" | "everybody_else" | "no_other" | "drawn" | "only";

/** Why the one that was chosen, of those that may be sent. */
export function whyChosen(touch: Choosable, touches: readonly Choosable[], received: ReceivedMails): Because {
  if (goesWithSome(touch, received)) return "goes_with";
  if (touch.goesWithTouchId !== null) return "no_other";
  const others = weighty(touches).filter(({ id }) => id !== touch.id);
  if (others.some(({ goesWithTouchId }) => goesWithTouchId !== null)) return "everybody_else";
  return others.length > 0 ? "drawn" : "only";
}
