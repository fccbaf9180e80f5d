// The order of mails due in one mailbox. First what a user answers or sends by hand, then follow-ups, then first
// touches, as the sequence wishes. Within a class the contact's score decides, and the waiting time: a day of waiting
// counts like a point, so that every mail is sent in the end.
//
// Easy to get wrong: a rank must not change while a mail waits, or the queue would have to be sorted anew every day. A
// score that grows by one each day after the due date orders like the score minus the due day, which is constant. It is
// in whole minutes, so that sums are exact and thousandths of a second decide nothing. Equal ranks go in the order in
// which contacts were added, which the queue and the forecast both keep.

export type PriorityPolicy = "score" | "followups_first" | "fifo";

export type SendingTurn = {
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
export function rankOf({ isByHand, isFollowUp, policy, score, dueAt }: SendingTurn): number {
  const counted = policy === "fifo" ? MIDDLE_SCORE : score;
  const band = isByHand ? 0 : policy === "followups_first" && !isFollowUp ? 2 : 1;
  return band * CLASS + Math.floor(dueAt.epochMilliseconds / MINUTE_MS) - counted * MINUTES_A_POINT;
}
