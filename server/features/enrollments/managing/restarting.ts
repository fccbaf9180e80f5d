// Starting over is joining once more, so it asks what joining asks of the caller: that they may send from the mailbox, and
// that they may add contacts of this owner. The call names the contacts, so it counts as said with the flag.

import type { Act } from "../../../app.ts";
import { maySendFrom } from "../../../domain/contacts/senders.ts";
import { readOwners } from "../../contacts/contact-rows/holding-store.ts";
import { ownershipFor } from "../../identity/ownership/ownership.ts";
import { findSenders } from "../../mailboxes/mailboxes/store.ts";

export type RestartCode = "mailbox_not_usable" | "contact_of_another";

type Row = { id: string; contactId: string; mailboxId: string | null; areUsersThere: boolean };

/** Maps an enrollment's id to the reason why the caller may not start it over. */
export async function notToRestart(asking: Pick<Act, "db" | "caller">, rows: readonly Row[]) {
  const isUsable = await usableAmong(asking, rows);
  const isOthers = await othersAmong(asking, rows);
  return new Map(
    rows.flatMap((row): [string, RestartCode][] => {
      if (isOthers(row.contactId)) return [[row.id, "contact_of_another"]];
      // Where a user has left, the guards say so.
      return row.areUsersThere && !isUsable(row.mailboxId) ? [[row.id, "mailbox_not_usable"]] : [];
    }),
  );
}

/** An enrollment without a mailbox sends nothing in a user's name. */
async function usableAmong({ db, caller }: Pick<Act, "db" | "caller">, rows: readonly Row[]) {
  const ids = [...new Set(rows.flatMap(({ mailboxId }) => mailboxId ?? []))];
  const actor = { userId: caller.userId, isAdmin: caller.role === "admin" };
  const senders = await findSenders(db, caller.teamId, ids);
  const usable = new Set(
    senders.filter((one) => one.isConnected && maySendFrom(one, actor)).map(({ id }) => id),
  );
  return (mailboxId: string | null) => mailboxId === null || usable.has(mailboxId);
}

async function othersAmong(asking: Pick<Act, "db" | "caller">, rows: readonly Row[]) {
  const { db, caller } = asking;
  if (caller.role === "admin") return () => false;
  const ids = [...new Set(rows.map(({ contactId }) => contactId))];
  const ownership = await ownershipFor(asking);
  const owners = await readOwners(db, caller.teamId, ids);
  const others = new Set(owners.filter(({ ownerId }) => ownership(ownerId) === "barred").map(({ id }) => id));
  return (contactId: string) => others.has(contactId);
}
