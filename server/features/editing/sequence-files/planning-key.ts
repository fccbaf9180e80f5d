// The permission to plan files: it stands for every kind of record in them, because a plan writes none.

import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { mayTry } from "../../../http/access.ts";

export function plansAll({ caller, isDryRun }: Pick<Act, "caller" | "isDryRun">) {
  return (
    isDryRun && mayTry(caller, contract.sequences.importFiles as unknown as Parameters<typeof mayTry>[1])
  );
}
