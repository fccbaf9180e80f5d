// Every way to a sequence leads through here: a hidden one is not there, and only who may change it gets to.

import type { Act } from "../../../app.ts";
import { mayEdit, mayManage, mayView, type Share } from "../../../domain/identity/sharing.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import * as store from "../../access/sharing/store.ts";
import { findSequence, lockSequence, type SequenceRow, type SequenceValues } from "./store.ts";

type Asking = Pick<Act, "db" | "caller" | "holdsNobody">;

/** The sequence, or null where it is not there for this person. */
export async function findVisible(asking: Asking, id: string) {
  const sequence = await findSequence(asking.db, asking.caller.teamId, id);
  return sequence && mayView(sequence, await sequenceViewerOf(asking)) ? sequence : null;
}

export async function getVisible(asking: Asking, id: string) {
  const sequence = await findVisible(asking, id);
  if (!sequence) throw new Refusal("record_not_found");
  return sequence;
}

/** Locked for a change: of the content (`edit`), or of the thing itself (`manage`). */
export async function lockFor(asking: Asking, id: string, wish: "edit" | "manage") {
  const sequence = await lockOrBusy(asking, id);
  const viewer = await sequenceViewerOf(asking);
  if (!sequence || !mayView(sequence, viewer)) throw new Refusal("record_not_found");
  if (!(wish === "edit" ? mayEdit : mayManage)(sequence, viewer)) throw new Refusal("sequence_not_permitted");
  return sequence;
}

export async function refuseUnlessManaged(asking: Asking, sequence: SequenceRow) {
  if (!mayManage(sequence, await sequenceViewerOf(asking))) throw new Refusal("sequence_not_permitted");
}

async function lockOrBusy({ db, caller, holdsNobody }: Asking, id: string) {
  if (holdsNobody) return findSequence(db, caller.teamId, id);
  try {
    return await lockSequence(db, caller.teamId, id);
  } catch (error) {
    // Another caller has held this sequence for longer than the limit.
    if ((error as { code?: string }).code === "55P03") throw new Refusal("sequence_busy");
    throw error;
  }
}

export async function sequenceViewerOf({ db, caller }: Asking) {
  const { userId, teamId, role } = caller;
  const isAdmin = role === "admin";
  return { userId, teamId, isAdmin, subteamIds: isAdmin ? [] : await store.subteamsOf(db, teamId, userId) };
}

export type SharingWish = {
  visibility: "restricted" | "everyone" | undefined;
  accessType: SequenceValues["accessType"] | undefined;
  added: readonly Share[];
  updated: readonly Pick<Share, "granteeId" | "accessType">[];
  deleted: readonly string[];
};

/** The wish applied: who may do what afterwards. A new visibility resets what everyone may do. */
export async function share({ db, caller }: Asking, sequence: SequenceRow, wish: SharingWish) {
  const known = await store.knownGrantees(db, caller.teamId, wish.added);
  for (const { granteeId } of wish.added)
    if (!known.has(granteeId)) throw new Refusal("sharing_partner_not_found", { id: granteeId });

  const shares = new Map(sequence.shares.map((share) => [share.granteeId, share]));
  for (const share of wish.added) shares.set(share.granteeId, share);
  for (const { granteeId, accessType } of wish.updated) {
    const there = shares.get(granteeId);
    if (!there) throw new Refusal("sharing_partner_not_found", { id: granteeId });
    shares.set(granteeId, { ...there, accessType });
  }
  for (const granteeId of wish.deleted)
    if (!shares.delete(granteeId)) throw new Refusal("sharing_partner_not_found", { id: granteeId });
  await store.replaceShares(db, caller.teamId, sequence.id, [...shares.values()]);

  const visibility = wish.visibility ?? sequence.visibility;
  const kept = visibility === sequence.visibility ? sequence.accessType : null;
  return { visibility, accessType: wish.accessType === undefined ? kept : wish.accessType };
}
