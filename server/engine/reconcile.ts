// Cleans up after engines that are gone, and looks for proof of what nobody can know.

import { teamsWithOrphans, teamsWithUnclear } from "../features/engines/store.ts";
import { askOwners, releaseOrphans } from "../features/slots/proofs.ts";
import { byEngine, type Engine, goRound } from "./engine.ts";

const EVERY_MS = 1_000;

export function startReconciling(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "reconciling" }, () => reconcileOnce(engine));
}

export async function reconcileOnce({ app }: Pick<Engine, "app">) {
  let did = 0;
  for (const teamId of await app.db.inTransaction(teamsWithOrphans))
    did += await app.db.inTeam(teamId, (db) => releaseOrphans(byEngine(app, db, teamId)));
  for (const teamId of await app.db.inTransaction(teamsWithUnclear))
    did += await app.db.inTeam(teamId, (db) => askOwners(byEngine(app, db, teamId)));
  return did;
}
