// After a schedule or a wait was changed: steps that are not sent yet are sent when the new plan says.

import { replanSome } from "../../features/editing/replanning/commands.ts";
import { teamsWithReplans } from "../../features/gate/engines/store.ts";
import { crashPoint } from "../../seams.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

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
