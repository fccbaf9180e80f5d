// A contact that is deleted: what it was in ends, what was kept of it goes, and an opt-out is still known by the address.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import * as holding from "../../contacts/contact-rows/holding-store.ts";
import { sortIds } from "../../contacts/contact-rows/store.ts";
import { reachedBy } from "../../contacts/suppressions/barring.ts";
import { forgetAddresses } from "../../contacts/suppressions/forgetting.ts";
import { tellRemoved } from "../../enrollments/enrollments/enrollment-events.ts";
import { type By, byCaller, record } from "../../events/events/store.ts";
import { forgetRows } from "../../prospecting/import-rows/rows-store.ts";
import { forgetCaughtOf } from "../../sending/catcher/store.ts";
import * as erasing from "./erasing-store.ts";
import { holdListIfBarred } from "./hold-barred.ts";

export async function deleteContact(act: Act, id: string) {
  const deleted = await deleteContacts(act, [id]);
  if (deleted.length > 0) return id;
  const known = await sortIds(act.db, act.caller.teamId, [id]);
  throw new Refusal(known.deleted.length > 0 ? "contact_deleted" : "contact_unknown");
}

/** Answers the ids of those who were there. */
export function deleteContacts(act: Act, ids: readonly string[]) {
  return eraseContacts(byCaller(act), ids);
}

/** `because`: what the event says of the reason. */
export async function eraseContacts(by: By, ids: readonly string[], because?: { keep_days: number }) {
  const { db, now, teamId, userId } = by;
  await holdListIfBarred(by, ids);
  const locked = await holding.lockIds(db, teamId, ids);
  await holdListIfBarred(by, ids); // again: by now no new suppression can come
  await tellRemoved(by, locked);
  const people = await erasing.addressesToForget(db, teamId, ids);
  await forgetAddresses(by, people);
  await forgetCaughtOf(
    db,
    teamId,
    people.flatMap(({ addresses }) => addresses.flatMap(({ email, isShared }) => (isShared ? [] : [email]))),
  );
  await erasing.forgetContent(db, teamId, ids);
  await erasing.forgetMails(db, teamId, ids, await digestsOfReaders(by, ids));
  await erasing.endEnrollments(db, teamId, ids);
  await forgetRows(db, teamId, ids);
  await erasing.forgetInMoves(
    db,
    teamId,
    people.flatMap(({ addresses }) => addresses.map(({ email }) => email)),
  );
  const gone = await erasing.deleteContacts(db, teamId, { ids, userId, mergedInto: null }, now);
  if (gone.length > 0)
    await record(
      by,
      ...gone.map(({ id }) => ({
        type: "contact.deleted" as const,
        subject: { type: "contact" as const, id },
        ...(because && { data: because }),
      })),
    );
  return gone.map(({ id }) => id);
}

/** The address is not kept, but a person who opts out by an old mail must not be mailed if they come back. */
async function digestsOfReaders(by: By, ids: readonly string[]) {
  const readers = await erasing.readersToForget(by.db, by.teamId, ids);
  return readers.map(({ messageId, ...reader }) => ({ messageId, ...reachedBy(by, reader) }));
}
