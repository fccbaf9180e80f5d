// What of a subject the engine has put aside because it failed: of itself, of what hangs on it, or of the whole team.

import { asideSays } from "../../../domain/basics/engine-loops.ts";
import { stored } from "../../../kernel/moments.ts";
import { listAside } from "../../events/set-aside/store.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import { hangingOn } from "../../gate/facts/facts-store.ts";
import type { Explanation } from "./commands.ts";

export async function asideOf({ db, caller, now }: ReadContext, { subject }: Pick<Explanation, "subject">) {
  const { teamId } = caller;
  const ids = await hangingOn(db, teamId, subject.id);
  const rows = await listAside(db, teamId, [...new Set([teamId, subject.id, ...ids])], now);
  return rows.map(({ loop, tries, since, until, subjectId }) => ({
    code: loop,
    sentence: asideSays(loop, tries, subjectId === teamId),
    since: stored(since),
    tried_again_at: stored(until),
  }));
}
