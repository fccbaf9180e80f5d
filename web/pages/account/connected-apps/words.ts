import { t } from "../../../language/t.ts";

export function countConnected(count: number) {
  if (count === 0) return t("No connected apps.");
  return t("{count, plural, one {# app can act for you.} other {# apps can act for you.}}", { count });
}

export function sayPeople(count: number) {
  if (count === 0) return t("No users");
  return t("{count, plural, one {# user} other {# users}}", { count });
}

type Scope = { name: string; says: string; changes: boolean };

/** What an application may, in a few words. */
export function sayMay(scopes: readonly Scope[]) {
  const named = scopes.filter(({ name }) => name !== "read_user_profile");
  if (named.some(({ name }) => name === "app_scopes")) return t("Everything except admin actions");
  if (named.length === 0) return t("Read your profile");
  const changing = named.filter(({ changes }) => changes).length;
  const things = t("{named, plural, one {# permission} other {# permissions}}", { named: named.length });
  if (changing === 0)
    return named.some(({ name }) => name === "read_only")
      ? t("Read everything")
      : t("Read only: {things}", { things });
  return changing === named.length
    ? t("Change: {things}", { things })
    : t("Read and change: {things}", { things });
}
