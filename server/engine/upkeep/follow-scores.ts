// Scores of contacts follow what is known of them, within a second or so.

import { followScores } from "../../features/contacts/scoring/commands.ts";
import { teamsWithScoresToFollow } from "../../features/gate/engines/store.ts";
import { crashPoint } from "../../seams.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 500;

export function startFollowingScores(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "scoring" }, () => followScoresOnce(engine));
}

/** One batch for each team that has some. Answers for how many teams there was something to do. */
export async function followScoresOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithScoresToFollow(db, app.now()));
  return eachTeam(looping, "follow-scores", teams, (teamId) =>
    batchOf(app, teamId, async (by, manner) => {
      const isMore = await followScores(by, manner);
      await crashPoint("scores-before-commit");
      return isMore ? 1 : 0;
    }),
  );
}
