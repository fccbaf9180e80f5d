// Words for the reasons stored in a row: why an enrollment is not active, and why a mail was not sent.

import { say, texts } from "../../kernel/say.ts";
import type { NOT_SENT, REASONS } from "./enrollment.ts";

type Reason = (typeof REASONS)[keyof typeof REASONS];

const REASON_WORDS: Record<Reason | "undone" | "hard_bounced", string> = texts({
  "Sequence inactive": "the sequence was deactivated",
  "Sequence archived": "the sequence was archived",
  "Completed last step": "the last step was completed",
  "scheduled start": "the start was scheduled for a later date",
  "in another sequence": "the contact starts here after finishing another sequence",
  "manually paused": "a teammate paused the contact",
  "answer not settled": "the contact replied, and the reply is not settled yet",
  "out of office": "an out-of-office reply came in",
  "manually finished": "a teammate marked the contact as finished",
  stopped: "a teammate stopped the contact",
  "started over": "the contact was restarted",
  merged: "the contact was merged with another contact in this sequence",
  undone: "a change was undone",
  replied: "the contact replied",
  interested: "the contact is interested",
  clicked: "the contact clicked a link",
  unsubscribed: "the contact unsubscribed",
  "meeting booked": "the contact booked a meeting",
  "do not contact": "the contact was marked as do not contact",
  bounced: "an email hard bounced",
  hard_bounced: "an email hard bounced",
  "spam blocked": "an email was blocked as spam",
  "User deleted": "the owner of the sequence or of the mailbox left the team",
});

export const FAILURE_WORDS: Record<
  (typeof NOT_SENT)[number] | "bounced" | "spam_blocked" | "user_deleted",
  string
> = texts({
  contact_stage_safeguard: "the contact was in a stage that the sequence excludes",
  account_stage_safeguard: "the contact's account was in a stage that the sequence excludes",
  same_account_reply: "a colleague of the contact had replied",
  gdpr_compliance: "a privacy rule did not allow it",
  ownership_permission:
    "the owner of the sequence or of the mailbox had left the team, or the mailbox no longer had the sender address",
  email_format_invalid: "the email address was missing or invalid",
  email_unverified: "the email address was not verified",
  not_valid_hard_bounce_detected: "an earlier email to this address hard bounced",
  email_on_global_bounce_list: "the address was on a shared list of bounces",
  new_job_change_detected: "the contact had changed jobs",
  snippets_missing: "the contact had no value for a variable in the email",
  personalized_opener_missing: "the email had no personal opener",
  thread_reply_original_email_missing: "there was no earlier email to reply to",
  no_active_email_account: "no mailbox was connected",
  email_service_provider_delivery_failure: "the mail server rejected the email",
  sendgrid_dropped_email: "the mail service dropped the email",
  mailgun_dropped_email: "the mail service dropped the email",
  other_safeguard: "the email could not be composed",
  suppressed: "the contact is unsubscribed, marked as do not contact or on the do not email list",
  bounced: "the email hard bounced",
  spam_blocked: "the email was blocked as spam",
  user_deleted: "the owner of the sequence or of the mailbox left the team",
});

/** Apollo's codes that nothing here has a cause for; searches take them, and find nothing. */
export const NEVER_GIVEN: Partial<Record<keyof typeof FAILURE_WORDS, string>> = texts({
  gdpr_compliance:
    "Cadenza has no rule by country: such contacts are unsubscribed, marked as do not contact or on the do not email list",
  email_on_global_bounce_list:
    "every team has its own list of bounces and there is no shared one; `ignore_apollo_global_email_bounce_list` is stored without effect",
  sendgrid_dropped_email: "Cadenza sends by SMTP and gives `email_service_provider_delivery_failure` instead",
  mailgun_dropped_email: "Cadenza sends by SMTP and gives `email_service_provider_delivery_failure` instead",
});

const WORDS: Partial<Record<string, string>> = texts({ ...FAILURE_WORDS, ...REASON_WORDS });

/** A reason that a user has written is quoted. */
export function wordsFor(reason: string | null) {
  if (reason === null) return say("no reason was given");
  return WORDS[reason] ?? `“${reason}”`;
}
