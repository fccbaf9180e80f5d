// Whose mailbox it is, and who may change it.

import type { Act, Caller } from "../../../app.ts";
import { mayManage } from "../../../domain/identity/sharing.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import * as store from "./store.ts";

/** Of the caller, or of anyone where an admin asks. */
export async function findManageable({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const mailbox = await store.findSealedMailbox(db, caller.teamId, id);
  refuseUnmanageable(mailbox, caller);
  return mailbox;
}

/**
 * With its row locked before it is read, since it is written as a whole: engines write to it without the lock of the list, such as
 * when its password is refused.
 */
export async function lockManageable(act: Act, id: string) {
  await store.lockMailbox(act.db, act.caller.teamId, id);
  return findManageable(act, id);
}

export function isConnected(known: store.Mailbox | null): known is store.Mailbox {
  return known !== null && known.revokedAt === null;
}

/** Everyone of the team sees a mailbox; its owner and admins change it. */
export function refuseUnmanageable(
  mailbox: store.Mailbox | null,
  caller: Caller,
): asserts mailbox is store.Mailbox {
  if (!mailbox || mailbox.revokedAt) throw new Refusal("record_not_found");
  const shared = { ownerId: mailbox.userId, visibility: mailbox.visibility, accessType: null, shares: [] };
  const { userId, teamId, role } = caller;
  if (!mayManage(shared, { userId, teamId, isAdmin: role === "admin", subteamIds: [] }))
    throw new Refusal("mailbox_of_another");
}

export function refuseForOthers(caller: Caller, userId: string) {
  if (userId !== caller.userId && caller.role !== "admin") throw new Refusal("mailbox_of_another");
}
