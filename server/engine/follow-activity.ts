// Contacts and companies know when they were last active, some seconds after they were.

import { teamsWithActivity } from "../features/engines/store.ts";
import { followActivity } from "../features/last-activity/commands.ts";
import { type Engine, goRound } from "./engine.ts";

const EVERY_MS = 5_000;

export function startFollowingActivity(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "noting when contacts were active" }, () =>
    followActivityOnce(engine),
  );
}

/** One batch for each team. Answers of how many teams there is more. */
export async function followActivityOnce({ app }: Pick<Engine, "app">) {
  let more = 0;
  for (const teamId of await app.db.inTransaction(teamsWithActivity))
    more += (await app.db.inTeam(teamId, (db) => followActivity({ db, teamId }))) ? 1 : 0;
  return more;
}
