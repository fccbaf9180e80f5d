// Who reads a mail of ours, by its link.

import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import { lockFound } from "../../contacts/contact-rows/lock-found.ts";
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

/**
 * The mail and its readers, as they are once these are locked: while we waited for one, they may have been merged into another
 * contact, or deleted.
 */
export function lockReaders(by: Pick<By, "db" | "teamId">, messageId: string) {
  return lockFound(by, async () => {
    const letter = await store.findLetter(by.db, by.teamId, messageId);
    return { letter, ids: letter ? await readersOf(by, letter) : [] };
  });
}
