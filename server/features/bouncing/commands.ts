// An address at which nobody is: mail to it came back for good. It is barred for the whole team, for every contact who
// has it, from the moment this is committed.

import { canonicalAddress } from "../../domain/suppression.ts";
import { newId } from "../../ids.ts";
import { lockIds } from "../contacts/store.ts";
import { type By, record } from "../events/store.ts";
import { holdSuppressions, insertSuppressions } from "../suppressions/store.ts";
import * as store from "./store.ts";

/** Takes the list of suppressions before the contacts, so it comes before anything else is locked. */
export async function markBounced(
  by: By,
  { contactId, address }: { contactId: string | null; address: string },
) {
  const { db, teamId, now } = by;
  await holdSuppressions(db, teamId);
  const found = await store.findByAddress(db, teamId, address.trim().toLowerCase());
  const ids = await lockIds(db, teamId, [...new Set([...found, ...(contactId ? [contactId] : [])])]);
  const marked = await store.markBounced(db, teamId, ids, address, now);
  const value = canonicalAddress(address);
  const bar = value === null ? [] : [{ id: newId(), kind: "email" as const, value, reason: null }];
  const suppressed = await insertSuppressions(db, teamId, bar, { source: "bounce", userId: by.userId, now });
  const happenings = [
    ...marked.map((id) => ({
      type: "contact.updated" as const,
      subject: { type: "contact" as const, id },
      data: { changed: ["email_status"], because: "bounced" },
    })),
    ...suppressed.map((id) => ({
      type: "suppression.created" as const,
      subject: { type: "suppression" as const, id },
      data: { kind: "email", source: "bounce" },
    })),
  ];
  if (happenings.length > 0) await record(by, ...happenings);
  return marked;
}
