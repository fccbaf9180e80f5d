// Tasks that were not done in the days their step gives them are skipped, and their contacts go on.

import { skipOverdue } from "../../features/enrollments/step-tasks/skipping.ts";
import { teamsWithTasksToSkip } from "../../features/gate/engines/store.ts";
import { crashPoint } from "../../seams.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 1_000;

export function startSkipping(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "skipping tasks" }, () => skipOnce(engine));
}

/** One batch for each team that has some. Answers how many it dealt with. */
export async function skipOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithTasksToSkip(db, app.now()));
  return eachTeam(looping, "skip-tasks", teams, (teamId) =>
    batchOf(app, teamId, async (by, manner) => {
      const looked = await skipOverdue(by, manner);
      await crashPoint("skip-before-commit");
      return looked;
    }),
  );
}
