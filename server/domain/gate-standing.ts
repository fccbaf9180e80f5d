// What the gate finds in people and in how they stand in the sequence, where it takes more than a look.

import { REASONS } from "./enrollment.ts";
import type { Found } from "./evidence.ts";
import type { GateFacts } from "./gate-facts.ts";
import { isEmail } from "./sequence-plan.ts";

export function inState(state: "removed" | "finished" | "failed") {
  return ({ membership }: GateFacts): Found | null => {
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
export function pausedBySomething({ membership, sequence }: GateFacts): Found | null {
  const { state, inactiveReason: reason, pausedAt, resumeAt } = membership;
  if (state !== "paused") return null;
  const isWithSequence = reason === REASONS.sequenceInactive && !sequence.isActive;
  return isWithSequence ? null : { evidence: { reason }, since: pausedAt, until: resumeAt };
}

export function colleagueReplied(
  { sequence, person: { colleague } }: GateFacts,
  policy: string,
): Found | null {
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

export function delayedByReply(facts: GateFacts): Found | null {
  const found = colleagueReplied(facts, "delay");
  if (!found?.since) return null;
  const days = facts.sequence.replyDelayDays;
  const until = found.since.add({ hours: 24 * days });
  if (Temporal.Instant.compare(until, facts.now) <= 0) return null;
  return { ...found, evidence: { ...found.evidence, days }, until };
}

export function mayNotSend({ sequence, mailbox, step, membership }: GateFacts): Found | null {
  if (sequence.ownerLeftAt)
    return { evidence: { sequenceId: sequence.id, who: "sequence_owner" }, since: sequence.ownerLeftAt };
  const sends = step === null || isEmail(step.type);
  if (!sends || !mailbox) return null;
  if (mailbox.userLeftAt)
    return { evidence: { mailboxId: mailbox.id, who: "mailbox_user" }, since: mailbox.userLeftAt };
  const { lostAddress: address } = membership;
  return address === null ? null : { evidence: { mailboxId: mailbox.id, who: "address", address } };
}

export function unverified({ person }: GateFacts): Found | null {
  const { email, isAddressSound, isVerified, hasBounced, mayBeUnverified, emailStatus, id } = person;
  if (email === null || !isAddressSound || hasBounced || isVerified || mayBeUnverified) return null;
  return { evidence: { contactId: id, emailStatus } };
}

export function changedJob({ person, membership }: GateFacts): Found | null {
  const { jobChangedAt, id } = person;
  if (!jobChangedAt || Temporal.Instant.compare(jobChangedAt, membership.addedAt) <= 0) return null;
  return { evidence: { contactId: id, detectedAt: jobChangedAt }, since: jobChangedAt };
}
