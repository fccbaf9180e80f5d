import { figure } from "../../parts/figures.ts";

export function countConnected(count: number) {
  if (count === 0) return "Nothing acts for you.";
  return count === 1 ? "1 application acts for you." : `${figure(count)} applications act for you.`;
}

export function sayPeople(count: number) {
  if (count === 0) return "For nobody now";
  return count === 1 ? "For 1 person" : `For ${figure(count)} people`;
}

type Scope = { name: string; says: string; changes: boolean };

/** What an application may, in a few words. */
export function sayMay(scopes: readonly Scope[]) {
  const named = scopes.filter(({ name }) => name !== "read_user_profile");
  if (named.some(({ name }) => name === "app_scopes")) return "Everything but what only admins may";
  if (named.length === 0) return "See who you are";
  const changing = named.filter(({ changes }) => changes).length;
  const things = named.length === 1 ? "1 thing" : `${named.length} things`;
  if (changing === 0)
    return named.some(({ name }) => name === "read_only") ? "See everything" : `See ${things}`;
  return changing === named.length ? `Do ${things}` : `Do and see ${things}`;
}
