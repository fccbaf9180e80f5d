// What is told of one fact that was changed where it stands: that it is saved and can be taken back, or why it is not.

import { toast } from "./toast.tsx";
import { accountFor } from "./trouble.ts";

type Refusals = Readonly<Record<string, unknown>>;

export function factSaved(label: string, refusals: Refusals, undo: () => Promise<unknown>) {
  const [refused] = Object.values(refusals);
  if (refused) toast(`Not saved: ${refused}.`);
  else toast(`${label} saved.`, { undo });
}

export function factRefused(error: unknown) {
  toast(`Not saved. ${accountFor(error, "writing").happened}`);
}
