// Roles of contacts in deals. A role is a text; its type's id follows from the team and the text, so that clients which know roles by
// their types and people who write them mean the same.

import type { Act } from "../../app.ts";
import { primaryAmong, rolesOffered } from "../../domain/deal.ts";
import { roleTypeIdOf } from "../../ids.ts";
import { Refusal } from "../../refusal.ts";
import * as store from "./store.ts";

export type RoleWish = {
  contactId: string;
  role: { is: "name"; name: string | null } | { is: "type"; id: string };
  /** Null where nothing is said. */
  isPrimary: boolean | null;
};

export async function listRoleTypes({ db, caller: { teamId } }: Pick<Act, "db" | "caller">) {
  const names = rolesOffered(await store.roleNamesInUse(db, teamId));
  return names.map((name, index) => ({ id: roleTypeIdOf(teamId, name), name, position: index + 1 }));
}

/** As they are to be written: of a contact that is named twice, what is said last. */
export async function readRoles(act: Act, wishes: readonly RoleWish[], before: readonly store.RoleRow[]) {
  const last = [...new Map(wishes.map((wish) => [wish.contactId, wish])).values()];
  const types = last.some(({ role }) => role.is === "type") ? await listRoleTypes(act) : [];
  const nameOf = ({ role }: RoleWish) => {
    if (role.is === "name") return role.name?.trim() || null;
    const type = types.find(({ id }) => id === role.id);
    if (!type) throw new Refusal("unknown_id", { value: role.id });
    return type.name;
  };
  const primary = primaryAmong(last, before.find(({ isPrimary }) => isPrimary)?.contactId ?? null);
  return last.map((wish) => ({
    contactId: wish.contactId,
    role: nameOf(wish),
    isPrimary: wish.contactId === primary,
  }));
}
