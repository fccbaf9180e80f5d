// An opt-out is lifted by an admin, in so many words: by a call or in the app. Members, workflows, imports, undoing and merging
// never do it.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";

const IN_SO_MANY_WORDS: ReadonlySet<string> = new Set(["api", "web", "job"]);

export function mayLiftOptOut({ caller, origin }: Pick<Act, "caller" | "origin">) {
  return caller.role === "admin" && IN_SO_MANY_WORDS.has(origin.cause);
}

export function refuseToLiftOptOut(act: Pick<Act, "caller" | "origin">) {
  if (!mayLiftOptOut(act)) throw new Refusal("opt_out_lifted_by_admins");
}
