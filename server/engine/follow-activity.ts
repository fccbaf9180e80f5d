// Contacts and companies know when they were last active, some seconds after they were.

import { teamsWithActivity } from "../features/engines/store.ts";
import { followActivity } from "../features/last-activity/commands.ts";
import { batchOf, eachTeam, type Looping } from "./each-team.ts";
import { type Engine, goRound } from "./engine.ts";

const EVERY_MS = 5_000;

export function startFollowingActivity(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "noting when contacts were active" }, () =>
    followActivityOnce(engine),
  );
}

/** One batch for each team. Answers of how many teams there is more. */
export async function followActivityOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction(teamsWithActivity);
  return eachTeam(looping, "follow-activity", teams, async (teamId) =>
    (await batchOf(app, teamId, followActivity)) ? 1 : 0,
  );
}
