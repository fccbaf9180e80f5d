// Where no call mends what holds somebody: what a person can do, and the page where they do it; or why nothing need be done.
// A call may be missing for one person and there for another, who may do more; so every code has its words here.

type Evidence = Record<string, unknown>;
export type ByHand = { says: string; href?: string; link?: string };
type Rule = (evidence: Evidence) => ByHand;

const PASSES: Rule = () => ({ says: "It passes by itself: nothing needs to be done." });
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

const onContact = (says: string) => onPage(says, "contact_id", "/contacts", "Open the contact");
const onMailbox = (says: string) =>
  onPage(says, "email_account_id", "/settings/mailboxes", "Open the mailbox");
const onSequence = (says: string, tab = "") =>
  onPage(says, "emailer_campaign_id", "/sequences", "Open the sequence", tab && `?tab=${tab}`);

/** By the code of the hold, in the order in which they are asked. */
export const BY_HAND: Record<string, Rule> = {
  sequence_archived: only("Whoever manages the sequence can take it out of the archive."),
  sequence_inactive: only("Whoever may edit the sequence can switch it on."),
  no_steps: only("Give the sequence a first step."),
  nobody_waits: only("Add contacts, and there is something to do."),
  step_removed: ({ has_steps }) =>
    has_steps === false
      ? { says: "Give the sequence a step, and they go on." }
      : { says: "It passes by itself: nothing needs to be done." },
  step_off: only("Whoever may edit the sequence can switch the step on."),
  enrollment_removed: only("Whoever is to go on has to be added again."),
  enrollment_finished: only("They have had every step that was meant for them."),
  enrollment_failed: only("Trying again would fail alike: mend what the reason names first."),
  enrollment_paused: only("Whoever may edit the sequence can let them go on."),
  contact_unsubscribed: only("Only the contact can take that back."),
  answer_unsettled: ({ incoming_mail_id: id }) => ({
    says: "Say in the inbox what the answer was.",
    href: id ? `/inbox?open=${id}&tab=all` : "/inbox",
    link: "Open the answer",
  }),
  contact_paused: onContact("They go on by themselves when the pause they asked for is over."),
  contact_do_not_contact: onContact("Somebody marked them so: ask before it is lifted."),
  suppressed: () => ({
    says: "The address asked for it, or its mail server refused it for good; what people have barred can be lifted.",
    href: "/settings/suppressions",
    link: "Who is not mailed",
  }),
  contact_stage_safeguard: onContact("Give the contact another stage."),
  account_stage_safeguard: onPage(
    "Give the company another stage.",
    "account_id",
    "/companies",
    "Open the company",
  ),
  same_account_reply: onSequence("The sequence's rules decide whether colleagues are mailed.", "settings"),
  "delayed:same_account_reply": PASSES,
  ownership_permission: only("An admin can give it to somebody else, or another mailbox can send."),
  sample_person: only("Nothing needs mending: nobody invented is ever mailed."),
  email_skipped: onContact("Give the contact an address if it should get the mail."),
  email_missing: onContact("Give the contact an address."),
  email_format_invalid: onContact("Mend the address."),
  same_address_in_sequence: onContact(
    "Give one of the two another address, or take one out of the sequence. An address that several people share can be added so.",
  ),
  not_valid_hard_bounce_detected: onContact("Give the contact another address."),
  email_unverified: onContact("Verify the address, or give the contact another."),
  new_job_change_detected: onContact("Update the contact, or dismiss the change."),
  needs_review: only("A mail of the step has to be approved by whoever may edit the sequence."),
  mail_unreadable: only("Mend the text of the step."),
  snippets_missing: onContact("Fill in what is missing, and the mail can go."),
  personalized_opener_missing: only("Write the sentence, or let the mail go without one."),
  thread_reply_original_email_missing: only("Send it as a new mail."),
  no_active_email_account: (evidence) =>
    evidence.email_account_id
      ? onMailbox("Connect it again, or let another mailbox send.")(evidence)
      : { says: "Connect a mailbox.", href: "/settings/mailboxes", link: "Mailboxes" },
  not_due: PASSES,
  outside_window: ({ opens_at }) =>
    opens_at
      ? {
          says: "It passes by itself: nothing needs to be done.",
          href: "/settings/schedules",
          link: "Schedules",
        }
      : {
          says: "Give the schedule an hour in which mails may go.",
          href: "/settings/schedules",
          link: "Schedules",
        },
  inbox_unread: onMailbox(
    "It passes when the inbox has been read. What is wrong with reading it stands with the mailbox.",
  ),
  server_hangs: onMailbox("It passes by itself. Its last errors stand with the mailbox."),
  provider_rate_limited: onMailbox("It passes by itself. Its last errors stand with the mailbox."),
  "limit:mailbox_day": onMailbox("It passes by itself; the mailbox's owner may raise the limit."),
  "limit:mailbox_hour": onMailbox("It passes by itself; the mailbox's owner may raise the limit."),
  "limit:mailbox_gap": PASSES,
  "limit:sequence_day": only("It passes by itself; whoever may edit the sequence may raise the limit."),
  "limit:step_day": only("It passes by itself; whoever may edit the sequence may raise the limit."),
  "limit:domain_day": only("It passes by itself; an admin may raise the team's limit."),
  "limit:touches": () => ({
    says: "It passes by itself when the oldest of these is old enough. Admins set the team's limits.",
    href: "/settings/team",
    link: "Limits of touches",
  }),
  delivery_unconfirmed: only("Whoever knows whether it arrived can say so in the Outbox."),
  instance_fenced: only("An operator has to confirm that mail may be sent from here."),
  queue: PASSES,
  waits_for_person: only("Whoever has the task goes on with it; an admin may do it for them."),
};

/** What to do by hand about a hold that no call mends; null for a code nobody has told this page of. */
export function byHand({ code, evidence }: { code: string; evidence: Evidence }): ByHand | null {
  return BY_HAND[code]?.(evidence) ?? null;
}
