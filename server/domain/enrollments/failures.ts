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
  isInExcludedStage: boolean;
  isAccountInExcludedStage: boolean;
  /** Whose mailbox it is, and who owns the sequence, have both not left. */
  areUsersThere: boolean;
  isMailboxConnected: boolean;
};

const STILL_SO: Record<string, (now: Conditions) => boolean> = {
  contact_stage_safeguard: (now) => now.isInExcludedStage,
  account_stage_safeguard: (now) => now.isAccountInExcludedStage,
  suppressed: (now) => now.isSuppressed,
  bounced: (now) => now.hasBounced,
  hard_bounced: (now) => now.hasBounced,
  not_valid_hard_bounce_detected: (now) => now.hasBounced,
  email_format_invalid: (now) => !now.hasEmail,
  email_unverified: (now) => !now.hasVerifiedEmail,
  no_active_email_account: (now) => !now.isMailboxConnected,
};

export function isStillSo(failureReason: string | null, now: Conditions) {
  return (failureReason !== null && STILL_SO[failureReason]?.(now)) ?? false;
}
