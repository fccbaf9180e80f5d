// A contact's name, and whether they may be mailed, in words.

import { figure } from "../../parts/figures.ts";
import { State, type StateKind } from "../../parts/State.tsx";

export function nameOf({ name, email }: { name: string | null; email: string | null }) {
  return name?.trim() || email || "Without a name";
}

export const EMAIL_STATUSES: Record<string, { kind: StateKind; word: string }> = {
  verified: { kind: "good", word: "Verified" },
  "likely to engage": { kind: "good", word: "Likely to engage" },
  user_managed: { kind: "good", word: "Entered by hand" },
  unverified: { kind: "waiting", word: "Not verified" },
  guessed: { kind: "waiting", word: "Guessed" },
  extrapolated: { kind: "waiting", word: "Guessed by pattern" },
  pending_manual_fulfillment: { kind: "waiting", word: "Being looked up" },
  unavailable: { kind: "off", word: "Not available" },
  bounced: { kind: "bad", word: "Bounced" },
  do_not_email: { kind: "bad", word: "Not to be mailed" },
  spam_block: { kind: "bad", word: "Refused as spam" },
};

type Mailable = {
  email: string | null;
  email_status: string | null;
  email_true_status?: string | null;
  email_unsubscribed: boolean | null;
  do_not_contact: boolean;
  paused_until?: string | null;
};

export function isPaused(until: string | null | undefined): until is string {
  return typeof until === "string" && Date.parse(until) > Date.now();
}

/** What stands against mailing somebody goes before what is known of the address. */
export function mailStanding(contact: Mailable): { kind: StateKind; word: string } {
  if (contact.do_not_contact) return { kind: "bad", word: "Do not contact" };
  if (contact.email_unsubscribed) return { kind: "bad", word: "Unsubscribed" };
  if (isPaused(contact.paused_until)) return { kind: "waiting", word: "Paused" };
  if (!contact.email) return { kind: "off", word: "No address" };
  if (contact.email_status === "verified" && contact.email_true_status === "User Managed")
    return { kind: "good", word: "Given, not checked" };
  return EMAIL_STATUSES[contact.email_status ?? ""] ?? { kind: "off", word: "Not checked" };
}

export function MailStanding({ contact }: { contact: Mailable }) {
  const { kind, word } = mailStanding(contact);
  return <State kind={kind}>{word}</State>;
}

export function sayCount(
  total: number | undefined,
  isAtLeast: boolean,
  [one, many]: readonly [string, string],
) {
  if (total === undefined) return undefined;
  return `${isAtLeast ? "More than " : ""}${figure(total)} ${total === 1 ? one : many}`;
}

export function sayContacts(count: number) {
  return `${figure(count)} ${count === 1 ? "contact" : "contacts"}`;
}
