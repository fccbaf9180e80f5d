// Looks ahead for everybody: whose step comes due within a day gets its slot or its task, and what is due takes its place
// in the queue of its mailbox.

import type { By } from "../../features/events/events/store.ts";
import { type BatchMode, inParts } from "../../features/events/set-aside/commands.ts";
import { teamsWithMailsDue, teamsWithPlansDue } from "../../features/gate/engines/store.ts";
import { planSteps } from "../../features/sending/outbox/mail-life.ts";
import {
  type End,
  lockQueueDue,
  queueDue,
  queueThese,
} from "../../features/sending/planning/planning-store.ts";
import { crashPoint } from "../../seams.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 250;
const QUEUED_AT_ONCE = 2_000;
const OF_THE_LAST = 500;

/** Side by side: a batch of plans takes longer than a mail that is due should wait for its place in the queue. */
export function startPlanning(engine: Engine) {
  return Promise.all([
    goRound(engine, { everyMs: EVERY_MS, what: "planning steps" }, () => planDue(engine)),
    goRound(engine, { everyMs: EVERY_MS, what: "queueing mails" }, () => queueMails(engine)),
  ]);
}

/** One batch of both for each team that has something. Answers how many it dealt with. */
export async function planOnce(looping: Looping) {
  return (await planDue(looping)) + (await queueMails(looping));
}

async function planDue(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithPlansDue(db, app.now()));
  return eachTeam(looping, "plan-steps", teams, (teamId) => batchOf(app, teamId, planBatch, "once"));
}

async function queueMails(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => teamsWithMailsDue(db, app.now()));
  return eachTeam(looping, "queue-mails", teams, (teamId) => queueMailsOf(looping, teamId));
}

/** One batch of what is due in the team. */
export function queueMailsOf({ app }: Pick<Looping, "app">, teamId: string) {
  return batchOf(app, teamId, queueBatch);
}

/** Where there are more than that, what has fallen due a moment ago comes in from the other end, and does not wait for all of them. */
async function queueBatch(by: By, manner: BatchMode) {
  const first = await queueFrom(by, manner, QUEUED_AT_ONCE, "first");
  return first < QUEUED_AT_ONCE ? first : first + (await queueFrom(by, manner, OF_THE_LAST, "last"));
}

async function queueFrom(by: By, manner: BatchMode, limit: number, end: End) {
  const { db, teamId, now } = by;
  if (manner === "together") return queueDue(db, teamId, now, limit, end);
  const rows = await lockQueueDue(db, teamId, now, limit, end);
  await inParts(by, { loop: "queue-mails", manner }, rows, (some) =>
    queueThese(
      db,
      teamId,
      some.map(({ id }) => id),
    ),
  );
  return rows.length;
}

async function planBatch(by: By, manner: BatchMode) {
  const did = await planSteps(by, manner);
  await crashPoint("plan-before-commit");
  return did;
}
