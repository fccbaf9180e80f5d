// Looks at the A/B tests that run, and ends those that are decided. Each by itself, on behalf of the user who began it.

import type { App } from "../../app.ts";
import { isAway, lostARace } from "../../db/away.ts";
import { putAside } from "../../features/events/set-aside/commands.ts";
import { teamsWithAbTestsDue } from "../../features/gate/engines/store.ts";
import { decideDueTest } from "../../features/insight/ab-tests/commands.ts";
import { findDue } from "../../features/insight/ab-tests/store.ts";
import { actFor } from "../running/act-for.ts";
import { eachTeam, type Looping } from "../running/each-team.ts";
import { byEngine, type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 5_000;

export function startDecidingAbTests(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "deciding A/B tests" }, () => decideAbTestsOnce(engine));
}

/** One test of each team that has some due. Answers how many there were. */
export async function decideAbTestsOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithAbTestsDue(db, app.now()));
  return eachTeam(looping, "decide-ab-tests", teams, async (teamId) => {
    const due = await app.db.inTeam(teamId, (db) => findDue(db, teamId, app.now()));
    if (!due) return 0;
    await decide(app, teamId, { ...due, userId: due.startedBy ?? due.ownerId });
    return 1;
  });
}

type DueTest = { id: string; stepId: string; userId: string };

async function decide(app: App, teamId: string, { id, stepId, userId }: DueTest) {
  try {
    await actFor(app, { teamId, userId, cause: "ab_test", evenIfLeft: true }, (act) =>
      decideDueTest(act, { id, stepId }),
    );
  } catch (error) {
    if (isAway(error) || lostARace(error)) throw error;
    app.log.warn(
      { err: error, teamId, abTestId: id },
      "an A/B test could not be decided and is retried later",
    );
    await app.db.inTeam(teamId, (db) => putAside(byEngine(app, db, teamId), "decide-ab-tests", id, error));
  }
}
