// A contact's name, and whether they may be mailed, in words.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { State, type StateKind } from "../../../parts/State.tsx";

export function nameOf({ name, email }: { name: string | null; email: string | null }) {
  return name?.trim() || email || t("No name");
}

export const EMAIL_STATUSES: Record<string, { kind: StateKind; word: string }> = perLanguage(() => ({
  verified: { kind: "good", word: t("Verified") },
  "likely to engage": { kind: "good", word: t("Likely to engage") },
  user_managed: { kind: "off", word: t("Added manually") },
  unverified: { kind: "waiting", word: t("Not verified") },
  guessed: { kind: "waiting", word: t("Guessed") },
  extrapolated: { kind: "waiting", word: t("Guessed from pattern") },
  pending_manual_fulfillment: { kind: "waiting", word: t("Lookup in progress") },
  unavailable: { kind: "off", word: t("Not available") },
  bounced: { kind: "bad", word: t("Bounced") },
  do_not_email: { kind: "bad", word: t("Do not email") },
  spam_block: { kind: "bad", word: t("Blocked as spam") },
}));

type Mailable = {
  email: string | null;
  email_status: string | null;
  email_true_status?: string | null;
  email_unsubscribed: boolean | null;
  do_not_contact: boolean;
  paused_until?: string | null;
};

export function isPaused(until: string | null | undefined): until is string {
  return typeof until === "string" && Date.parse(until) > currentTimeMs();
}

/** A reason not to mail the contact goes before what is known of the address. */
function mailStanding(contact: Mailable): { kind: StateKind; word: string } {
  if (contact.do_not_contact) return { kind: "bad", word: t("Do not contact") };
  if (contact.email_unsubscribed) return { kind: "bad", word: t("Unsubscribed") };
  if (isPaused(contact.paused_until)) return { kind: "waiting", word: t("Paused") };
  if (!contact.email) return { kind: "off", word: t("No email") };
  if (contact.email_status === "verified" && contact.email_true_status === "User Managed")
    return { kind: "off", word: t("Added manually, not checked") }; // what was not checked is neither good nor bad
  return EMAIL_STATUSES[contact.email_status ?? ""] ?? { kind: "off", word: t("Not checked") };
}

export function MailStanding({ contact }: { contact: Mailable }) {
  const { kind, word } = mailStanding(contact);
  return <State kind={kind}>{word}</State>;
}

export function sayCount(total: number | undefined, isAtLeast: boolean, noun: "contact" | "company") {
  if (total === undefined) return undefined;
  if (noun === "company")
    return isAtLeast
      ? t("More than {total, plural, one {# company} other {# companies}}", { total })
      : t("{total, plural, one {# company} other {# companies}}", { total });
  return isAtLeast
    ? t("More than {total, plural, one {# contact} other {# contacts}}", { total })
    : sayContacts(total);
}

export function sayContacts(count: number) {
  return t("{count, plural, one {# contact} other {# contacts}}", { count });
}
