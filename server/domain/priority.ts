// Whose mail goes first, of all that are due in one mailbox: first what a person answers or sends by hand, then
// follow-ups, then first touches, as the sequence wishes; within a class by the contact's score, and by how long it has
// waited: a day of waiting counts like a point, so that nobody starves.
//
// Easy to get wrong: a rank must not change while it waits, or the queue would have to be sorted anew every day. A score
// that grows by one each day since it fell due orders like a score minus the day it fell due, and that stands still. It is
// whole minutes, so that sums of it are exact and thousandths of a second put nobody before anybody: who ranks equal goes in the
// order in which they were added to their sequences, which the queue and the forecast both keep.

export type PriorityPolicy = "score" | "followups_first" | "fifo";

export type Turn = {
  isByHand: boolean;
  /** Something of this enrollment was sent before. */
  isFollowUp: boolean;
  policy: PriorityPolicy;
  score: number;
  dueAt: Temporal.Instant;
};

/** So long a wait counts like a point of score. */
const MINUTES_A_POINT = 1_440;
/** Wider than any score and any day. */
const CLASS = 1_000_000 * MINUTES_A_POINT;
/** Where scores do not count, everybody has the middle one, so that both kinds of sequences share a mailbox fairly. */
const MIDDLE_SCORE = 50;
const MINUTE_MS = 60_000;

/** Smaller goes first. */
export function rankOf({ isByHand, isFollowUp, policy, score, dueAt }: Turn): number {
  const counted = policy === "fifo" ? MIDDLE_SCORE : score;
  const band = isByHand ? 0 : policy === "followups_first" && !isFollowUp ? 2 : 1;
  return band * CLASS + Math.floor(dueAt.epochMilliseconds / MINUTE_MS) - counted * MINUTES_A_POINT;
}
