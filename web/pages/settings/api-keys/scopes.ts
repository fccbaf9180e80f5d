// What a key can be allowed, read off the contract: a call added there is offered here without a line more.

import { endpoints, scopesOf } from "@cadenza/contract";
import { t } from "../../../language/t.ts";

type KeyScope = { name: string; summary: string; isRead: boolean };
export type ScopeGroup = { noun: string; scopes: readonly KeyScope[] };

/** Calls for admins and the operator need a master key, so no scope stands for them. */
export const SCOPE_GROUPS: readonly ScopeGroup[] = groupByNoun();

function groupByNoun(): ScopeGroup[] {
  const groups = new Map<string, Map<string, KeyScope>>();
  for (const { name, endpoint } of endpoints) {
    if (endpoint.access !== "scoped") continue;
    const noun = inWords(name.split(".")[0] ?? "");
    const scopes = groups.get(noun) ?? new Map<string, KeyScope>();
    for (const scope of scopesOf(endpoint)) scopes.set(scope.name, scope);
    groups.set(noun, scopes);
  }
  return [...groups].map(([noun, scopes]) => ({ noun, scopes: [...scopes.values()] }));
}

/** Groups with what matches in them; a noun that matches keeps all its scopes. */
export function findScopes(groups: readonly ScopeGroup[], query: string): ScopeGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  return groups
    .map(({ noun, scopes }) => ({
      noun,
      scopes: scopes.filter(({ name, summary }) => matches(`${noun} ${name} ${summary}`)),
    }))
    .filter(({ scopes }) => scopes.length > 0);
}

/** What a key may do, in a few words. */
export function sayScopes({ master, scopes }: { master: boolean; scopes: readonly string[] }) {
  if (master) return t("Full access");
  const others = scopes.filter((scope) => scope !== "read_only");
  const calls = t("{others, plural, one {# call} other {# calls}}", { others: others.length });
  if (!scopes.includes("read_only")) return calls;
  return others.length ? t("Read everything, and {calls}", { calls }) : t("Read everything");
}

/** `apiKeys` as "api keys". */
function inWords(noun: string) {
  return noun
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase());
}
