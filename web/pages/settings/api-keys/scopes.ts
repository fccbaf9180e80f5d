// Finding calls for a key, and what a key may do in words.

import { t } from "../../../language/t.ts";
import { callsAt, callsFrom, readWritten } from "./known-calls.ts";
import type { ScopeGroup } from "./scope-groups.ts";

/** Groups with what matches in them: by an address in any spelling, or by words of the group, the scope and the summary. */
export function findScopes(groups: readonly ScopeGroup[], query: string): ScopeGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const meant = scopesAt(groups, query);
  return groups
    .map(({ title, scopes }) => ({
      title,
      scopes: scopes.filter((scope) => {
        if (meant.size > 0) return meant.has(scope.name);
        const calls = scope.calls.map(({ method, path }) => `${method} ${path}`).join(" ");
        const text = `${title} ${scope.name} ${scope.summary} ${calls}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ scopes }) => scopes.length > 0);
}

/** With a method the call at this very address, where there is one; otherwise all that begin with it. */
function scopesAt(groups: readonly ScopeGroup[], query: string): ReadonlySet<string> {
  const written = readWritten(query);
  if (written === null) return new Set();
  const exact = written.method === null ? [] : callsAt(written);
  if (exact.length > 0) return scopesOf(exact);
  const named = groups.flatMap(({ scopes }) => scopes.map(({ name }) => name));
  const name = `api/v1${written.path}`;
  if (written.method === null && named.includes(name)) return new Set([name]);
  return new Set([...scopesOf(callsFrom(written)), ...named.filter((one) => one.startsWith(name))]);
}

function scopesOf(calls: ReturnType<typeof callsAt>) {
  return new Set(calls.filter(({ access }) => access === "scoped").map(({ scope }) => scope));
}

/** Why a call that exists is not offered: it needs no permission, or full access. */
export function whyNotOffered(query: string): string | null {
  const written = readWritten(query);
  const call = written && callsAt(written).find(({ access }) => access !== "scoped");
  if (!call) return null;
  const path = call.path.slice(1);
  switch (call.access) {
    case "open":
    case "known":
      return t("{path} needs no permission.", { path });
    case "person":
      return t("{path} is only for signed-in users. No key can make this call.", { path });
    default:
      return t("{path} needs a key with full access.", { path });
  }
}
