// How things stood at a moment, from what their rows said then. What was not kept is told as not kept, and never guessed.
//
// Easy to get wrong: a mail on its ordinary way out leaves no trace but its own times, so until it was claimed it was
// planned, until it was let go it was claimed, and until the server answered it was on its way, whatever its row says now.

import { clockSays } from "./clock-words.ts";
import { wordsFor } from "./failure-words.ts";

export type Delivery =
  | "draft"
  | "planned"
  | "claimed"
  | "dot"
  | "sent"
  | "unconfirmed"
  | "failed"
  | "skipped"
  | "cancelled";

export type MailTimes = {
  delivery: Delivery;
  /** Of the last attempt. */
  claimedAt: Temporal.Instant | null;
  dotAt: Temporal.Instant | null;
  completedAt: Temporal.Instant | null;
};

const ON_ITS_WAY: readonly Delivery[] = ["claimed", "dot", "sent"];

export function deliveryAt(
  { delivery, claimedAt, dotAt, completedAt }: MailTimes,
  at: Temporal.Instant,
): Delivery {
  if (!ON_ITS_WAY.includes(delivery)) return delivery;
  if (delivery === "sent" && isBy(completedAt, at)) return "sent";
  if (delivery !== "claimed" && isBy(dotAt, at)) return "dot";
  // What was sent by other hands has no attempt of ours: it was planned until it was let go.
  return isBy(claimedAt, at) ? "claimed" : "planned";
}

function isBy(moment: Temporal.Instant | null, at: Temporal.Instant) {
  return moment !== null && Temporal.Instant.compare(moment, at) <= 0;
}

export type MembershipThen = {
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
  const at = (moment: Temporal.Instant) => clockSays(moment, zone);
  const where = stepPosition === null ? "" : ` at step ${stepPosition}`;
  if (state === "active")
    return `${who} was active in ${sequence}${where}${dueAt ? `, due ${at(dueAt)}` : ", with nothing planned"}.`;
  if (state === "paused")
    return `${who} was paused in ${sequence}${where}: ${wordsFor(reason)}${resumeAt ? `, until ${at(resumeAt)}` : ""}.`;
  return `${who} was ${state} in ${sequence}: ${wordsFor(reason)}.`;
}
