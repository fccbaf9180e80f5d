// What a person is known by in holds: the contact's id, and digests of addresses, which outlive the contact.

import { createHash } from "node:crypto";
import { canonicalAddress } from "../../domain/suppression.ts";

/** The same as address_key in the database. Null for what is no address. */
export function addressKey(teamId: string, email: string | null) {
  const address = email === null ? null : (canonicalAddress(email) ?? email.toLowerCase());
  return address && createHash("sha256").update(`${teamId} ${address}`).digest("hex");
}

/** What a person is known by: the contact's id and a digest of each address. */
export function keysOf(teamId: string, contactId: string | null, emails: readonly (string | null)[]) {
  const addresses = emails.flatMap((email) => addressKey(teamId, email) ?? []);
  return [...new Set([...(contactId === null ? [] : [contactId]), ...addresses])];
}
