// Reminds people of emails that got no reply.

import { teamsWithRemindersDue } from "../../features/gate/engines/store.ts";
import { remind } from "../../features/sending/reminders/commands.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 5_000; // what is counted in days is not urgent

export function startReminding(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "reminding of emails without a reply" }, () =>
    remindOnce(engine),
  );
}

/** One batch for each team that has some. Answers how many it looked at. */
export async function remindOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithRemindersDue(db, app.now()));
  return eachTeam(looping, "remind", teams, (teamId) => batchOf(app, teamId, remind));
}
