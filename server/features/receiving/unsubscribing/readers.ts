// Who reads a mail of ours, by its link.

import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import type { By } from "../../events/events/store.ts";
import * as store from "../../sending/links/store.ts";

/** Only the main recipient, while not deleted. */
export function mayChoose({ contactId, isCopy, toEmail }: store.LinkedMail) {
  return contactId !== null && !isCopy && toEmail !== null;
}

export async function readersOf({ db, teamId }: Pick<By, "db" | "teamId">, letter: store.LinkedMail) {
  const { contactId, toEmail } = letter;
  if (contactId === null || toEmail === null) return [];
  const spellings = [canonicalAddress(toEmail), toEmail.trim().toLowerCase()].flatMap((one) => one ?? []);
  return store.findReaders(db, teamId, [contactId], spellings);
}
