// What the ramps of mailboxes allow today is reckoned anew, at the beginning of each day and once an hour.

import { teamsWithRampsDue } from "../../features/gate/engines/store.ts";
import { followRamps } from "../../features/mailboxes/mailboxes/ramping.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 10_000;

export function startFollowingRamps(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "updating ramps" }, () => followRampsOnce(engine));
}

/** A few of each team that has some. Answers how many it dealt with. */
export async function followRampsOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithRampsDue(db, app.now()));
  return eachTeam(looping, "follow-ramps", teams, (teamId) =>
    batchOf(app, teamId, (by, manner) => followRamps(by, manner)),
  );
}
