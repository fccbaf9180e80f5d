// Whether a caller may add the contacts of other owners to a sequence. Asked by every way in: adding, the check before it, and starting over.

import type { Act } from "../../../app.ts";
import { type Ownership, ownershipOf } from "../../../domain/identity/permissions.ts";
import { subteamMatesOf } from "../../access/sharing/store.ts";
import { onlyOwnersAdd } from "../teams/store.ts";

/** By the id of a contact's owner; null: the contact has none. */
export async function ownershipFor(
  { db, caller }: Pick<Act, "db" | "caller">,
  byMasterKey = isMasterKey(caller),
) {
  const { teamId, userId } = caller;
  const [isStrict, mates] = await Promise.all([
    onlyOwnersAdd(db, teamId),
    subteamMatesOf(db, teamId, userId),
  ]);
  const actor = { userId, isAdmin: caller.role === "admin", isMasterKey: byMasterKey };
  return (ownerId: string | null): Ownership =>
    ownerId === null ? "free" : ownershipOf(actor, { id: ownerId, isMate: mates.has(ownerId) }, isStrict);
}

/** A contact of another owner whom the caller may not add without more ado, as the rules of joining ask for it. */
export function otherOwnerOf(ownerId: string | null, ownership: Ownership) {
  return ownerId === null || ownership === "free" ? null : { id: ownerId, mayActFor: ownership === "flag" };
}

export function isMasterKey({ credential }: Act["caller"]) {
  return credential.kind === "key" && credential.isMaster;
}
