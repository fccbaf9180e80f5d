// Looks ahead for everybody: whose step comes due within a day gets its slot or its task, and what is due takes its place
// in the queue of its mailbox.

import { teamsWithMailsDue, teamsWithPlansDue } from "../features/engines/store.ts";
import type { By } from "../features/events/store.ts";
import { inParts, type Manner } from "../features/set-aside/commands.ts";
import { planSteps } from "../features/slots/planning.ts";
import { lockQueueDue, queueDue, queueThese } from "../features/slots/planning-store.ts";
import { crashPoint } from "../seams.ts";
import { batchOf, eachTeam, type Looping } from "./each-team.ts";
import { type Engine, goRound } from "./engine.ts";

const EVERY_MS = 250;
const QUEUED_AT_ONCE = 2_000;

export function startPlanning(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "planning steps" }, () => planOnce(engine));
}

/** One batch for each team that has something. Answers how many it dealt with. */
export async function planOnce(looping: Looping) {
  const { app } = looping;
  const now = app.now();
  const [plans, mails] = await app.db.inTransaction((db) =>
    Promise.all([teamsWithPlansDue(db, now), teamsWithMailsDue(db, now)]),
  );
  const planned = await eachTeam(looping, "plan-steps", plans, (teamId) =>
    batchOf(app, teamId, planBatch, "once"),
  );
  const queued = await eachTeam(looping, "queue-mails", mails, (teamId) => batchOf(app, teamId, queueBatch));
  return planned + queued;
}

async function queueBatch(by: By, manner: Manner) {
  const { db, teamId, now } = by;
  if (manner === "together") return queueDue(db, teamId, now, QUEUED_AT_ONCE);
  const rows = await lockQueueDue(db, teamId, now, QUEUED_AT_ONCE);
  await inParts(by, { loop: "queue-mails", manner }, rows, (some) =>
    queueThese(
      db,
      teamId,
      some.map(({ id }) => id),
    ),
  );
  return rows.length;
}

async function planBatch(by: By, manner: Manner) {
  const did = await planSteps(by, manner);
  await crashPoint("plan-before-commit");
  return did;
}
