// Copilots propose once a day, each when its hour comes; a day that nobody was there for runs once when somebody is.

import type { App } from "../app.ts";
import { isAway, lostARace } from "../db/away.ts";
import { proposeDay } from "../features/copilots/proposing.ts";
import { lockDue, switchOff } from "../features/copilots/store.ts";
import { teamsWithCopilotsDue } from "../features/engines/store.ts";
import { putAside } from "../features/set-aside/commands.ts";
import { Refusal, sentenceOf } from "../refusal.ts";
import { crashPoint } from "../seams.ts";
import { AskerLeft, actFor } from "./act-for.ts";
import { eachTeam, type Looping } from "./each-team.ts";
import { byEngine, type Engine, goRound } from "./engine.ts";

const EVERY_MS = 5_000;

export function startCopilots(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "proposing" }, () => proposeOnce(engine));
}

/** One copilot of each team that has some due. Answers how many there were. */
export async function proposeOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithCopilotsDue(db, app.now()));
  return eachTeam(looping, "run-copilots", teams, async (teamId) => {
    const due = await app.db.inTeam(teamId, (db) => lockDue(db, teamId, app.now()));
    if (!due) return 0;
    await proposeFor(app, teamId, due);
    return 1;
  });
}

async function proposeFor(app: App, teamId: string, { id, userId }: { id: string; userId: string }) {
  try {
    await actFor(app, { teamId, userId, cause: "copilot" }, async (act) => {
      // Somebody else may have come first: then its hour is tomorrow by now.
      const due = await lockDue(act.db, teamId, app.now());
      if (due?.id !== id) return;
      await proposeDay(act, id);
      await crashPoint("copilot-before-commit");
    });
  } catch (error) {
    const said = whyNot(error);
    if (said === null && (isAway(error) || lostARace(error))) throw error;
    if (said === null) {
      app.log.warn({ err: error, teamId, copilotId: id }, "a copilot failed, and is put aside for a while");
      await app.db.inTeam(teamId, (db) => putAside(byEngine(app, db, teamId), "run-copilots", id, error));
      return;
    }
    await app.db.inTeam(teamId, (db) => switchOff(db, teamId, id, said, app.now()));
  }
}

/** What only a person can mend. Anything else is tried again. */
function whyNot(error: unknown) {
  if (error instanceof AskerLeft) return "Whoever made it has left the team, so it was switched off.";
  return error instanceof Refusal ? `It was switched off. ${sentenceOf(error)}` : null;
}
