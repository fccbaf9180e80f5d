// Why a contact is paused, finished or failed, in a few words: for the table and its filter. The whole sentence is behind the click.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

const REASONS: Record<string, string> = perLanguage(() => ({
  "Sequence inactive": t("sequence not active"),
  "Sequence archived": t("sequence archived"),
  "Completed last step": t("all steps completed"),
  "scheduled start": t("starts later"),
  "in another sequence": t("waits for another sequence"),
  "manually paused": t("paused by a user"),
  "answer not settled": t("reply not reviewed"),
  "out of office": t("out of office"),
  "manually finished": t("finished by a user"),
  stopped: t("stopped by a user"),
  "started over": t("restarted"),
  merged: t("merged with another contact"),
  undone: t("change undone"),
  replied: t("replied"),
  interested: t("interested"),
  clicked: t("clicked a link"),
  unsubscribed: t("unsubscribed"),
  "meeting booked": t("meeting booked"),
  "do not contact": t("do not contact"),
  bounced: t("email bounced"),
  hard_bounced: t("email bounced"),
  "spam blocked": t("blocked as spam"),
  spam_blocked: t("blocked as spam"),
  "User deleted": t("owner left the team"),
  user_deleted: t("owner left the team"),
  contact_stage_safeguard: t("stage of the contact excluded"),
  account_stage_safeguard: t("stage of the company excluded"),
  same_account_reply: t("a colleague replied"),
  gdpr_compliance: t("not allowed by a privacy rule"),
  ownership_permission: t("owner or sender address gone"),
  email_format_invalid: t("no valid email address"),
  email_unverified: t("email address not verified"),
  not_valid_hard_bounce_detected: t("an earlier email bounced"),
  email_on_global_bounce_list: t("address on a list of bounces"),
  new_job_change_detected: t("changed jobs"),
  snippets_missing: t("value for a variable missing"),
  personalized_opener_missing: t("opening sentence missing"),
  thread_reply_original_email_missing: t("no earlier email to reply to"),
  no_active_email_account: t("no mailbox connected"),
  email_service_provider_delivery_failure: t("rejected by the mail server"),
  sendgrid_dropped_email: t("dropped by the mail service"),
  mailgun_dropped_email: t("dropped by the mail service"),
  other_safeguard: t("email could not be composed"),
  suppressed: t("must not be emailed"),
}));

/** What a user or a program wrote as the reason is quoted. */
export function sayReason(reason: string) {
  return REASONS[reason] ?? t("“{text}”", { text: reason });
}
