// What moves an enrollment from one state to another: every row of the state machine, as data.
//
// Many follow from one thing (a sequence is switched off), so the store applies those to any number of rows in one
// statement; for the others deciding.ts looks at each row by itself. Failure columns are history: nothing clears them.

import { type EnrollmentEvent, type EnrollmentState, REASONS, type StageEvent } from "./enrollment.ts";

/** What has to hold beside the state; each has its code in deciding.ts, and the first that does not hold is told. */
export type TransitionGuard =
  | "notArchived"
  | "eligible"
  | "senderThere"
  | "freeElsewhere"
  | "stepThere"
  | "causeGone"
  | "finishesOnReply"
  | "finishesOnInterest"
  | "finishesOnClick"
  | "pausesOnOutOfOffice"
  | "failsWhenNotSent";

/** When the current step falls due afterwards. */
export type Due =
  | "kept" // as it was, also while it is paused
  | "resumed" // as it was planned, or now if that has passed
  | "none";

export type Transition = {
  from: readonly EnrollmentState[];
  /** Only rows that are where they are for this reason. */
  fromReason: string | null;
  to: EnrollmentState;
  reason: string | null;
  failure: string | null;
  event: EnrollmentEvent;
  trigger: StageEvent | null;
  due: Due;
  guards: readonly TransitionGuard[];
};

const PAUSED = { to: "paused", event: "enrollment.paused", due: "kept" } as const;
const RESUMED = { to: "active", reason: null, event: "enrollment.resumed", due: "resumed" } as const;
const FINISHED = { to: "finished", event: "enrollment.finished", due: "none" } as const;
const FAILED = { to: "failed", event: "enrollment.failed", due: "kept" } as const;

/** A paused contact gets no mails, for whatever reason; but what they do still counts. */
const LIVE: readonly EnrollmentState[] = ["active", "paused"];
const ACTIVE: readonly EnrollmentState[] = ["active"];
const ANYWHERE: readonly EnrollmentState[] = ["active", "paused", "finished", "failed"];

const ALL = {
  // By a person
  pause: transition({ ...PAUSED, from: ACTIVE, reason: REASONS.manuallyPaused }),
  resume: transition({ ...RESUMED, from: ["paused"], guards: ["notArchived", "eligible", "senderThere"] }),
  finish: transition({ ...FINISHED, from: LIVE, reason: REASONS.manuallyFinished }),
  stop: transition({ ...FINISHED, from: LIVE, reason: REASONS.stopped }),
  remove: transition({ from: ANYWHERE, to: "removed", event: "enrollment.removed", due: "none" }),
  retry: transition({
    ...RESUMED,
    from: ["failed"],
    guards: ["notArchived", "eligible", "senderThere", "stepThere", "causeGone"],
  }),
  /** The row goes, and a new one begins at step one. */
  restart: transition({
    from: ANYWHERE,
    to: "removed",
    reason: REASONS.startedOver,
    event: "enrollment.removed",
    due: "none",
    guards: ["notArchived", "eligible", "senderThere"],
  }),

  // By the clock
  resumeAtDate: transition({ ...RESUMED, from: ["paused"], guards: ["senderThere", "freeElsewhere"] }),

  // With the sequence
  sequenceOff: transition({ ...PAUSED, from: ACTIVE, reason: REASONS.sequenceInactive }),
  sequenceOn: transition({ ...RESUMED, from: ["paused"], fromReason: REASONS.sequenceInactive }),
  sequenceArchived: transition({ ...FINISHED, from: LIVE, reason: REASONS.sequenceArchived }),

  // By the contact
  replied: transition({
    ...FINISHED,
    from: LIVE,
    reason: REASONS.replied,
    trigger: "replied",
    guards: ["finishesOnReply"],
  }),
  interested: transition({
    ...FINISHED,
    from: LIVE,
    reason: REASONS.interested,
    trigger: "interested",
    guards: ["finishesOnInterest"],
  }),
  clicked: transition({
    ...FINISHED,
    from: LIVE,
    reason: REASONS.clicked,
    trigger: "clicked",
    guards: ["finishesOnClick"],
  }),
  outOfOffice: transition({
    ...PAUSED,
    from: ACTIVE,
    reason: REASONS.outOfOffice,
    trigger: "out_of_office",
    guards: ["pausesOnOutOfOffice"],
  }),
  unsubscribed: transition({
    ...FINISHED,
    from: LIVE,
    reason: REASONS.unsubscribed,
    trigger: "unsubscribed",
  }),
  meetingBooked: transition({ ...FINISHED, from: LIVE, reason: REASONS.meetingBooked }),
  doNotContact: transition({ ...FINISHED, from: LIVE, reason: REASONS.doNotContact }),

  // By the engine, and by what came back
  completedLastStep: transition({
    ...FINISHED,
    from: ACTIVE,
    reason: REASONS.completedLastStep,
    trigger: "finished",
  }),
  hardBounced: transition({
    ...FAILED,
    from: LIVE,
    reason: REASONS.bounced,
    failure: "bounced",
    trigger: "bounced",
  }),
  spamBlocked: transition({
    ...FAILED,
    from: ACTIVE,
    reason: REASONS.spamBlocked,
    failure: "spam_blocked",
    trigger: "spam_blocked",
  }),
  /** The failure reason says which gate it was. */
  notSent: transition({ ...FAILED, from: ACTIVE, trigger: "not_sent", guards: ["failsWhenNotSent"] }),
  userDeleted: transition({ ...FAILED, from: ACTIVE, reason: REASONS.userDeleted, failure: "user_deleted" }),
};

export const TRANSITIONS: Record<keyof typeof ALL, Transition> = ALL;
export type Cause = keyof typeof ALL;

/** What a contact does moves them to another stage, whether or not it changes anything in the sequence. */
export const COUNTS_ANYWAY: readonly Cause[] = [
  "replied",
  "interested",
  "clicked",
  "outOfOffice",
  "unsubscribed",
  "hardBounced",
];

/** The sequence is switched off: planned sends stop, and what is left of the wait is remembered. */
export const SEQUENCE_OFF = TRANSITIONS.sequenceOff;
/** Switched on again. Contacts with a pause of their own stay paused. */
export const SEQUENCE_ON = TRANSITIONS.sequenceOn;
export const SEQUENCE_ARCHIVED = TRANSITIONS.sequenceArchived;

function transition({
  fromReason = null,
  reason = null,
  failure = null,
  trigger = null,
  guards = [],
  ...rest
}: Pick<Transition, "from" | "to" | "event" | "due"> & Partial<Transition>): Transition {
  return { fromReason, reason, failure, trigger, guards, ...rest };
}
