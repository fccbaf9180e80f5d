// What comes of a fact that was edited in place.

import { t } from "../language/t.ts";
import type { FactValue } from "./facts/fact.ts";
import { toast } from "./toast.tsx";

export type Refusals = Readonly<Record<string, unknown>>;

/** What the server says of a value that it has not taken; some of its sentences leave out what they are about. */
export function refusedIn(label: string, refusals: Refusals) {
  const refused = String(Object.values(refusals)[0] ?? "");
  if (!refused) return undefined;
  return /^\p{Ll}/u.test(refused) ? `${label} ${refused}` : refused;
}

/** Null: it is saved. Otherwise why not; empty where another part of the page says it. Or what a teammate has saved since the field was shown. */
export type NotSaved = null | string | { changedTo: FactValue };

export function factNotSent(refused: string) {
  toast(t("Not saved: {refused}.", { refused: refused.replace(/\.$/, "") }));
}
