// The table of the docs that says for each skip reason what it means and how to add the contact anyway.

import { FLAG_FOR, SKIP_REASONS, type SkipReason } from "./eligibility.ts";

type SkipHelp = {
  means: string;
  /** What a user does, in the app or by any other way. */
  remedy: string;
  /** What a program can do beside sending the flag. */
  call?: string;
};

export const SKIP_HELP: Record<SkipReason, SkipHelp> = {
  contact_not_found: {
    means:
      "Your team has no such contact. It was deleted, or the id is that of a person in the people database.",
    remedy: "Choose another contact, or save the person as a contact first.",
  },
  contacts_unsubscribed: {
    means: "The contact or the address unsubscribed.",
    remedy: "Nothing. Do not email this contact.",
  },
  contacts_bounced: {
    means: "An email to this address hard bounced.",
    remedy: "Save another email address, then add the contact again.",
  },
  contacts_do_not_contact: {
    means: "The contact is marked as do not contact, or the address is on the Do not email list.",
    remedy: "Ask the teammate who set the mark. An admin can remove an entry of the list.",
  },
  contacts_paused: {
    means: "The contact asked for a pause, or a user set one.",
    remedy: "Wait until the pause ends. If the contact writes that emails are welcome again, end the pause.",
    call: "`PATCH /contacts/{id}` with `paused_until: null` ends it.",
  },
  contacts_already_exists_in_current_campaign: {
    means: "The contact, or another contact with the same email address, is in this sequence already.",
    remedy: "Usually nothing: it is normal when the same contacts are added a second time.",
    call: "`re_enroll` restarts a contact who is paused, finished or failed. For a shared address `flag` is `sequence_same_email_in_same_campaign`.",
  },
  contacts_in_pending_state: {
    means: "Another background job is still adding the contact to a sequence.",
    remedy: "Wait until the job has finished, then add the contact again.",
  },
  contacts_without_ownership_permission: {
    means: "The contact belongs to another user.",
    remedy: "Ask the owner or an admin to add the contact.",
    call: "If `flag` is null, no parameter helps: the team lets only owners add their contacts.",
  },
  contacts_without_email: {
    means: "The contact has no email address.",
    remedy:
      "Save an email address. Or add the contact without one: email steps are skipped, calls and tasks still happen.",
  },
  contacts_unverified_email: {
    means: "The email address is not verified.",
    remedy: "Verify the email address, or change it. Or allow unverified addresses when you add the contact.",
  },
  contacts_with_unverified_user_managed_email: {
    means: "Your team entered the email address, and it is not verified. It comes with the reason above.",
    remedy: "As above.",
  },
  contacts_with_job_change: {
    means: "The contact changed jobs in the last 90 days.",
    remedy: "Update the contact's company and address, or dismiss the job change.",
    call: "`job_change_event: null` dismisses it.",
  },
  contacts_active_in_other_campaigns: {
    means: "The contact is active or paused in another sequence.",
    remedy: "Wait, or allow it: the contact then gets emails from both sequences.",
    call: "With `wait_for_other_campaigns` the contact starts when it has finished the other sequences.",
  },
  contacts_finished_in_other_campaigns: {
    means: "The contact finished another sequence.",
    remedy: "Allow it, if the contact may get these emails too.",
  },
  contacts_in_same_company: {
    means: "Another contact of the same company is in this sequence, or comes first in the same request.",
    remedy: "Allow it, if several people of one company may get your emails.",
  },
};

/** For programs. */
export function skipTable(): string[] {
  return [
    "| reason | what it means | parameter (`flag`) | what to do |",
    "|---|---|---|---|",
    ...SKIP_REASONS.map((code) => {
      const { means, remedy, call } = SKIP_HELP[code];
      const flag = FLAG_FOR[code];
      const todo = call === undefined ? remedy : `${remedy} ${call}`;
      return `| \`${code}\` | ${means} | ${flag === null ? "none" : `\`${flag}\``} | ${todo} |`;
    }),
  ];
}
