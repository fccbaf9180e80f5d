// Apart from finding calls, which needs the whole contract: the list of keys is drawn without it.

import { t } from "../../../language/t.ts";

/** What a key may do, in a few words. */
export function sayScopes({ master, scopes }: { master: boolean; scopes: readonly string[] }) {
  if (master) return t("Full access");
  const others = scopes.filter((scope) => scope !== "read_only");
  const calls = t("{others, plural, one {# call} other {# calls}}", { others: others.length });
  if (!scopes.includes("read_only")) return calls;
  return others.length ? t("Read everything, and {calls}", { calls }) : t("Read everything");
}
