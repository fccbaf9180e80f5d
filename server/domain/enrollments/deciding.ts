// Decides what a wish or an event does to one enrollment: a change, or the code that says why it stays.
//
// Easy to get wrong: resuming a contact in a sequence that is switched off lets them go on together with the sequence,
// and not before. A contact's own pause outlives the sequence being switched on. And a due date that has not passed is
// kept, so that a pause neither repeats a wait nor skips one.

import { type EnrollmentEvent, type EnrollmentStatus, REASONS, type StageEvent } from "./enrollment.ts";
import { type Conditions, isStillSo } from "./failures.ts";
import { type Cause, type Due, TRANSITIONS, type Transition, type TransitionGuard } from "./transitions.ts";

export type Rulings = {
  finishesOnReply: boolean;
  finishesOnInterest: boolean;
  finishesOnClick: boolean;
  pausesOnOutOfOffice: boolean;
  failsWhenNotSent: boolean;
};

export type TransitionFacts = EnrollmentStatus &
  Conditions & {
    isSequenceActive: boolean;
    isSequenceArchived: boolean;
    /** They began by waiting for another sequence, and it still has them. */
    waitsForAnother: boolean;
    rulings: Rulings;
  };

export type TransitionRequest =
  | { is: Exclude<Cause, "pause" | "stop" | "replied" | "outOfOffice" | "notSent"> }
  /** Until a date; `undefined` says nothing about it, null says for good. */
  | { is: "pause"; until?: Temporal.Instant | null; reason?: string | null }
  | { is: "stop"; reason?: string | null }
  | { is: "replied"; messageId: string | null }
  | { is: "outOfOffice"; until: Temporal.Instant | null }
  | { is: "notSent"; code: string }
  | { is: "move"; mailboxId: string; sendFromEmail: string };

export type LeftCode =
  | "not_in_sequence"
  | "already_active"
  | "already_paused"
  | "already_finished"
  | "already_failed"
  | "already_moved"
  | "not_paused"
  | "not_failed"
  | "sequence_inactive"
  | "sequence_archived"
  | "contact_unsubscribed"
  | "contact_do_not_contact"
  | "contact_bounced"
  | "contact_suppressed"
  | "user_deleted"
  | "in_another_sequence"
  | "step_removed"
  | "cause_not_gone"
  | "rule_off";

export type EnrollmentChange = {
  after: Omit<EnrollmentStatus, "dueAt">;
  /** `rested` is for a wait that stopped while the sequence was off: what was left then is left now. */
  due: Due | "rested";
  event: EnrollmentEvent;
  reason: string | null;
  trigger: StageEvent | null;
};

export type TransitionDecision = { change: EnrollmentChange; code: null } | { change: null; code: LeftCode };

export function decide(
  wish: TransitionRequest,
  facts: TransitionFacts,
  now: Temporal.Instant,
): TransitionDecision {
  if (facts.state === "removed") return left("not_in_sequence");
  if (wish.is === "move") return decideMove(wish, facts);
  if (wish.is === "pause" && facts.state === "paused") return decidePauseAgain(wish, facts, now);
  const transition = TRANSITIONS[wish.is];
  if (!transition.from.includes(facts.state)) return left(notFrom(wish.is, facts.state));
  if (transition.fromReason !== null && transition.fromReason !== facts.inactiveReason)
    return left("already_paused");
  const code = transition.guards.map((guard) => GUARDS[guard](facts)).find((one) => one !== null);
  if (code) return left(code);
  const goesOn = transition.to === "active" && wish.is !== "sequenceOn";
  if (goesOn && !facts.isSequenceActive) return decideWaiting(transition, facts, now);
  return changed(transition, { ...moved(facts, transition, now), ...saidBy(wish) });
}

/** What the wish itself says beyond the transition. */
function saidBy(wish: TransitionRequest): Partial<EnrollmentStatus> {
  switch (wish.is) {
    case "pause":
      return {
        resumeAt: wish.until ?? null,
        manuallySetUnpause: wish.until ? true : null,
        inactiveReason: wish.reason || REASONS.manuallyPaused,
      };
    case "stop":
      return { inactiveReason: wish.reason || REASONS.stopped };
    case "outOfOffice":
      return { resumeAt: wish.until };
    case "replied":
      return { inResponseTo: wish.messageId };
    case "notSent":
      return { failureReason: wish.code };
    default:
      return {};
  }
}

/** The columns that go with a state. What is over (a failure, an earlier pause) stays in the row as history. */
function moved(facts: EnrollmentStatus, { to, reason, failure }: Transition, now: Temporal.Instant) {
  const same = pick(facts);
  switch (to) {
    case "active":
      return {
        ...same,
        state: to,
        inactiveReason: reason,
        pausedAt: null,
        resumeAt: null,
        manuallySetUnpause: null,
      };
    case "paused":
      return {
        ...same,
        state: to,
        inactiveReason: reason,
        pausedAt: now,
        resumeAt: null,
        manuallySetUnpause: null,
      };
    case "finished":
      return { ...same, state: to, inactiveReason: reason, resumeAt: null, finishedAt: now };
    case "failed":
      return {
        ...same,
        state: to,
        inactiveReason: reason,
        resumeAt: null,
        failedAt: now,
        failureReason: failure,
      };
    case "removed":
      return { ...same, state: to, inactiveReason: reason, resumeAt: null, removedAt: now };
  }
}

/** It is to go on, and the sequence does not: it goes on with the sequence. */
function decideWaiting(
  transition: Transition,
  facts: TransitionFacts,
  now: Temporal.Instant,
): TransitionDecision {
  if (facts.inactiveReason === REASONS.sequenceInactive) return left("sequence_inactive");
  const after = moved(facts, { ...TRANSITIONS.sequenceOff, failure: null }, now);
  return {
    code: null,
    change: {
      after,
      due: transition.due,
      event: "enrollment.paused",
      reason: REASONS.sequenceInactive,
      trigger: null,
    },
  };
}

/** The contact is paused already: the new pause is until another date, or by this user instead of with the sequence. */
function decidePauseAgain(
  { until, reason }: Extract<TransitionRequest, { is: "pause" }>,
  facts: TransitionFacts,
  now: Temporal.Instant,
): TransitionDecision {
  const waitsForSequence = facts.inactiveReason === REASONS.sequenceInactive;
  const isSameDate = until === undefined || sameInstant(until, facts.resumeAt);
  if (!waitsForSequence && isSameDate) return left("already_paused");
  const resumeAt = until === undefined ? facts.resumeAt : until;
  const kept = waitsForSequence ? REASONS.manuallyPaused : facts.inactiveReason;
  const after = {
    ...pick(facts),
    inactiveReason: reason || kept,
    pausedAt: waitsForSequence ? now : facts.pausedAt,
    resumeAt,
    manuallySetUnpause: resumeAt ? true : null,
  };
  return changed({ ...TRANSITIONS.pause, due: waitsForSequence ? "rested" : "kept" }, after);
}

function decideMove(
  { mailboxId, sendFromEmail }: Extract<TransitionRequest, { is: "move" }>,
  facts: TransitionFacts,
): TransitionDecision {
  if (facts.state === "finished") return left("already_finished");
  const isThere = facts.mailboxId === mailboxId && sameAddress(facts.sendFromEmail, sendFromEmail);
  if (isThere) return left("already_moved");
  const after = { ...pick(facts), mailboxId, sendFromEmail };
  return {
    code: null,
    change: { after, due: "kept", event: "enrollment.moved", reason: null, trigger: null },
  };
}

function changed(
  transition: Pick<Transition, "event" | "trigger" | "reason"> & { due: EnrollmentChange["due"] },
  after: Omit<EnrollmentStatus, "dueAt">,
): TransitionDecision {
  const { due, event, trigger } = transition;
  // What people wrote themselves stays in the row: the history tells in words that are the same for everybody.
  const reason = transition.reason ?? (after.state === "failed" ? after.failureReason : null);
  return { code: null, change: { after, due, event, reason, trigger } };
}

function left(code: LeftCode): TransitionDecision {
  return { change: null, code };
}

function notFrom(cause: Cause, state: Exclude<EnrollmentStatus["state"], "removed">): LeftCode {
  if (cause === "resume" || cause === "resumeAtDate" || cause === "sequenceOn") return "not_paused";
  return cause === "retry" ? "not_failed" : `already_${state}`;
}

const GUARDS: Record<TransitionGuard, (facts: TransitionFacts) => LeftCode | null> = {
  notArchived: (facts) => (facts.isSequenceArchived ? "sequence_archived" : null),
  eligible: whyBarred,
  freeElsewhere: (facts) => (facts.waitsForAnother ? "in_another_sequence" : null),
  senderThere: (facts) => (facts.areUsersThere ? null : "user_deleted"),
  stepThere: (facts) => (facts.currentStepId === null ? "step_removed" : null),
  causeGone: (facts) => (isStillSo(facts.failureReason, facts) ? "cause_not_gone" : null),
  finishesOnReply: ({ rulings }) => (rulings.finishesOnReply ? null : "rule_off"),
  finishesOnInterest: ({ rulings }) => (rulings.finishesOnInterest ? null : "rule_off"),
  finishesOnClick: ({ rulings }) => (rulings.finishesOnClick ? null : "rule_off"),
  pausesOnOutOfOffice: ({ rulings }) => (rulings.pausesOnOutOfOffice ? null : "rule_off"),
  failsWhenNotSent: ({ rulings }) => (rulings.failsWhenNotSent ? null : "rule_off"),
};

/** Why this contact may not be emailed, or null. */
export function whyBarred(
  facts: Pick<Conditions, "isUnsubscribed" | "isDoNotContact" | "hasBounced" | "isSuppressed">,
): LeftCode | null {
  if (facts.isUnsubscribed) return "contact_unsubscribed";
  if (facts.isDoNotContact) return "contact_do_not_contact";
  if (facts.hasBounced) return "contact_bounced";
  return facts.isSuppressed ? "contact_suppressed" : null;
}

/** The standing alone, without what else is known. */
function pick(facts: EnrollmentStatus): Omit<EnrollmentStatus, "dueAt"> {
  const { state, inactiveReason, failureReason, currentStepId, mailboxId, sendFromEmail } = facts;
  const { pausedAt, resumeAt, manuallySetUnpause, finishedAt, failedAt, removedAt, inResponseTo } = facts;
  return {
    state,
    inactiveReason,
    failureReason,
    currentStepId,
    mailboxId,
    sendFromEmail,
    pausedAt,
    resumeAt,
    manuallySetUnpause,
    finishedAt,
    failedAt,
    removedAt,
    inResponseTo,
  };
}

function sameInstant(one: Temporal.Instant | null, other: Temporal.Instant | null) {
  return one && other ? Temporal.Instant.compare(one, other) === 0 : one === other;
}

function sameAddress(one: string | null, other: string) {
  return one?.toLowerCase() === other.toLowerCase();
}
