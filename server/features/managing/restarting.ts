// Starting over is joining once more, so it asks what joining asks of whoever wishes it: that they may send from the
// mailbox, and that the contact is theirs, their group's, nobody's, or they are an admin.

import type { Act } from "../../app.ts";
import { maySendFrom } from "../../domain/senders.ts";
import { readOwners } from "../contacts/holding-store.ts";
import { findSenders } from "../mailboxes/store.ts";
import { subteamMatesOf } from "../sharing/store.ts";

export type RestartCode = "mailbox_not_usable" | "contact_of_another";

type Row = { id: string; contactId: string; mailboxId: string | null; areUsersThere: boolean };

/** By the id of the enrollment, why whoever asks may not start it over. */
export async function notToRestart(asking: Pick<Act, "db" | "caller">, rows: readonly Row[]) {
  const isUsable = await usableAmong(asking, rows);
  const isOthers = await othersAmong(asking, rows);
  return new Map(
    rows.flatMap((row): [string, RestartCode][] => {
      if (isOthers(row.contactId)) return [[row.id, "contact_of_another"]];
      // Where somebody has left, the guards say so.
      return row.areUsersThere && !isUsable(row.mailboxId) ? [[row.id, "mailbox_not_usable"]] : [];
    }),
  );
}

/** Who is mailed from nowhere sends nothing in anybody's name. */
async function usableAmong({ db, caller }: Pick<Act, "db" | "caller">, rows: readonly Row[]) {
  const ids = [...new Set(rows.flatMap(({ mailboxId }) => mailboxId ?? []))];
  const actor = { userId: caller.userId, isAdmin: caller.role === "admin" };
  const senders = await findSenders(db, caller.teamId, ids);
  const usable = new Set(
    senders.filter((one) => one.isConnected && maySendFrom(one, actor)).map(({ id }) => id),
  );
  return (mailboxId: string | null) => mailboxId === null || usable.has(mailboxId);
}

async function othersAmong({ db, caller }: Pick<Act, "db" | "caller">, rows: readonly Row[]) {
  if (caller.role === "admin") return () => false;
  const ids = [...new Set(rows.map(({ contactId }) => contactId))];
  const mates = await subteamMatesOf(db, caller.teamId, caller.userId);
  const owners = await readOwners(db, caller.teamId, ids);
  const isOthers = (ownerId: string | null) =>
    ownerId !== null && ownerId !== caller.userId && !mates.has(ownerId);
  const others = new Set(owners.filter(({ ownerId }) => isOthers(ownerId)).map(({ id }) => id));
  return (contactId: string) => others.has(contactId);
}
