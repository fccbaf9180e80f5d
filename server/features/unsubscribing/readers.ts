// Who reads a mail of ours, by its link.

import { canonicalAddress } from "../../domain/suppression.ts";
import type { By } from "../events/store.ts";
import * as store from "./store.ts";

/** Only whoever the mail was written to, and is still known. */
export function mayChoose({ contactId, isCopy, toEmail }: store.Letter) {
  return contactId !== null && !isCopy && toEmail !== null;
}

export async function readersOf({ db, teamId }: Pick<By, "db" | "teamId">, letter: store.Letter) {
  const { contactId, toEmail } = letter;
  if (contactId === null || toEmail === null) return [];
  const spellings = [canonicalAddress(toEmail), toEmail.trim().toLowerCase()].flatMap((one) => one ?? []);
  return store.findReaders(db, teamId, [contactId], spellings);
}
