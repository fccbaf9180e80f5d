// An address at which nobody is: mail to it came back for good, or was refused so. It is barred for the whole team, for
// every contact who has it, from the moment this is committed. The one place that does so, however it was found out.

import { canonicalAddress } from "../../domain/suppression.ts";
import { newId } from "../../ids.ts";
import { claim, type Said } from "../address-claims/commands.ts";
import { lockIds } from "../contacts/holding-store.ts";
import { refundBounced } from "../credits/giving-back.ts";
import { type By, type Happening, record } from "../events/store.ts";
import { withoutForgotten } from "../suppressions/forgetting.ts";
import { holdSuppressions, insertSuppressions } from "../suppressions/store.ts";
import * as store from "./store.ts";

/** Addresses as they were written to: two spellings of one are one. */
export type Bars = {
  /** Whose first address it is, and what was known of it before. */
  marked: store.Marked[];
  suppressions: { id: string; value: string }[];
};

/** Takes the list of suppressions before the contacts, so it comes before anything else is locked. */
export async function barDeadAddress(
  by: By,
  { contactId, address, said }: { contactId: string | null; address: string; said: Said },
) {
  const { db, teamId } = by;
  await holdSuppressions(db, teamId);
  const found = await store.whoHas(db, teamId, spellingsOf([address]));
  await lockIds(db, teamId, [...new Set([...found, ...(contactId ? [contactId] : [])])]);
  return barDeadAddresses(by, [{ address, said }]);
}

/** The list of suppressions is held, and whoever has one of the addresses (`whoHas`) is locked. */
export async function barDeadAddresses(
  by: By,
  dead: readonly { address: string; said: Said }[],
): Promise<Bars> {
  const { db, teamId, now } = by;
  const addresses = dead.map(({ address }) => address);
  if (addresses.length === 0) return { marked: [], suppressions: [] };
  for (const { address, said } of dead) await claim(by, said, [{ address, kind: "bounced" }]);
  const marked = await store.markBounced(db, teamId, spellingsOf(addresses), now);
  await refundBounced(
    by,
    marked.map(({ contactId }) => contactId),
  );
  const values = [...new Set(addresses.flatMap((address) => canonicalAddress(address) ?? []))];
  // Somebody who was deleted is barred already, by what cannot be read, and is not to be written down again.
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
