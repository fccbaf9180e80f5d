// Looks every few minutes at what came of each team's emails, and sets and lifts brakes.

import { watchBrakes } from "../../features/gate/brakes/commands.ts";
import { teamsWithBrakesToWatch } from "../../features/gate/engines/store.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 10_000;

export function startWatchingBrakes(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "watching brakes" }, () => watchBrakesOnce(engine));
}

/** Answers how many brakes were set or lifted. Acknowledged: no email leaves that a brake which was set would have held. */
export async function watchBrakesOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithBrakesToWatch(db, app.now()));
  return eachTeam(looping, "watch-brakes", teams, (teamId) =>
    batchOf(app, teamId, (by) => watchBrakes(by), "acknowledged"),
  );
}
