// Whether what made an enrollment fail is still so: a retry is the same step again, and would fail again.
//
// Only what can be known beforehand is asked here. Whatever else a mail needs is asked again just before it is sent.

/** What is known of the person and the sender at this moment. */
export type Conditions = {
  isUnsubscribed: boolean;
  isDoNotContact: boolean;
  hasBounced: boolean;
  isSuppressed: boolean;
  hasEmail: boolean;
  hasVerifiedEmail: boolean;
  /** Added so that an unverified address is mailed. */
  mayBeUnverified: boolean;
  /** Added so that emails are skipped where there is no address. */
  mayLackAddress: boolean;
  /** Since they were added to the sequence. */
  hasChangedJobs: boolean;
  isInExcludedStage: boolean;
  isAccountInExcludedStage: boolean;
  /** Whose mailbox it is, and who owns the sequence, have both not left. */
  areUsersThere: boolean;
  isMailboxConnected: boolean;
};

/** Every reason that a safeguard gives, and how it shows beforehand; null: only the step itself can tell. */
const STILL_SO = {
  contact_stage_safeguard: (now) => now.isInExcludedStage,
  account_stage_safeguard: (now) => now.isAccountInExcludedStage,
  suppressed: (now) => now.isSuppressed,
  bounced: (now) => now.hasBounced,
  hard_bounced: (now) => now.hasBounced,
  not_valid_hard_bounce_detected: (now) => now.hasBounced,
  email_format_invalid: (now) => !now.hasEmail && !now.mayLackAddress,
  email_unverified: (now) => !now.hasVerifiedEmail && !now.mayBeUnverified,
  new_job_change_detected: (now) => now.hasChangedJobs,
  no_active_email_account: (now) => !now.isMailboxConnected,
  ownership_permission: null,
  same_account_reply: null,
  personalized_opener_missing: null,
  snippets_missing: null,
  thread_reply_original_email_missing: null,
  other_safeguard: null,
} satisfies Record<string, ((now: Conditions) => boolean) | null>;

export type FailureReason = keyof typeof STILL_SO;

/** Also for reasons that are no safeguard's, such as a rejection by a mail server: those are asked again by trying. */
export function isStillSo(failureReason: string | null, now: Conditions) {
  if (failureReason === null || !Object.hasOwn(STILL_SO, failureReason)) return false;
  return STILL_SO[failureReason as FailureReason]?.(now) ?? false;
}
