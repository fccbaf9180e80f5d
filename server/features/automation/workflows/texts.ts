// Texts of actions, filled with what is known of a contact: the same sandboxed Liquid as in mails.

import { composeMail } from "../../../domain/templates/composing.ts";
import { gatherFacts } from "../../sequences/composing/store.ts";
import type { WorkflowCandidateRow } from "./candidates-store.ts";
import type { Doing, RecordOfCandidate } from "./outcomes.ts";

/**
 * Null where there is no text. The text stays as it is where it cannot be filled, and for records that are no contacts.
 */
export async function fillEach({ act, rows }: Doing, about: RecordOfCandidate, text: string | null) {
  if (text === null || !text.includes("{") || about.kind !== "contact") return () => text;
  const { db, now, caller } = act;
  const contactIds = [...new Set(rows.map(about.recordOf).filter((id) => id !== ""))];
  const { people } = await gatherFacts(db, caller.teamId, { contactIds, mailboxIds: [], sequenceId: "" });
  const filled = new Map<string, string>();
  for (const [contactId, person] of people) {
    const facts = { ...person, sender: null, sequence: null, opener: null };
    const { mail } = composeMail({
      subject: text,
      bodyHtml: "",
      facts,
      now,
      zone: person.contact.timeZone ?? "UTC",
      drawnFor: { contactId, stepId: null },
    });
    if (mail) filled.set(contactId, mail.subject);
  }
  return (row: WorkflowCandidateRow) => filled.get(about.recordOf(row)) ?? text;
}
