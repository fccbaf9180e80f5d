// Which of a step's mails a contact gets, where there are several: by weight, and the same one however often it is
// asked, in whatever order the mails are listed. The step is part of the draw, so that being given the first variant
// of one step says nothing about the next. Where a mail is taken away, people are drawn anew among those that are left.
//
// A mail may go with a mail of an earlier step: it is written for whoever was sent that one. They draw among those that go with what
// they were sent, everybody else among those that go with none; and nobody is left without a mail for it: where there is none for
// them, they draw among all.

export type Choosable = { id: string; weight: number; goesWithTouchId: string | null };

export type Draw = { sequenceId: string; stepId: string; contactId: string };

/** The mails of earlier steps that somebody was sent. */
export type Received = ReadonlySet<string>;

export const NOTHING_RECEIVED: Received = new Set();

/** Among the mails that may be sent. Null where none has any weight. */
export function chooseTouch<Touch extends Choosable>(
  touches: readonly Touch[],
  draw: Draw,
  received: Received,
): Touch | null {
  const eligible = meantFor(weighty(touches), received).sort((a, b) => (a.id < b.id ? -1 : 1));
  const weights = eligible.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return null;
  let lot = hash(`${draw.sequenceId} ${draw.stepId} ${draw.contactId}`) % weights;
  for (const touch of eligible) {
    if (lot < touch.weight) return touch;
    lot -= touch.weight;
  }
  return null;
}

function weighty<Touch extends Choosable>(touches: readonly Touch[]) {
  return touches.filter(({ weight }) => weight > 0);
}

function meantFor<Touch extends Choosable>(touches: Touch[], received: Received) {
  const theirs = touches.filter((touch) => goesWithSome(touch, received));
  if (theirs.length > 0) return theirs;
  const others = touches.filter(({ goesWithTouchId }) => goesWithTouchId === null);
  return others.length > 0 ? others : touches;
}

function goesWithSome({ goesWithTouchId }: Choosable, received: Received) {
  return goesWithTouchId !== null && received.has(goesWithTouchId);
}

/**
 * `goes_with`: they were sent what it goes with. `everybody_else`: others are for whoever was sent something that they were not.
 * `no_other`: it is for somebody else, but none of the step's is for them. `drawn` by weight; `only` one may be sent.
 */
export type Because = "goes_with" | "everybody_else" | "no_other" | "drawn" | "only";

/** Why the one that was chosen, of those that may be sent. */
export function whyChosen(touch: Choosable, touches: readonly Choosable[], received: Received): Because {
  if (goesWithSome(touch, received)) return "goes_with";
  if (touch.goesWithTouchId !== null) return "no_other";
  const others = weighty(touches).filter(({ id }) => id !== touch.id);
  if (others.some(({ goesWithTouchId }) => goesWithTouchId !== null)) return "everybody_else";
  return others.length > 0 ? "drawn" : "only";
}

/** FNV-1a over 32 bits, then mixed: ids that differ in their last digits only must fall far apart. */
function hash(text: string) {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
