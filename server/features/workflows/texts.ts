// Texts of actions, filled with what is known of a contact: the same sandboxed Liquid as in mails.

import { compose } from "../../domain/composing.ts";
import { gatherFacts } from "../composing/store.ts";
import type { CandidateRow } from "./candidates-store.ts";
import type { About, Doing } from "./outcomes.ts";

/** Null where there is no text. Of whoever is no contact, and where it cannot be filled, the text stays as it is. */
export async function fillEach({ act, rows }: Doing, about: About, text: string | null) {
  if (text === null || !/\{[{%]/.test(text) || about.kind !== "contact") return () => text;
  const { db, now, caller } = act;
  const contactIds = [...new Set(rows.map(about.recordOf).filter((id) => id !== ""))];
  const { people } = await gatherFacts(db, caller.teamId, { contactIds, mailboxIds: [], sequenceId: "" });
  const filled = new Map<string, string>();
  for (const [contactId, person] of people) {
    const facts = { ...person, sender: null, sequence: null, opener: null };
    const { mail } = compose({
      subject: text,
      bodyHtml: "",
      facts,
      now,
      zone: person.contact.timeZone ?? "UTC",
    });
    if (mail) filled.set(contactId, mail.subject);
  }
  return (row: CandidateRow) => filled.get(about.recordOf(row)) ?? text;
}
