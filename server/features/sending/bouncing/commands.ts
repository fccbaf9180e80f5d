// A dead address: mail to it came back for good, or was refused so. It is suppressed for the whole team, for every
// contact who has it, from the moment this is committed. The one place that does so, however it was found out.

import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import { newId } from "../../../kernel/ids.ts";
import { lockFound } from "../../contacts/contact-rows/lock-found.ts";
import { digestOf } from "../../contacts/suppressions/barring.ts";
import { type ClaimSource, claimAddresses, claimErased } from "../../contacts/suppressions/claims.ts";
import { withoutForgotten } from "../../contacts/suppressions/forgetting.ts";
import { holdSuppressions, insertSuppressions } from "../../contacts/suppressions/store.ts";
import { type By, type Happening, record } from "../../events/events/store.ts";
import { refundBounced } from "../../identity/credits/giving-back.ts";
import { findReaders } from "../links/store.ts";
import * as store from "./store.ts";

/** Addresses as they were written to: two spellings of one are one. */
export type Bars = {
  /** Whose first address it is, and what was known of it before. */
  marked: store.BouncedContact[];
  suppressions: { id: string; value: string }[];
};

/**
 * Takes the list of suppressions before the contacts, so it comes before anything else is locked. Of a contact who was deleted
 * meanwhile the address is not written down again.
 */
export async function barDeadAddress(
  by: By,
  { contactId, address, said }: { contactId: string | null; address: string; said: ClaimSource },
) {
  const { db, teamId } = by;
  await holdSuppressions(db, teamId);
  const { ids } = await lockFound(by, async () => ({
    ids: await findReaders(db, teamId, contactId === null ? [] : [contactId], spellingsOf([address])),
  }));
  const isDeleted = contactId !== null && ids.length === 0;
  const digest = isDeleted ? digestOf(db, teamId, address) : null;
  return digest === null
    ? barDeadAddresses(by, [{ address, said }])
    : claimErased(by, said, digest, "bounced");
}

/** The list of suppressions is locked, and so are the contacts with one of the addresses (`whoHas`). */
export async function barDeadAddresses(
  by: By,
  dead: readonly { address: string; said: ClaimSource }[],
): Promise<Bars> {
  const { db, teamId, now } = by;
  const addresses = dead.map(({ address }) => address);
  if (addresses.length === 0) return { marked: [], suppressions: [] };
  for (const { address, said } of dead) await claimAddresses(by, said, [{ address, kind: "bounced" }]);
  const marked = await store.markBounced(db, teamId, spellingsOf(addresses), now);
  await refundBounced(
    by,
    marked.map(({ contactId }) => contactId),
  );
  const values = [...new Set(addresses.flatMap((address) => canonicalAddress(address) ?? []))];
  // A deleted contact is suppressed already, by a digest, and must not be stored in clear again.
  const readable = await withoutForgotten({ db, teamId }, values);
  const rows = readable.map((value) => ({ id: newId(), kind: "email" as const, value, reason: null }));
  const wish = { source: "bounce", userId: by.userId, now } as const;
  const inserted = new Set(await insertSuppressions(db, teamId, rows, wish));
  const suppressions = rows.filter(({ id }) => inserted.has(id)).map(({ id, value }) => ({ id, value }));
  const happenings: Happening[] = [
    ...marked.map(({ contactId }) => ({
      type: "contact.updated" as const,
      subject: { type: "contact" as const, id: contactId },
      data: { changed: ["email_status"], because: "bounced" },
    })),
    ...suppressions.map(({ id }) => ({
      type: "suppression.created" as const,
      subject: { type: "suppression" as const, id },
      data: { kind: "email", source: "bounce" },
    })),
  ];
  if (happenings.length > 0) await record(by, ...happenings);
  return { marked, suppressions };
}

/** In lower case, as it was written to and in its one spelling. */
export function spellingsOf(addresses: readonly string[]) {
  const plain = addresses.map((address) => address.trim().toLowerCase());
  return [...new Set([...plain, ...plain.flatMap((address) => canonicalAddress(address) ?? [])])];
}
