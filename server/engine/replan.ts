// After a schedule or a wait was changed: whoever has not got their next step yet gets it when the new plan says.

import { teamsWithReplans } from "../features/engines/store.ts";
import { replanSome } from "../features/replanning/commands.ts";
import { crashPoint } from "../seams.ts";
import { batchOf, eachTeam, type Looping } from "./each-team.ts";
import { type Engine, goRound } from "./engine.ts";

const EVERY_MS = 500;

export function startReplanning(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "planning anew" }, () => replanOnce(engine));
}

/** One batch for each team that has some. Answers how many it dealt with. */
export async function replanOnce(looping: Looping) {
  const { app } = looping;
  return eachTeam(looping, "replan", await app.db.inTransaction(teamsWithReplans), async (teamId) => {
    const looked = await batchOf(app, teamId, async (by, manner) => {
      const found = await replanSome(by, manner);
      if (found > 0) await crashPoint("replan-before-commit");
      return found;
    });
    if (looked > 0) await crashPoint("replan-between-batches");
    return looked;
  });
}
