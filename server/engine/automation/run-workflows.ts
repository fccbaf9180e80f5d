// Workflows: events, payloads and times become candidates, and candidates go from step to step.
//
// Everything is a row with a time on it, and is looked for several times a second. What is written of a step is written in the
// step's own transaction; what asks the network is claimed in one, asked with none open, and written in another, so that only
// a call to a receiver can come twice, and then under the same id. A workflow for which anything fails is set aside, and the
// team's other workflows go on.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import { isAway } from "../../db/away.ts";
import type { Db } from "../../db/connect.ts";
import { type CandidateGroup, nextGroup } from "../../features/automation/workflows/candidates-store.ts";
import { listenOnce } from "../../features/automation/workflows/listening.ts";
import { listWaitingWorkflows } from "../../features/automation/workflows/payloads-store.ts";
import { receive } from "../../features/automation/workflows/receiving.ts";
import { findOnce, giveUpFinding, startDue } from "../../features/automation/workflows/scheduling.ts";
import { listTeamsWithWorkflowWork } from "../../features/automation/workflows/store.ts";
import { watchForCopies } from "../../features/gate/clone-guard/commands.ts";
import { crashPoint } from "../../seams.ts";
import { actFor } from "../running/act-for.ts";
import { alone, batchOf, eachTeam } from "../running/each-team.ts";
import { carryGroup, carryPage, LOOP, lostARace, type Rounds } from "./carry-candidates.ts";

const LOOK_EVERY_MS = 200;
const GROUPS_IN_A_ROUND = 20;

type Looking = Rounds & { isHeld(db: Db): Promise<boolean> };

/** `calls`: those to the receivers of workflows that are under way. */
export function startWorkflows(app: App, calls: Rounds["calls"] = new Set()) {
  const stopping = new AbortController();
  const rounds: Looking = { app, isHeld: watchForCopies(app), calls };
  const run = async () => {
    while (!stopping.signal.aborted) {
      const didSomething = await goRound(rounds, stopping.signal).catch((error) => {
        app.log.warn({ err: error }, "workflows could not be run");
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
    const found = await listTeamsWithWorkflowWork(db, app.now());
    return found.length > 0 && (await isHeld(db)) ? [] : found;
  });
  // Where nothing is done, because all that is left is set aside, nothing is tried again without a pause.
  const did = await eachTeam({ app, stopping }, LOOP, teams, async (teamId) =>
    stopping.aborted ? 0 : attend(rounds, teamId),
  );
  return did > 0 && !(await isIdle(rounds));
}

/** Where all that is left is being called already, looking again at once would find nothing else. */
async function isIdle({ calls }: Rounds) {
  if (calls.size === 0) return false;
  await sleep(LOOK_EVERY_MS);
  return true;
}

/** Answers how much was done. */
async function attend(rounds: Rounds, teamId: string) {
  const { app } = rounds;
  let did = await batchOf(app, teamId, async (by, manner) => {
    const hadNews = await listenOnce(by, manner);
    if (hadNews) await crashPoint("workflow-before-taken");
    return Number(hadNews);
  });
  did += await receivePayloads(app, teamId);
  did += await batchOf(app, teamId, startDue);
  did += await findSurely(app, teamId);
  let group: CandidateGroup | null = null;
  for (let n = 0; n < GROUPS_IN_A_ROUND; n++) {
    const hadPage = await carryPage(app, teamId);
    if (hadPage) await crashPoint("workflow-between-steps");
    group ??= await app.db.inTeam(teamId, (db) => nextGroup(db, teamId, app.now()));
    if (!group && !hadPage) return did;
    did += 1;
    if (!group) continue;
    const isWhole = await carrySurely(rounds, teamId, group);
    if (!isWhole) group = null; // else the next of them are as overdue, and need not be looked for
    await crashPoint("workflow-between-steps");
  }
  return did;
}

async function carrySurely(rounds: Rounds, teamId: string, group: CandidateGroup) {
  let isWhole = false;
  await alone(rounds.app, { teamId, loop: LOOP, id: group.workflowId }, async () => {
    isWhole = await carryGroup(rounds, teamId, group);
  });
  return isWhole;
}

/** A search that the database gives up would be tried for ever, and hold up everybody else. */
async function findSurely(app: App, teamId: string) {
  let begun: { runId: string; workflowId: string } | undefined;
  const begins = (runId: string, workflowId: string) => {
    begun = { runId, workflowId };
  };
  try {
    await app.db.inTeam(teamId, async (db) => {
      if (await findOnce(db, teamId, app.now(), begins)) await crashPoint("workflow-before-found");
    });
  } catch (error) {
    if (begun === undefined || lostARace(error) || isAway(error)) throw error;
    const { runId, workflowId } = begun;
    app.log.warn({ err: error, teamId, runId }, "the search for a workflow's records failed");
    await alone(app, { teamId, loop: LOOP, id: workflowId }, () =>
      app.db.inTeam(teamId, (db) => giveUpFinding(db, teamId, runId, app.now())),
    );
  }
  return begun ? 1 : 0;
}

async function receivePayloads(app: App, teamId: string) {
  const waiting = await app.db.inTeam(teamId, (db) => listWaitingWorkflows(db, teamId));
  for (const { workflowId, userId } of waiting) {
    const onBehalf = { teamId, userId, cause: "workflow", chain: [workflowId], evenIfLeft: true };
    await alone(app, { teamId, loop: LOOP, id: workflowId }, () =>
      actFor(app, onBehalf, (act) => receive(act, workflowId)),
    );
  }
  return waiting.length;
}
