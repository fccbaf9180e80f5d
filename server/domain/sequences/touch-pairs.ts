// Which mails may go with which, asked after every change to steps and mails about the sequence as it would then be; and what becomes
// of a mail that goes with nothing any more.

import { isEmail, type StepType } from "./sequence-plan.ts";

export type PlannedTouch = {
  id: string;
  /** Of its step. */
  position: number;
  /** The steps that come before it on its path, by position. */
  after: readonly number[];
  type: StepType;
  /** It is approved. */
  maySend: boolean;
  goesWithTouchId: string | null;
};

type PairFault = "goes_with_not_found" | "goes_with_not_earlier";

/**
 * Why a mail cannot be paired with `otherId`, or null. No contact has been sent a mail of the same step, of a later one
 * or of another path, yet.
 */
export function faultOfPair(
  touch: PlannedTouch,
  otherId: string,
  plan: readonly PlannedTouch[],
): PairFault | null {
  const other = plan.find(({ id }) => id === otherId);
  if (!other) return "goes_with_not_found";
  return isEmail(other.type) && touch.after.includes(other.position) ? null : "goes_with_not_earlier";
}

/**
 * The mails without a pair now that a user must review: what was written for some contacts is not sent to all where
 * their step has an unpaired mail. Where it has none, every contact gets them, without a review.
 */
export function toReview(looseIds: ReadonlySet<string>, plan: readonly PlannedTouch[]): string[] {
  const isForEverybody = (touch: PlannedTouch) =>
    touch.maySend && touch.goesWithTouchId === null && !looseIds.has(touch.id);
  return plan
    .filter(({ id, maySend }) => maySend && looseIds.has(id))
    .filter(({ position }) => plan.some((other) => other.position === position && isForEverybody(other)))
    .map(({ id }) => id);
}
