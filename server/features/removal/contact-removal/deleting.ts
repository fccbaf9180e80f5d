// A contact that is deleted: what it was in ends, what was kept of it goes, and an opt-out is still known by the address.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import * as holding from "../../contacts/contact-rows/holding-store.ts";
import { sortIds } from "../../contacts/contact-rows/store.ts";
import { reachedBy } from "../../contacts/suppressions/barring.ts";
import { forgetAddresses } from "../../contacts/suppressions/forgetting.ts";
import { tellRemoved } from "../../enrollments/enrollments/enrollment-events.ts";
import { byCaller, record } from "../../events/events/store.ts";
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
export async function deleteContacts(act: Act, ids: readonly string[]) {
  const { db, now, caller } = act;
  await holdListIfBarred(act, ids);
  const locked = await holding.lockIds(db, caller.teamId, ids);
  await holdListIfBarred(act, ids); // again: by now no new suppression can come
  await tellRemoved(byCaller(act), locked);
  const people = await erasing.addressesToForget(db, caller.teamId, ids);
  await forgetAddresses(act, people);
  await forgetCaughtOf(
    db,
    caller.teamId,
    people.flatMap(({ addresses }) => addresses.flatMap(({ email, isShared }) => (isShared ? [] : [email]))),
  );
  await erasing.forgetContent(db, caller.teamId, ids);
  await erasing.forgetMails(db, caller.teamId, ids, await digestsOfReaders(act, ids));
  await erasing.endEnrollments(db, caller.teamId, ids);
  await forgetRows(db, caller.teamId, ids);
  const gone = await erasing.deleteContacts(
    db,
    caller.teamId,
    { ids, userId: caller.userId, mergedInto: null },
    now,
  );
  if (gone.length > 0)
    await record(
      byCaller(act),
      ...gone.map(({ id }) => ({
        type: "contact.deleted" as const,
        subject: { type: "contact" as const, id },
      })),
    );
  return gone.map(({ id }) => id);
}

/** The address is not kept, but a person who opts out by an old mail must not be mailed if they come back. */
async function digestsOfReaders({ db, caller }: Act, ids: readonly string[]) {
  const readers = await erasing.readersToForget(db, caller.teamId, ids);
  const by = { db, teamId: caller.teamId };
  return readers.map(({ messageId, ...reader }) => ({ messageId, ...reachedBy(by, reader) }));
}
