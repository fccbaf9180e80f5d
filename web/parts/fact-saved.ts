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

export function factSaved(label: string, refusals: Refusals, undo: () => Promise<unknown>) {
  const refused = refusedIn(label, refusals);
  if (refused) factNotSent(refused);
  else toast(t("{label} saved.", { label }), { undo });
}

export function factNotSent(refused: string) {
  toast(t("Not saved: {refused}.", { refused: refused.replace(/\.$/, "") }));
}

export function factRefused(error: unknown) {
  toast(t("Not saved. {happened}", { happened: accountFor(error, "writing").happened }));
}
