// The state at an earlier moment, from what the rows said then. What was not kept is reported as not kept, and never
// guessed.
//
// Easy to get wrong: a mail that is sent normally leaves only its own times. Until it was claimed it was planned, until
// it was released it was claimed, and until the server answered it was on its way, whatever its row says now.

import { codeWords } from "../../kernel/code-words.ts";
import { say } from "../../kernel/say.ts";
import { clockSays } from "../basics/clock-words.ts";
import { wordsFor } from "../enrollments/failure-words.ts";

export type MailDeliveryState =
  | "draft"
  | "planned"
  | "claimed"
  | "dot"
  | "sent"
  | "unconfirmed"
  | "failed"
  | "skipped"
  | "cancelled";

type MailTimes = {
  delivery: MailDeliveryState;
  /** Of the last attempt. */
  claimedAt: Temporal.Instant | null;
  releasedAt: Temporal.Instant | null;
  completedAt: Temporal.Instant | null;
};

const ON_ITS_WAY: readonly MailDeliveryState[] = ["claimed", "dot", "sent"];

export function deliveryAt(
  { delivery, claimedAt, releasedAt, completedAt }: MailTimes,
  at: Temporal.Instant,
): MailDeliveryState {
  if (!ON_ITS_WAY.includes(delivery)) return delivery;
  if (delivery === "sent" && isBy(completedAt, at)) return "sent";
  if (delivery !== "claimed" && isBy(releasedAt, at)) return "dot";
  // What was sent by other hands has no attempt of ours: it was planned until it was let go.
  return isBy(claimedAt, at) ? "claimed" : "planned";
}

function isBy(moment: Temporal.Instant | null, at: Temporal.Instant) {
  return moment !== null && Temporal.Instant.compare(moment, at) <= 0;
}

type MembershipThen = {
  state: string;
  reason: string | null;
  stepPosition: number | null;
  dueAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
};

export function membershipSays(
  then: MembershipThen,
  { who, sequence, zone }: { who: string; sequence: string; zone: string },
) {
  const { state, reason, stepPosition, dueAt, resumeAt } = then;
  const at = (moment: Temporal.Instant | null) => (moment ? clockSays(moment, zone) : "");
  const where = stepPosition === null ? "" : say(" at step {stepPosition}", { stepPosition });
  if (state === "active")
    return say(
      "{who} was active in {sequence}{where}{hasDueAt, select, yes {, due {dueAt}} other {, with no step planned}}.",
      { who, sequence, where, dueAt: at(dueAt), hasDueAt: dueAt ? "yes" : "no" },
    );
  if (state === "paused")
    return say(
      "{who} was paused in {sequence}{where}: {reason}{hasResumeAt, select, yes {, until {resumeAt}} other {}}.",
      {
        who,
        sequence,
        where,
        reason: wordsFor(reason),
        resumeAt: at(resumeAt),
        hasResumeAt: resumeAt ? "yes" : "no",
      },
    );
  return say("{who} was {state} in {sequence}: {reason}.", {
    who,
    state: codeWords(state),
    sequence,
    reason: wordsFor(reason),
  });
}
