// Reports of days that are over are read from sums, and this is who adds them up.
//
// Easy to get wrong here: a mail that goes out leaves no line for the sums. So a day is added up when its end is hours ago, and
// everybody who was writing at that moment is done.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import { teamsWithDaysToCount } from "../../features/gate/engines/store.ts";
import { addDaysUp } from "../../features/sending/message-days/commands.ts";
import { isPast, markNow } from "../../features/sending/message-days/sums-store.ts";
import { crashPoint } from "../../seams.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 30_000;
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 100;

export function startAddingUp(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "adding days up" }, () => addUpOnce(engine));
}

/** One piece for each team that has some. Answers for how many teams there was something to do. */
export async function addUpOnce(looping: Looping) {
  const { app } = looping;
  const now = app.now();
  const teams = await app.db.inTransaction((db) => teamsWithDaysToCount(db, now));
  if (teams.length === 0 || !(await everybodyIsDone(app))) return 0;
  return eachTeam(looping, "add-days-up", teams, (teamId) =>
    batchOf(app, teamId, async (by, manner) => {
      const isDone = await addDaysUp({ ...by, now }, manner);
      await crashPoint("days-before-commit");
      return isDone ? 1 : 0;
    }),
  );
}

/** Not when a transaction writes for long; then the next round asks again. */
async function everybodyIsDone({ db }: App) {
  const mark = await db.inTransaction(markNow);
  for (let look = 0; look < LOOKS; look++) {
    if (await db.inTransaction((asking) => isPast(asking, mark))) return true;
    await sleep(BETWEEN_LOOKS_MS);
  }
  return false;
}
