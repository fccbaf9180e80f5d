// The reasons why a contact is left out, and what lets them in, in the words of the screen.

import { listFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Check } from "./check.ts";
import type { AllowFlag } from "./wish.ts";

type Words = {
  /** Of one; of several. */
  says: readonly [one: string, many: string];
  /** Where nothing lets them in: why not. */
  never?: string;
};

const REASONS: Record<string, Words> = perLanguage(() => ({
  contact_not_found: {
    says: [t("Not in your team"), t("Not in your team")],
    never: t("The contact may have been deleted."),
  },
  contacts_unsubscribed: {
    says: [t("Unsubscribed"), t("Unsubscribed")],
    never: t("Only the contact can undo this."),
  },
  contacts_bounced: {
    says: [t("Email address bounced"), t("Email addresses bounced")],
    never: t("Add another email address first."),
  },
  contacts_do_not_contact: {
    says: [t("Do not contact"), t("Do not contact")],
    never: t("Marked so on the contact, or on the Do not email list."),
  },
  contacts_paused: {
    says: [t("Paused at the contact's request"), t("Paused at the contacts' request")],
    never: t("The pause ends by itself. Anyone who can edit the contact can end it earlier."),
  },
  contacts_already_exists_in_current_campaign: {
    says: [t("Already in this sequence"), t("Already in this sequence")],
    never: t("A contact can be in a sequence only once."),
  },
  contacts_in_pending_state: {
    says: [t("Being added to another sequence"), t("Being added to other sequences")],
  },
  contacts_without_ownership_permission: {
    says: [t("Owned by a teammate"), t("Owned by teammates")],
    never: t("Ask the owner or an admin."),
  },
  contacts_without_email: { says: [t("No email address"), t("No email address")] },
  contacts_unverified_email: { says: [t("Email address not verified"), t("Email addresses not verified")] },
  contacts_with_unverified_user_managed_email: {
    says: [
      t("Email address added by your team, not verified"),
      t("Email addresses added by your team, not verified"),
    ],
  },
  contacts_with_job_change: { says: [t("Changed jobs recently"), t("Changed jobs recently")] },
  contacts_active_in_other_campaigns: {
    says: [t("Active in another sequence"), t("Active in other sequences")],
  },
  contacts_finished_in_other_campaigns: {
    says: [t("Finished another sequence"), t("Finished other sequences")],
  },
  contacts_in_same_company: {
    says: [t("Same company as a contact in this sequence"), t("Same company as a contact in this sequence")],
  },
}));

export function reasonWords(code: string, count: number) {
  const words = REASONS[code];
  const [one, many] = words?.says ?? [asWords(code), asWords(code)];
  return { says: count === 1 ? one : many, never: words?.never ?? t("These contacts can't be added.") };
}

function asWords(code: string) {
  const text = code.replace(/^contacts?_/, "").replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The words for waiving a reason: as a choice before the check, and as a chip after it. */
export const FLAG_WORDS: Record<AllowFlag, { says: string; but: string }> = perLanguage(() => ({
  sequence_unverified_email: {
    says: t("Contacts with an unverified email address"),
    but: t("Emails to them bounce more often."),
  },
  sequence_active_in_other_campaigns: {
    says: t("Contacts active in another sequence"),
    but: t("They will get emails from both."),
  },
  sequence_finished_in_other_campaigns: {
    says: t("Contacts who finished another sequence"),
    but: t("They already got emails from you."),
  },
  sequence_same_company_in_same_campaign: {
    says: t("Contacts at a company already in this sequence"),
    but: t("Several people at one company will get your emails."),
  },
  sequence_same_email_in_same_campaign: {
    says: t("Contacts who share an email address with a contact in this sequence"),
    but: t("That address will get every step more than once."),
  },
  sequence_job_change: {
    says: t("Contacts who changed jobs within 90 days"),
    but: t("Their email address may be out of date."),
  },
  sequence_no_email: {
    says: t("Contacts without an email address"),
    but: t("Email steps are skipped; calls and tasks remain."),
  },
  contacts_without_ownership_permission: {
    says: t("Contacts owned by teammates"),
    but: t("You will add contacts that you don't own."),
  },
  add_if_in_queue: {
    says: t("Contacts being added to another sequence"),
    but: t("They may end up in both."),
  },
}));

/** Of those who join: what they have in common, and what follows. `steps` are the steps that it is about. */
const WARNINGS: Record<string, (said: { steps: string; missing: string }) => string> = {
  contact_stage_safeguard: () => t("in a stage that this sequence excludes: their emails will fail"),
  account_stage_safeguard: () =>
    t("at a company in a stage that this sequence excludes: their emails will fail"),
  same_account_reply: () => t("at a company where a colleague replied: their emails will be on hold"),
  ownership_permission: () => t("to a sequence whose owner has left: their emails will fail"),
  email_format_invalid: () => t("with an invalid email address: their emails will fail"),
  answer_unsettled: () =>
    t("with a reply that nobody has reviewed: automatic emails wait until you review it in the inbox"),
  touch_limit: () => t("at the contact frequency limit: their first step will wait"),
  needs_review: ({ steps }) => t("and wait at {steps}, which has no approved email", { steps }),
  snippets_missing: ({ steps, missing }) =>
    t("without {missing}, which the email of {steps} needs: it will fail", {
      missing: missing || t("a value"),
      steps,
    }),
  personalized_opener_missing: ({ steps }) =>
    t("without the opening sentence that the email of {steps} needs: it will fail", { steps }),
  mail_unreadable: ({ steps }) =>
    t("although the email of {steps} can't be composed: it will fail", { steps }),
  thread_reply_original_email_missing: ({ steps }) =>
    t("although the email of {steps} replies to a thread that no earlier email starts: it will fail", {
      steps,
    }),
  email_skipped: ({ steps }) =>
    steps
      ? t("without an email address: the email of {steps} will be skipped; calls and tasks remain", { steps })
      : t("without an email address: calls and tasks remain"),
};

/** What the person who adds them should know, with names and steps. */
export function warningWords({ code, count: people, steps, names, missing }: Check["warnings"][number]) {
  const whom = t("{people, plural, one {# contact} other {# contacts}}{people2}", {
    people,
    people2: named(people, names),
  });
  const which = stepWords(steps);
  if (code === "steps_received")
    return t("{whom} will be added again and will get {which} a second time.", { whom, which });
  const said = { steps: which, missing: listWords(missing.map((one) => one.replaceAll("_", " "))) };
  return t("{whom} will be added {said}.", {
    whom,
    said: WARNINGS[code]?.(said) ?? t("with a warning ({code})", { code: asWords(code).toLowerCase() }),
  });
}

function named(people: number, names: readonly string[]) {
  if (names.length === 0) return "";
  const more = people - names.length;
  return ` (${listWords(more > 0 ? [...names, t("{more} more", { more })] : names)})`;
}

function stepWords(steps: readonly number[]) {
  return steps.length === 0
    ? ""
    : t("{steps, plural, one {step} other {steps}} {words}", {
        steps: steps.length,
        words: listWords(steps.map(String)),
      });
}

function listWords(words: readonly string[]) {
  return listFormat().format(words);
}
