// The message after a fact was edited in place: that it is saved and can be undone, or why it is not.

import { t } from "../language/t.ts";
import { toast } from "./toast.tsx";
import { accountFor } from "./trouble.ts";

type Refusals = Readonly<Record<string, unknown>>;

export function factSaved(label: string, refusals: Refusals, undo: () => Promise<unknown>) {
  const [refused] = Object.values(refusals);
  if (refused) toast(t("Not saved: {refused}.", { refused: String(refused) }));
  else toast(t("{label} saved.", { label }), { undo });
}

export function factRefused(error: unknown) {
  toast(t("Not saved. {happened}", { happened: accountFor(error, "writing").happened }));
}
