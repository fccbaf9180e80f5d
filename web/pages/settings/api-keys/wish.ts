// What the form for a key holds, and the request that it becomes.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { ApiKeyInput, Key } from "./queries.ts";

export type Reach = "some" | "read" | "master";

export const EXPIRIES = perLanguage(() => [
  { value: "", label: t("Never") },
  { value: "30", label: t("In 30 days") },
  { value: "90", label: t("In 90 days") },
  { value: "365", label: t("In a year") },
]);

export type AccessFields = { reach: Reach; scopes: string[] };

export type KeyFields = AccessFields & { name: string; actsAs: string; expiresIn: string };

export const EMPTY: KeyFields = { name: "", reach: "some", scopes: [], actsAs: "", expiresIn: "" };

export function wishOf({ name, reach, scopes, actsAs, expiresIn }: KeyFields, now: Date): ApiKeyInput {
  const days = Number(expiresIn);
  return {
    name,
    ...accessOf({ reach, scopes }),
    ...(actsAs && { user_id: actsAs }),
    ...(days > 0 && { expires_at: new Date(now.getTime() + days * 86_400_000).toISOString() }),
  };
}

/** The access as a request takes it. */
export function accessOf({ reach, scopes }: AccessFields) {
  return {
    master: reach === "master",
    scopes: reach === "some" ? scopes : reach === "read" ? ["read_only"] : [],
  };
}

/** The access of a key as the form shows it. */
export function accessFieldsOf({ master, scopes }: Pick<Key, "master" | "scopes">): AccessFields {
  if (master) return { reach: "master", scopes: [] };
  const readsOnly = scopes.every((scope) => scope === "read_only");
  return readsOnly ? { reach: "read", scopes: [] } : { reach: "some", scopes };
}
