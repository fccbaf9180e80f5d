// The gate's checks of a contact and their enrollment that take more than one line.

import type { RuleFinding } from "../basics/evidence.ts";
import { REASONS } from "../enrollments/enrollment.ts";
import { isEmail } from "../sequences/sequence-plan.ts";
import type { GateFacts } from "./gate-facts.ts";

export function inState(state: "removed" | "finished" | "failed") {
  return ({ membership }: GateFacts): RuleFinding | null => {
    if (membership.state !== state) return null;
    const { inactiveReason: reason, failureReason } = membership;
    const failure = state === "failed" ? (failureReason ?? reason) : null;
    return {
      evidence: { reason, ...(state === "failed" && { failure }) },
      since: membership[`${state}At`],
    };
  };
}

/** Together with the sequence is no pause of their own. */
export function pausedBySomething({ membership, sequence }: GateFacts): RuleFinding | null {
  const { state, inactiveReason: reason, pausedAt, resumeAt } = membership;
  if (state !== "paused") return null;
  const isWithSequence = reason === REASONS.sequenceInactive && !sequence.isActive;
  return isWithSequence ? null : { evidence: { reason }, since: pausedAt, until: resumeAt };
}

export function colleagueReplied(
  { sequence, person: { colleague } }: GateFacts,
  policy: string,
): RuleFinding | null {
  if (!colleague || sequence.replyPolicy !== policy) return null;
  return {
    evidence: {
      sequenceId: sequence.id,
      contactId: colleague.contactId,
      repliedAt: colleague.repliedAt,
      replyClass: colleague.replyClass,
      ...(colleague.isElsewhere && { elsewhere: true }),
      policy,
    },
    since: colleague.repliedAt,
  };
}

export function delayedByReply(facts: GateFacts): RuleFinding | null {
  const found = colleagueReplied(facts, "delay");
  if (!found?.since) return null;
  const days = facts.sequence.replyDelayDays;
  const until = found.since.add({ hours: 24 * days });
  if (Temporal.Instant.compare(until, facts.now) <= 0) return null;
  return { ...found, evidence: { ...found.evidence, days }, until };
}

export function mayNotSend({ sequence, mailbox, step, membership }: GateFacts): RuleFinding | null {
  if (sequence.ownerLeftAt)
    return { evidence: { sequenceId: sequence.id, who: "sequence_owner" }, since: sequence.ownerLeftAt };
  const sends = step === null || isEmail(step.type);
  if (!sends || !mailbox) return null;
  if (mailbox.userLeftAt)
    return { evidence: { mailboxId: mailbox.id, who: "mailbox_user" }, since: mailbox.userLeftAt };
  const { lostAddress: address } = membership;
  return address === null ? null : { evidence: { mailboxId: mailbox.id, who: "address", address } };
}

export function unverified({ person }: GateFacts): RuleFinding | null {
  const { email, isAddressSound, isVerified, hasBounced, mayBeUnverified, emailStatus, id } = person;
  if (email === null || !isAddressSound || hasBounced || isVerified || mayBeUnverified) return null;
  return { evidence: { contactId: id, emailStatus } };
}

export function changedJob({ person, membership }: GateFacts): RuleFinding | null {
  const { jobChangedAt, id } = person;
  if (!jobChangedAt || Temporal.Instant.compare(jobChangedAt, membership.addedAt) <= 0) return null;
  return { evidence: { contactId: id, detectedAt: jobChangedAt }, since: jobChangedAt };
}
