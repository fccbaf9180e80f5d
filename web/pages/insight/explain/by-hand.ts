// For holds that no call fixes: what a person can do, and the page for it; or why nothing need be done. A call may be
// missing for one user and available to another with more rights, so every code has its words here.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

type Evidence = Record<string, unknown>;
type ByHand = { says: string; href?: string; link?: string; adminOnly?: true };
type Rule = (evidence: Evidence) => ByHand;

const PASSES: Rule = () => ({ says: t("This ends by itself. You do not need to do anything.") });
const only =
  (says: string): Rule =>
  () => ({ says });

/** A page of the record that the evidence names; without it the words stand alone. */
const onPage =
  (says: string, key: string, place: string, link: string, tab = ""): Rule =>
  (evidence) => {
    const id = evidence[key];
    return typeof id === "string" ? { says, href: `${place}/${id}${tab}`, link } : { says };
  };

const onContact = (says: string) => onPage(says, "contact_id", "/contacts", t("Open the contact"));
const onMailbox = (says: string) =>
  onPage(says, "email_account_id", "/settings/mailboxes", t("Open the mailbox"));
const onSequence = (says: string, tab = "") =>
  onPage(says, "emailer_campaign_id", "/sequences", t("Open the sequence"), tab && `?tab=${tab}`);

/** By the code of the hold, in the order in which they are asked. */
export const BY_HAND: Record<string, Rule> = perLanguage(() => ({
  sequence_archived: only(t("A user who manages the sequence can unarchive it.")),
  sequence_inactive: only(t("A user who can edit the sequence can activate it.")),
  no_steps: only(t("Add a first step to the sequence.")),
  nobody_waits: only(t("Add contacts to the sequence.")),
  step_removed: ({ has_steps }) =>
    has_steps === false
      ? { says: t("Add a step to the sequence, and the contact continues.") }
      : { says: t("This ends by itself. You do not need to do anything.") },
  step_off: only(t("A user who can edit the sequence can turn on the step.")),
  enrollment_removed: only(t("Add the contact to the sequence again to continue.")),
  enrollment_finished: only(t("Restart the contact in the sequence to begin again at step 1.")),
  enrollment_failed: only(t("Fix the reason first. Otherwise it will fail again.")),
  enrollment_paused: only(t("A user who can edit the sequence can resume the contact.")),
  contact_unsubscribed: only(t("Only the contact can subscribe again.")),
  answer_unsettled: ({ incoming_mail_id: id }) => ({
    says: t("Choose in the inbox what the reply is."),
    href: id ? `/inbox?open=${id}&tab=all` : "/inbox",
    link: t("Open the reply"),
  }),
  contact_paused: onContact(t("The contact resumes by itself when the pause ends.")),
  contact_do_not_contact: onContact(t("A user set this. Ask them before you remove it.")),
  suppressed: () => ({
    says: t("The contact asked for it, or the address bounced. Entries that users added can be removed."),
    href: "/settings/suppressions",
    link: t("Do not email list"),
  }),
  contact_stage_safeguard: onContact(t("Change the stage of the contact.")),
  account_stage_safeguard: onPage(
    t("Change the stage of the company."),
    "account_id",
    "/companies",
    t("Open the company"),
  ),
  same_account_reply: onSequence(
    t("The sequence settings decide whether other contacts at the company still get emails."),
    "settings",
  ),
  "delayed:same_account_reply": PASSES,
  ownership_permission: only(t("An admin can change the owner, or you can use another mailbox.")),
  sample_person: only(t("Sample contacts never get real emails.")),
  email_skipped: onContact(t("Add an email address to send this email.")),
  email_missing: onContact(t("Add an email address to the contact.")),
  email_format_invalid: onContact(t("Correct the email address.")),
  same_address_in_sequence: onContact(
    t("Change the address of one contact, or remove one from the sequence."),
  ),
  not_valid_hard_bounce_detected: onContact(t("Change the email address of the contact.")),
  email_unverified: onContact(t("Verify the email address, or change it.")),
  new_job_change_detected: onContact(t("Update the contact, or dismiss the change.")),
  needs_review: only(t("A user who can edit the sequence must approve an email of this step.")),
  mail_unreadable: only(t("Correct the text of the step.")),
  snippets_missing: onContact(t("Fill in the missing fields to send the email.")),
  personalized_opener_missing: only(t("Write the personal opener, or send the email without it.")),
  thread_reply_original_email_missing: only(t("Send it as a new email.")),
  no_active_email_account: (evidence) =>
    evidence.email_account_id
      ? onMailbox(t("Reconnect the mailbox, or use another one."))(evidence)
      : { says: t("Connect a mailbox."), href: "/settings/mailboxes", link: t("Mailboxes") },
  not_due: PASSES,
  outside_window: ({ opens_at }) =>
    opens_at
      ? {
          says: t("This ends by itself. You do not need to do anything."),
          href: "/settings/schedules",
          link: t("Schedules"),
        }
      : {
          says: t("Add sending hours to the schedule."),
          href: "/settings/schedules",
          link: t("Schedules"),
        },
  inbox_unread: onMailbox(
    t("Sending resumes when the mailbox has been read. The mailbox page shows errors."),
  ),
  lock_held: ({ sql_login_id: id }) => ({
    says: t(
      "Sending resumes when the database session ends. Nothing is lost. The database administrator can end the session.",
    ),
    ...(id ? { href: "/settings/sql", link: t("Database logins"), adminOnly: true } : {}),
  }),
  server_hangs: onMailbox(t("This ends by itself. The mailbox page shows the last errors.")),
  provider_rate_limited: onMailbox(t("This ends by itself. The mailbox page shows the last errors.")),
  "brake:mailbox": onMailbox(
    t("The first level ends when the figures are better. The mailbox owner or an admin can lift the brake."),
  ),
  "brake:sequence": onSequence(
    t("The first level ends when the figures are better. The sequence owner or an admin can lift the brake."),
  ),
  "brake:team": () => ({
    says: t("The first level ends when the figures are better. An admin can lift the brake."),
    href: "/settings/team",
    link: t("Brakes"),
  }),
  "limit:mailbox_day": onMailbox(t("This ends by itself. The mailbox owner can raise the limit.")),
  "limit:mailbox_hour": onMailbox(t("This ends by itself. The mailbox owner can raise the limit.")),
  "limit:mailbox_new_contacts": onMailbox(t("This ends by itself. The mailbox owner can raise the limit.")),
  "limit:mailbox_gap": PASSES,
  "limit:sequence_day": only(t("This ends by itself. A user who can edit the sequence can raise the limit.")),
  "limit:new_contacts_day": only(
    t("This ends by itself. A user who can edit the sequence can raise the limit."),
  ),
  "limit:step_day": only(t("This ends by itself. A user who can edit the sequence can raise the limit.")),
  "limit:recipients": only(t("This ends by itself. An admin can raise the team's limit.")),
  "limit:domain_day": only(t("This ends by itself. An admin can raise the team's limit.")),
  "limit:linkedin_day": () => ({
    says: t("This ends tomorrow, or when open LinkedIn tasks are done. Admins set the limits."),
    href: "/settings/team",
    link: t("LinkedIn limits"),
  }),
  "limit:touches": () => ({
    says: t("This ends by itself when older emails no longer count. Admins set the limits."),
    href: "/settings/team",
    link: t("Contact frequency limits"),
  }),
  delivery_unconfirmed: only(t("Mark the email as delivered in the outbox, or send it again.")),
  instance_fenced: only(t("An admin must confirm that this server may send emails.")),
  queue: PASSES,
  waits_for_condition: only(t("This ends by itself. To end it now, move the contact to another step.")),
  waits_for_person: only(t("The task's owner or an admin must complete it.")),
}));

/** What to do by hand about a hold that no call fixes; null for a code that this page does not know. */
export function byHand({ code, evidence }: { code: string; evidence: Evidence }): ByHand | null {
  return BY_HAND[code]?.(evidence) ?? null;
}
