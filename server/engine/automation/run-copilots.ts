// Copilots propose once a day, each when its hour comes; a day without a running engine is made up for once.

import type { App } from "../../app.ts";
import { isAway, lostARace } from "../../db/away.ts";
import { proposeDay } from "../../features/automation/copilots/proposing.ts";
import { type DueCopilot, lockDue, switchCopilotOff } from "../../features/automation/copilots/store.ts";
import { putAside } from "../../features/events/set-aside/commands.ts";
import { teamsWithCopilotsDue } from "../../features/gate/engines/store.ts";
import { Refusal, sentenceOf } from "../../kernel/refusal.ts";
import { crashPoint } from "../../seams.ts";
import { AskerLeft, actFor } from "../running/act-for.ts";
import { eachTeam, type Looping } from "../running/each-team.ts";
import { byEngine, type Engine, goRound } from "../running/engine.ts";

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

async function proposeFor(app: App, teamId: string, due: DueCopilot) {
  const { id, userId } = due;
  let tried = due;
  try {
    await actFor(app, { teamId, userId, cause: "copilot" }, async (act) => {
      // Another engine may have come first: then its hour is tomorrow by now.
      const again = await lockDue(act.db, teamId, app.now());
      if (again?.id !== id) return;
      tried = again;
      await proposeDay(act, id);
      await crashPoint("copilot-before-commit");
    });
  } catch (error) {
    const said = whyNot(error);
    if (said === null && (isAway(error) || lostARace(error))) throw error;
    if (said === null) {
      app.log.warn({ err: error, teamId, copilotId: id }, "a copilot failed and is retried later");
      await app.db.inTeam(teamId, (db) => putAside(byEngine(app, db, teamId), "run-copilots", id, error));
      return;
    }
    await app.db.inTeam(teamId, (db) => switchCopilotOff(db, teamId, tried, said, app.now()));
  }
}

/** What only a person can mend. Anything else is tried again. */
function whyNot(error: unknown) {
  if (error instanceof AskerLeft) return "Turned off, because its owner has left the team.";
  return error instanceof Refusal ? `Turned off. ${sentenceOf(error)}` : null;
}
