// The message after a fact was edited in place: that it is saved and can be undone, or why it is not.

import { t } from "../language/t.ts";
import { toast } from "./toast.tsx";
import { accountFor } from "./trouble.ts";

type Refusals = Readonly<Record<string, unknown>>;

/** What the server says of a value that it has not taken; some of its sentences leave out what they are about. */
export function refusedIn(label: string, refusals: Refusals) {
  const refused = String(Object.values(refusals)[0] ?? "");
  if (!refused) return undefined;
  return /^\p{Ll}/u.test(refused) ? `${label} ${refused}` : refused;
}

/** Null: it is saved. Otherwise why not, for the field that still shows what was typed. */
export type WhyNotSaved = string | null;

/** `write` answers what the server has not taken. */
export async function savedFact(
  label: string,
  write: () => Promise<Refusals>,
  undo: () => Promise<unknown>,
): Promise<WhyNotSaved> {
  try {
    const refused = refusedIn(label, await write());
    if (refused) return refused;
    toast(t("{label} saved.", { label }), { undo });
    return null;
  } catch (error) {
    return accountFor(error, "writing").happened;
  }
}

export function factNotSent(refused: string) {
  toast(t("Not saved: {refused}.", { refused: refused.replace(/\.$/, "") }));
}
