// Mails that a user writes and sends by hand, one at a time: the recipients, and when a mail can be sent.
//
// Easy to get wrong: every mail goes to one contact; all other addresses in "to" get a copy. And a mail with an unknown
// result is not sent again when the user repeats the request.

import { canonicalAddress } from "./suppression.ts";

/** What Apollo gives as the source of a due date after a person asked for a mail to go out at once. */
export const SENT_BY_HAND = "Email was sent using Send Now action";
/** Ours, for a date that a person chose. */
export const DATED_BY_HAND = "Email was scheduled by a person";

export type Recipient = { email: string; kind: "to" | "cc" | "bcc" };

/** Who gets a copy, openly or not; and what is no address. */
export function copiesAmong(recipients: readonly Recipient[], contactEmail: string | null) {
  const own = contactEmail === null ? null : canonicalAddress(contactEmail);
  const invalid = recipients.map(({ email }) => email).filter((email) => canonicalAddress(email) === null);
  const seen = new Set([own]);
  const fresh = recipients.filter(({ email }) => {
    const address = canonicalAddress(email);
    if (address === null || seen.has(address)) return false;
    return seen.add(address);
  });
  const of = (wanted: boolean) =>
    fresh.filter(({ kind }) => (kind === "bcc") === wanted).map(({ email }) => email.trim());
  return { cc: of(false), bcc: of(true), invalid };
}

type Sendable = { delivery: string; bodyHtml: string | null; enrollmentId: string | null };

/** Why it cannot be sent by asking for it; null where it can. */
export function whyNotToSend({ delivery, bodyHtml, enrollmentId }: Sendable) {
  if (delivery === "sent") return "message_sent_already" as const;
  if (["claimed", "dot", "unconfirmed"].includes(delivery)) return "message_being_sent" as const;
  // An email of a step is written anew. Of another one nothing is left to send where its text was deleted because of its age.
  if (["failed", "cancelled", "skipped"].includes(delivery) && bodyHtml === null && enrollmentId === null)
    return "message_text_deleted" as const;
  return null;
}
