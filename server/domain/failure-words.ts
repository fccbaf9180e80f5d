// What stays in a row, in words a person understands: why somebody is not active, and why a mail was not sent.

import type { NOT_SENT } from "./enrollment.ts";

const REASON_WORDS: Record<string, string> = {
  "Sequence inactive": "the sequence was switched off",
  "Sequence archived": "the sequence was archived",
  "Completed last step": "the last step was done",
  "scheduled start": "the start was put off to a date",
  "in another sequence": "they begin here when they are through with another sequence",
  "manually paused": "somebody paused them",
  "answer not settled": "they answered, and nobody has settled the answer yet",
  "out of office": "an out-of-office notice came back",
  "manually finished": "somebody marked them as finished",
  stopped: "somebody stopped them",
  "started over": "they started over",
  merged: "they were merged with a contact who is in it",
  undone: "a change was taken back",
  replied: "they replied",
  interested: "they are interested",
  clicked: "they clicked a link",
  unsubscribed: "they unsubscribed",
  "do not contact": "they were marked do not contact",
  bounced: "a mail bounced for good",
  hard_bounced: "a mail bounced for good",
  "spam blocked": "a mail was blocked as spam",
  "User deleted": "whoever owned the sequence or the mailbox left",
};

export const FAILURE_WORDS: Record<
  (typeof NOT_SENT)[number] | "bounced" | "spam_blocked" | "user_deleted",
  string
> = {
  contact_stage_safeguard: "the contact was in a stage that the sequence leaves alone",
  account_stage_safeguard: "the contact's account was in a stage that the sequence leaves alone",
  same_account_reply: "a colleague had replied",
  gdpr_compliance: "a privacy rule forbade it",
  ownership_permission:
    "whoever owned the sequence or the mailbox was gone, or the address it was to come from",
  email_format_invalid: "there was no sound email address",
  email_unverified: "the email address was not verified",
  not_valid_hard_bounce_detected: "mail to this address had bounced for good",
  email_on_global_bounce_list: "the address was on a shared list of bounces",
  new_job_change_detected: "the contact had changed jobs",
  snippets_missing: "the mail needed something that was not known of the contact",
  personalized_opener_missing: "the mail had no opening sentence",
  thread_reply_original_email_missing: "there was no earlier mail to reply to",
  no_active_email_account: "no mailbox was connected",
  email_service_provider_delivery_failure: "the mail server refused the mail",
  sendgrid_dropped_email: "the mail service dropped the mail",
  mailgun_dropped_email: "the mail service dropped the mail",
  other_safeguard: "the mail could not be put together",
  suppressed: "nobody of the team may mail the contact",
  bounced: "the mail bounced for good",
  spam_blocked: "the mail was blocked as spam",
  user_deleted: "whoever owned the sequence or the mailbox left",
};

/** Apollo's codes that nothing here has a cause for; searches take them, and find nothing. */
export const NEVER_GIVEN: Partial<Record<keyof typeof FAILURE_WORDS, string>> = {
  gdpr_compliance:
    "whoever may not be written to is unsubscribed, barred or suppressed; no rule goes by somebody's country",
  email_on_global_bounce_list:
    "every team has its own list of bounces, and none is shared; `ignore_apollo_global_email_bounce_list` is kept as said",
  sendgrid_dropped_email: "mail goes out by SMTP: `email_service_provider_delivery_failure`",
  mailgun_dropped_email: "mail goes out by SMTP: `email_service_provider_delivery_failure`",
};

/** A reason that somebody has written themselves is quoted. */
export function wordsFor(reason: string | null) {
  if (reason === null) return "no reason was given";
  const failures: Record<string, string> = FAILURE_WORDS;
  return REASON_WORDS[reason] ?? failures[reason] ?? `“${reason}”`;
}
