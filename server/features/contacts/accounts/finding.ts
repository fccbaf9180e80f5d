// Finds an account by its id: it exists, was deleted, or never existed.

import type { Act } from "../../../app.ts";
import type { AccountWish } from "../../../domain/contacts/accounts.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import { findOrganizationsBy, readOrganizations } from "../organizations/store.ts";
import * as store from "./store.ts";

/** Refuses where the account is not there, and tells a deleted one from one that never was. */
export async function getAccount(act: Act, id: string) {
  const account = await store.findAccount(act.db, act.caller.teamId, id, viewerIn(act.caller));
  if (!account) throw await absent(act, id, "account_deleted");
  return account;
}

/** The company of the store that this account is: the one it names, else the one at its domain. */
export async function knownOrganization(
  { db, caller }: Act,
  { organizationId, domain }: { organizationId: string | null; domain: string | null },
) {
  if (organizationId === null && domain === null) return null;
  const [id] = await findOrganizationsBy(db, caller.teamId, [{ id: organizationId, domain }]);
  const [known] = id ? await readOrganizations(db, caller.teamId, [id]) : [];
  return known ?? null;
}

/** Why there is nothing under this id: it never was here, or it is gone. */
export async function absent(
  { db, caller }: Act,
  id: string,
  gone: "account_deleted" | "account_deleted_for_update",
) {
  const isGone = (await store.deletedAccounts(db, caller.teamId, [id])).length > 0;
  if (!isGone) return new Refusal("account_not_found");
  return new Refusal(gone, {}, gone === "account_deleted" ? {} : { deleted_account_ids: [id] });
}

/** As it is now, for the answer. */
export async function shown({ db, caller }: Act, id: string) {
  const account = await store.findAccount(db, caller.teamId, id, viewerIn(caller));
  if (!account) throw new Refusal("account_not_found");
  return account;
}

/** People, stages and companies that it refers to. */
export async function refuseUnknownReferences(
  { db, caller }: Act,
  rows: readonly AccountWish[],
  self?: string,
) {
  const users = distinctTexts(rows.map(({ ownerId }) => ownerId));
  const stages = distinctTexts(rows.map(({ accountStageId }) => accountStageId));
  const accounts = distinctTexts(rows.map(({ parentAccountId }) => parentAccountId));
  if (users.length + stages.length + accounts.length === 0) return;
  const there = await store.existingReferences(db, caller.teamId, { users, stages, accounts });
  const named = { owner_id: users, account_stage_id: stages, parent_account_id: accounts };
  for (const [name, ids] of Object.entries(named)) {
    const unknown = ids.find((id) => !there.has(id));
    if (unknown) throw new Refusal("account_reference_unknown", { name, value: unknown });
  }
  for (const parent of self ? accounts : [])
    if (await store.isBelow(db, caller.teamId, parent, self as string))
      throw new Refusal("account_below_itself");
}

/** Those that are said, each once. */
export function distinctTexts(values: readonly (string | null | undefined)[]) {
  return [...new Set(values.filter((value): value is string => typeof value === "string"))];
}

export function customFieldsOf({ db, caller }: Pick<Act, "db" | "caller">, ids: readonly string[]) {
  return fieldValuesOf(db, caller.teamId, "account", ids);
}
