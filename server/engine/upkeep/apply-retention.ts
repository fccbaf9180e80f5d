// Deletes what teams no longer keep, some records of each team at a time.

import { teamsWithRetentionDue } from "../../features/gate/engines/store.ts";
import { applyRetention } from "../../features/removal/retention/applying.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 5_000;

export function startApplyingRetention(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "deleting old data" }, () => applyRetentionOnce(engine));
}

/** One batch for each team that has some. */
export async function applyRetentionOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithRetentionDue(db, app.now()));
  return eachTeam(looping, "apply-retention", teams, (teamId) => batchOf(app, teamId, applyRetention));
}
