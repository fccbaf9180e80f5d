// The states of an enrollment, and what moves it from one to another.
//
// A transition is data: the store applies it to any number of rows in one statement, and the words it leaves in
// the row are Apollo's, because clients compare them. Failure columns are history: no transition clears them.

export type EnrollmentState = "active" | "paused" | "finished" | "failed" | "removed";

/** Why somebody is not active, in Apollo's words where its examples give them. */
export const REASONS = {
  sequenceInactive: "Sequence inactive",
  sequenceArchived: "Sequence archived",
  completedLastStep: "Completed last step",
  scheduledStart: "scheduled start",
  manuallyPaused: "manually paused",
  outOfOffice: "out of office",
  manuallyFinished: "manually finished",
  stopped: "stopped",
  startedOver: "started over",
  replied: "replied",
  interested: "interested",
  clicked: "clicked",
  unsubscribed: "unsubscribed",
  doNotContact: "do not contact",
  bounced: "bounced",
  spamBlocked: "spam blocked",
  userDeleted: "User deleted",
} as const;

export type Transition = {
  from: readonly EnrollmentState[];
  /** Only rows that are where they are for this reason. */
  fromReason: string | null;
  to: EnrollmentState;
  reason: string | null;
  event: "enrollment.paused" | "enrollment.resumed" | "enrollment.finished";
};

/** The sequence is switched off: planned sends stop, and what is left of the wait is remembered. */
export const SEQUENCE_OFF: Transition = {
  from: ["active"],
  fromReason: null,
  to: "paused",
  reason: REASONS.sequenceInactive,
  event: "enrollment.paused",
};

/** Switched on again. Whoever was paused for a reason of their own stays so. */
export const SEQUENCE_ON: Transition = {
  from: ["paused"],
  fromReason: REASONS.sequenceInactive,
  to: "active",
  reason: null,
  event: "enrollment.resumed",
};

export const SEQUENCE_ARCHIVED: Transition = {
  from: ["active", "paused"],
  fromReason: null,
  to: "finished",
  reason: REASONS.sequenceArchived,
  event: "enrollment.finished",
};

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

/**
 * Where whoever waits at a step goes when the list of steps changes and that step is no longer in it: to what now
 * stands in its place, and never past a later step that stayed. Null: there is nothing left to do for them.
 */
export function stepInPlaceOf(
  removedId: string,
  before: readonly string[],
  after: readonly string[],
): string | null {
  const at = before.indexOf(removedId);
  const stayed = (id: string) => after.includes(id);
  const earlier = before.slice(0, at).findLastIndex(stayed);
  const later = before.slice(at + 1).find(stayed);
  const earlierNow = earlier < 0 ? -1 : after.indexOf(before[earlier] as string);
  const place = earlierNow + (at - earlier);
  const bound = later === undefined ? after.length : after.indexOf(later);
  return after[bound > earlierNow ? Math.min(place, bound) : place] ?? null;
}
