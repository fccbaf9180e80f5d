// Workflows: events, payloads and times become candidates, and candidates go from step to step.
//
// Everything is a row with a time on it, and is looked for several times a second. What is written of a step is written in the
// step's own transaction; what asks the network is claimed in one, asked with none open, and written in another, so that only
// a call to a receiver can come twice, and then under the same id.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../app.ts";
import type { Db } from "../db/connect.ts";
import { watchForCopies } from "../features/fence/commands.ts";
import { type Group, nextGroup } from "../features/workflows/candidates-store.ts";
import { listenOnce } from "../features/workflows/listening.ts";
import { listWaiting } from "../features/workflows/payloads-store.ts";
import { receive } from "../features/workflows/receiving.ts";
import { findOnce, giveUpFinding, startDue } from "../features/workflows/scheduling.ts";
import { listTeamsWithWork } from "../features/workflows/store.ts";
import { crashPoint } from "../seams.ts";
import { actFor } from "./act-for.ts";
import { carryOut, carryPage, lostARace, type Rounds } from "./carry-candidates.ts";
import { eachTeam } from "./each-team.ts";

const LOOK_EVERY_MS = 200;
const GROUPS_IN_A_ROUND = 20;

type Looking = Rounds & { isHeld(db: Db): Promise<boolean> };

export function startWorkflows(app: App) {
  const stopping = new AbortController();
  const rounds: Looking = { app, isHeld: watchForCopies(app), calls: new Set() };
  const run = async () => {
    while (!stopping.signal.aborted) {
      const didSomething = await goRound(rounds, stopping.signal).catch((error) => {
        app.log.warn({ err: error }, "workflows could not be looked after");
        return false;
      });
      if (!didSomething) await app.workflows.pause(LOOK_EVERY_MS, stopping.signal);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
    await Promise.allSettled(rounds.calls);
  };
}

/** Once through all teams that have something. Answers whether there was anything. */
async function goRound(rounds: Looking, stopping: AbortSignal) {
  const { app, isHeld } = rounds;
  // A copy of the database would do once more what the real one does.
  const teams = await app.db.inTransaction(async (db) => {
    const found = await listTeamsWithWork(db, app.now());
    return found.length > 0 && (await isHeld(db)) ? [] : found;
  });
  // A team that fails is put aside, and is not tried again without a pause.
  const did = await eachTeam({ app, stopping }, "run-workflows", teams, async (teamId) => {
    if (!stopping.aborted) await attend(rounds, teamId);
    return 1;
  });
  return did > 0 && !(await isIdle(rounds));
}

/** Where all that is left is being called already, looking again at once would find nothing else. */
async function isIdle({ calls }: Rounds) {
  if (calls.size === 0) return false;
  await sleep(LOOK_EVERY_MS);
  return true;
}

async function attend(rounds: Rounds, teamId: string) {
  const { app } = rounds;
  await app.db.inTeam(teamId, async (db) => {
    if (await listenOnce(db, teamId, app.now())) await crashPoint("workflow-before-taken");
  });
  await receivePayloads(app, teamId);
  await app.db.inTeam(teamId, (db) => startDue(db, teamId, app.now()));
  await findSurely(app, teamId);
  let group: Group | null = null;
  for (let n = 0; n < GROUPS_IN_A_ROUND; n++) {
    const hadPage = await carryPage(app, teamId);
    if (hadPage) await crashPoint("workflow-between-steps");
    group ??= await app.db.inTeam(teamId, (db) => nextGroup(db, teamId, app.now()));
    if (!group && hadPage) continue;
    if (!group) return;
    const isWhole = await carryOut(rounds, teamId, group);
    if (!isWhole) group = null; // else the next of them are as overdue, and need not be looked for
    await crashPoint("workflow-between-steps");
  }
}

/** A search that the database gives up would be tried for ever, and hold up everybody else. */
async function findSurely(app: App, teamId: string) {
  let runId: string | undefined;
  const begins = (id: string) => {
    runId = id;
  };
  try {
    await app.db.inTeam(teamId, async (db) => {
      if (await findOnce(db, teamId, app.now(), begins)) await crashPoint("workflow-before-found");
    });
  } catch (error) {
    if (runId === undefined || lostARace(error) || isAway(error)) throw error;
    const failed = runId;
    app.log.warn({ err: error, teamId, runId }, "a workflow's candidates could not be found");
    await app.db.inTeam(teamId, (db) => giveUpFinding(db, teamId, failed, app.now()));
  }
}

/** The database, and not what was asked of it. */
function isAway(error: unknown) {
  if (error instanceof RangeError || error instanceof TypeError) return false;
  const { code } = error as { code?: string };
  return code === undefined || /^(?:08|53|57P|E)/.test(code);
}

async function receivePayloads(app: App, teamId: string) {
  const waiting = await app.db.inTeam(teamId, (db) => listWaiting(db, teamId));
  for (const { workflowId, userId } of waiting) {
    const onBehalf = { teamId, userId, cause: "workflow", chain: [workflowId], evenIfLeft: true };
    await actFor(app, onBehalf, (act) => receive(act, workflowId));
  }
}
