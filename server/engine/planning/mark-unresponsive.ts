// A contact who has not replied for as many days as a rule says counts as unresponsive.

import { teamsWithUnanswered } from "../../features/gate/engines/store.ts";
import { markUnresponsive } from "../../features/receiving/unanswered/commands.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 5_000; // what is counted in days is not urgent

export function startMarking(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "marking the unresponsive" }, () => markOnce(engine));
}

/** One batch for each team that has some. Answers how many it looked at. */
export async function markOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithUnanswered(db, app.now()));
  return eachTeam(looping, "mark-unresponsive", teams, (teamId) => batchOf(app, teamId, markUnresponsive));
}
