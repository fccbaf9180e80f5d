// The reasons for which somebody is left out, and what lets them in, in the words of the screen.

import { count } from "../../parts/figures.ts";
import type { Check } from "./check.ts";
import type { Flag } from "./wish.ts";

type Words = {
  /** Of one; of several. */
  says: readonly [one: string, many: string];
  /** Where nothing lets them in: why not. */
  never?: string;
};

const REASONS: Record<string, Words> = {
  contact_not_found: {
    says: ["Not in your team", "Not in your team"],
    never: "They may have been deleted.",
  },
  contacts_unsubscribed: {
    says: ["Asked not to be mailed", "Asked not to be mailed"],
    never: "Nobody but the contact can take that back.",
  },
  contacts_bounced: {
    says: ["Mail to the address bounced", "Mail to the address bounced"],
    never: "Give them another address first.",
  },
  contacts_do_not_contact: {
    says: ["Not to be contacted", "Not to be contacted"],
    never: "They are marked so, or on the suppression list.",
  },
  contacts_paused: {
    says: ["Asked for a pause", "Asked for a pause"],
    never: "They go on by themselves when it is over; whoever may change the contact can lift it.",
  },
  contacts_already_exists_in_current_campaign: {
    says: ["Already in this sequence", "Already in this sequence"],
    never: "Nobody is in a sequence twice.",
  },
  contacts_in_pending_state: {
    says: ["Another job still adds them elsewhere", "Another job still adds them elsewhere"],
  },
  contacts_without_ownership_permission: {
    says: ["Owned by another user", "Owned by other users"],
    never: "Ask their owner, or an admin.",
  },
  contacts_without_email: { says: ["No email address", "No email address"] },
  contacts_unverified_email: { says: ["Address not verified", "Addresses not verified"] },
  contacts_with_unverified_user_managed_email: {
    says: ["Address of your own, not verified", "Addresses of your own, not verified"],
  },
  contacts_with_job_change: { says: ["Changed jobs lately", "Changed jobs lately"] },
  contacts_active_in_other_campaigns: {
    says: ["Active in another sequence", "Active in other sequences"],
  },
  contacts_finished_in_other_campaigns: {
    says: ["Finished another sequence", "Finished other sequences"],
  },
  contacts_in_same_company: {
    says: ["A colleague is in this sequence", "Colleagues are in this sequence"],
  },
};

export function reasonWords(code: string, count: number) {
  const words = REASONS[code];
  const [one, many] = words?.says ?? [asWords(code), asWords(code)];
  return { says: count === 1 ? one : many, never: words?.never ?? "Nothing lets them in." };
}

function asWords(code: string) {
  const text = code.replace(/^contacts?_/, "").replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What somebody says who lets them in: as a choice before the check, and as a chip after it. */
export const FLAG_WORDS: Record<Flag, { says: string; but: string }> = {
  sequence_unverified_email: {
    says: "Addresses that nobody has verified",
    but: "Mails to them bounce more often.",
  },
  sequence_active_in_other_campaigns: {
    says: "Contacts active in another sequence",
    but: "They get mails from both.",
  },
  sequence_finished_in_other_campaigns: {
    says: "Contacts who finished another sequence",
    but: "They have heard from you before.",
  },
  sequence_same_company_in_same_campaign: {
    says: "Colleagues of people in this sequence",
    but: "One company hears from you twice.",
  },
  sequence_same_email_in_same_campaign: {
    says: "Contacts who share an address with someone in this sequence",
    but: "The address gets every step more than once.",
  },
  sequence_job_change: {
    says: "Contacts who changed jobs within 90 days",
    but: "The address may be one they have left.",
  },
  sequence_no_email: {
    says: "Contacts without an email address",
    but: "Their mails are skipped; calls and tasks happen.",
  },
  contacts_without_ownership_permission: {
    says: "Contacts of other owners",
    but: "You add contacts that are not yours.",
  },
  add_if_in_queue: {
    says: "Contacts whom another job still adds elsewhere",
    but: "They may end up in both.",
  },
};

/** Of those who join: what they have in common, and what follows. `steps` are the steps that it is about. */
const WARNINGS: Record<string, (said: { steps: string; missing: string }) => string> = {
  contact_stage_safeguard: () => "in a stage this sequence does not mail: their mails fail",
  account_stage_safeguard: () => "of a company in a stage this sequence does not mail: their mails fail",
  same_account_reply: () => "whose colleague has answered: their mails are held back",
  ownership_permission: () => "in a sequence whose owner has left: their mails fail",
  email_format_invalid: () => "with an invalid email address: their mails fail",
  answer_unsettled: () =>
    "whose answer is not settled yet: automatic mails wait until it is settled in the inbox",
  touch_limit: () => "touched as often as the team allows: their first step waits",
  snippets_missing: ({ steps, missing }) =>
    `without ${missing || "a value"}, which the mail of ${steps} needs: it fails`,
  personalized_opener_missing: ({ steps }) =>
    `without the opening sentence that the mail of ${steps} needs: it fails`,
  mail_unreadable: ({ steps }) => `for whom the mail of ${steps} cannot be composed: it fails`,
  thread_reply_original_email_missing: ({ steps }) =>
    `for whom the mail of ${steps} replies in a thread that no earlier mail begins: it fails`,
  email_skipped: ({ steps }) =>
    `without an email address: ${steps ? `the mail of ${steps} is skipped; ` : ""}calls and tasks happen`,
};

/** What the person who adds them should know, with names and steps. */
export function warningWords({ code, count: people, steps, names, missing }: Check["warnings"][number]) {
  const whom = `${count(people, "contact")}${named(people, names)}`;
  const which = stepWords(steps);
  if (code === "steps_received")
    return `${whom} would join once more: what they had of ${which} is sent to them again.`;
  const said = { steps: which, missing: listWords(missing.map((one) => one.replaceAll("_", " "))) };
  return `${whom} would join ${WARNINGS[code]?.(said) ?? `with a warning (${asWords(code).toLowerCase()})`}.`;
}

function named(people: number, names: readonly string[]) {
  if (names.length === 0) return "";
  const more = people - names.length;
  return ` (${listWords(more > 0 ? [...names, `${more} more`] : names)})`;
}

function stepWords(steps: readonly number[]) {
  return steps.length === 0 ? "" : `${steps.length === 1 ? "step" : "steps"} ${listWords(steps.map(String))}`;
}

function listWords(words: readonly string[]) {
  return new Intl.ListFormat("en-GB").format(words);
}
