// Roles of contacts in deals. A role is a text; its type's id follows from the team and the text, so that clients which know roles by
// their types and people who write them mean the same.

import type { Act } from "../../../app.ts";
import { primaryAmong, rolesOffered } from "../../../domain/work/deal.ts";
import { roleTypeIdOf } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import * as store from "./store.ts";

type RoleNamed = { is: "name"; name: string } | { is: "type"; id: string };

export type RoleWish = {
  contactId: string;
  /** In the order of importance; none where the contact only belongs to the deal. */
  roles: readonly RoleNamed[];
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
  const isTyped = last.some(({ roles }) => roles.some(({ is }) => is === "type"));
  const types = isTyped ? await listRoleTypes(act) : [];
  const nameOf = (role: RoleNamed) => {
    if (role.is === "name") return role.name.trim();
    const type = types.find(({ id }) => id === role.id);
    if (!type) throw new Refusal("unknown_id", { value: role.id });
    return type.name;
  };
  const primary = primaryAmong(last, before.find(({ isPrimary }) => isPrimary)?.contactId ?? null);
  return last.map((wish) => ({
    contactId: wish.contactId,
    roles: eachOnce(wish.roles.map(nameOf)),
    isPrimary: wish.contactId === primary,
  }));
}

/** One role written in two ways is one role: `Buyer` and `buyer`. */
function eachOnce(names: readonly string[]) {
  const byName = new Map<string, string>();
  for (const name of names) if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), name);
  return [...byName.values()].filter((name) => name !== "");
}
