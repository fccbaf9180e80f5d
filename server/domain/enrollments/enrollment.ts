// The states of an enrollment, and the words stored in its row: Apollo's where its examples give them, because clients
// compare them. The transitions between states are in transitions.ts.

export type EnrollmentState = "active" | "paused" | "finished" | "failed" | "removed";

/** Why an enrollment is not active. */
export const REASONS = {
  sequenceInactive: "Sequence inactive",
  sequenceArchived: "Sequence archived",
  completedLastStep: "Completed last step",
  scheduledStart: "scheduled start",
  inAnotherSequence: "in another sequence",
  manuallyPaused: "manually paused",
  outOfOffice: "out of office",
  /** On the wire only: the row stays active, so that tasks for people still come. */
  answerUnsettled: "answer not settled",
  manuallyFinished: "manually finished",
  stopped: "stopped",
  startedOver: "started over",
  merged: "merged",
  replied: "replied",
  interested: "interested",
  clicked: "clicked",
  unsubscribed: "unsubscribed",
  meetingBooked: "meeting booked",
  doNotContact: "do not contact",
  bounced: "bounced",
  spamBlocked: "spam blocked",
  userDeleted: "User deleted",
} as const;

export type EnrollmentEvent =
  | "enrollment.added"
  | "enrollment.paused"
  | "enrollment.resumed"
  | "enrollment.finished"
  | "enrollment.failed"
  | "enrollment.removed"
  | "enrollment.moved";

/** What can move a contact to another stage: the keys of a sequence's stage triggers. */
export const STAGE_EVENTS = [
  "replied",
  "interested",
  "clicked",
  "out_of_office",
  "finished",
  "unsubscribed",
  "bounced",
  "spam_blocked",
  "not_sent",
] as const;
export type StageEvent = (typeof STAGE_EVENTS)[number];

/** What holds of one enrollment, as far as a transition changes it. */
export type EnrollmentStatus = {
  state: EnrollmentState;
  inactiveReason: string | null;
  failureReason: string | null;
  currentStepId: string | null;
  mailboxId: string | null;
  sendFromEmail: string | null;
  dueAt: Temporal.Instant | null;
  pausedAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  manuallySetUnpause: boolean | null;
  finishedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  removedAt: Temporal.Instant | null;
  inResponseTo: string | null;
};

/** The first state of a contact who joins a sequence. */
export function beginning(
  sequence: { isActive: boolean },
  wish: { isPaused: boolean; startsAt: Temporal.Instant | null },
): { state: "active" | "paused"; reason: string | null } {
  if (wish.isPaused)
    return { state: "paused", reason: wish.startsAt ? REASONS.scheduledStart : REASONS.manuallyPaused };
  return sequence.isActive
    ? { state: "active", reason: null }
    : { state: "paused", reason: REASONS.sequenceInactive };
}

/** Failure reasons that mean a step's mail was never sent. */
export const NOT_SENT = [
  "contact_stage_safeguard",
  "account_stage_safeguard",
  "same_account_reply",
  "gdpr_compliance",
  "ownership_permission",
  "email_format_invalid",
  "email_unverified",
  "not_valid_hard_bounce_detected",
  "email_on_global_bounce_list",
  "new_job_change_detected",
  "snippets_missing",
  "personalized_opener_missing",
  "thread_reply_original_email_missing",
  "no_active_email_account",
  "email_service_provider_delivery_failure",
  "sendgrid_dropped_email",
  "mailgun_dropped_email",
  "other_safeguard",
  "suppressed",
] as const;
