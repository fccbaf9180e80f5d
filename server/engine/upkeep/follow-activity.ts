// Contacts and companies know when they were last active, some seconds after they were.

import { followActivity } from "../../features/contacts/last-activity/commands.ts";
import { teamsWithActivity } from "../../features/gate/engines/store.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

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
