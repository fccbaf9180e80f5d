// Looks ahead for everybody: whose step comes due within a day gets its slot or its task, and what is due takes its place
// in the queue of its mailbox.

import { teamsWithMailsDue, teamsWithPlansDue } from "../features/engines/store.ts";
import { planSteps } from "../features/slots/planning.ts";
import { queueDue } from "../features/slots/planning-store.ts";
import { crashPoint } from "../seams.ts";
import { byEngine, type Engine, goRound } from "./engine.ts";

const EVERY_MS = 250;
const QUEUED_AT_ONCE = 2_000;

export function startPlanning(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "planning steps" }, () => planOnce(engine));
}

/** One batch for each team that has something. Answers how many it dealt with. */
export async function planOnce({ app }: Pick<Engine, "app">) {
  let did = 0;
  const now = app.now();
  const [plans, mails] = await app.db.inTransaction((db) =>
    Promise.all([teamsWithPlansDue(db, now), teamsWithMailsDue(db, now)]),
  );
  for (const teamId of plans)
    did += await app.db.inTeam(teamId, (db) => planned(byEngine(app, db, teamId)), "once");
  for (const teamId of mails)
    did += await app.db.inTeam(teamId, (db) => queueDue(db, teamId, app.now(), QUEUED_AT_ONCE));
  return did;
}

async function planned(by: Parameters<typeof planSteps>[0]) {
  const did = await planSteps(by);
  await crashPoint("plan-before-commit");
  return did;
}
