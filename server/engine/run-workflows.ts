// Workflows: events, payloads and times become candidates, and candidates go from step to step.
//
// Everything is a row with a time on it, and is looked for several times a second. What is written of a step is written in the
// step's own transaction; what asks the network is claimed in one, asked with none open, and written in another, so that only
// a call to a receiver can come twice, and then under the same id.

import { setTimeout as sleep } from "node:timers/promises";
import type { App, Caller } from "../app.ts";
import type { Db } from "../db/connect.ts";
import { watchForCopies } from "../features/fence/commands.ts";
import { findUser } from "../features/users/store.ts";
import { callEach } from "../features/workflows/calling.ts";
import {
  type CandidateRow,
  type Group,
  lockGroup,
  lockStill,
  nextGroup,
  putOff,
} from "../features/workflows/candidates-store.ts";
import {
  asksTheNetwork,
  carryStep,
  endAll,
  MOST_TRIES,
  mostAtOnce,
  noteFault,
  readStep,
  type Step,
} from "../features/workflows/carrying.ts";
import { getWorkflow, switchOff } from "../features/workflows/commands.ts";
import { askAbout } from "../features/workflows/enriching.ts";
import { listenOnce } from "../features/workflows/listening.ts";
import { listWaiting } from "../features/workflows/payloads-store.ts";
import { receive } from "../features/workflows/receiving.ts";
import { findOnce, giveUpFinding, startDue } from "../features/workflows/scheduling.ts";
import { listTeamsWithWork } from "../features/workflows/store.ts";
import { crashPoint } from "../seams.ts";
import { AskerLeft, actFor } from "./act-for.ts";

const LOOK_EVERY_MS = 200;
const GROUPS_IN_A_ROUND = 20;
const CALLS_AT_ONCE = 4;
/** Longer than a group's calls may take. */
const CLAIM = { seconds: 180 };

type Rounds = { app: App; isHeld(db: Db): Promise<boolean>; calls: Set<Promise<unknown>> };

export function startWorkflows(app: App) {
  const stopping = new AbortController();
  const rounds: Rounds = { app, isHeld: watchForCopies(app), calls: new Set() };
  const run = async () => {
    while (!stopping.signal.aborted) {
      const didSomething = await goRound(rounds, stopping.signal).catch((error) => {
        app.log.warn({ err: error }, "workflows could not be looked after");
        return false;
      });
      if (!didSomething) await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
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
async function goRound(rounds: Rounds, stopping: AbortSignal) {
  const { app, isHeld } = rounds;
  // A copy of the database would do once more what the real one does.
  const teams = await app.db.inTransaction(async (db) => {
    const found = await listTeamsWithWork(db, app.now());
    return found.length > 0 && (await isHeld(db)) ? [] : found;
  });
  let isWell = true;
  for (const teamId of teams) {
    if (stopping.aborted) return true;
    await attend(rounds, teamId).catch((error) => {
      isWell = false; // and is not tried again without a pause
      app.log.warn({ err: error, teamId }, "a team's workflows could not be looked after");
    });
  }
  return isWell && teams.length > 0 && !(await isIdle(rounds));
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
    group ??= await app.db.inTeam(teamId, (db) => nextGroup(db, teamId, app.now()));
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

/** Answers whether there were as many of them as are taken at once. */
async function carryOut(rounds: Rounds, teamId: string, group: Group) {
  const { app } = rounds;
  const step = await app.db.inTeam(teamId, (db) => readStep({ db, teamId }, group));
  if (!step) return false;
  if (asksTheNetwork(step.action)) {
    await launch(rounds, teamId, group, step);
    return false;
  }
  const most = mostAtOnce(step.action);
  const lock = (db: Db) => lockGroup(db, teamId, group, most, app.now());
  return (await carryWith(app, teamId, group, step, lock)) === most;
}

const NOTHING: ReadonlyMap<string, unknown> = new Map();

type Lock = (db: Db) => Promise<CandidateRow[]>;

/** Answers how many it was done for; where it failed, for nobody. */
async function carryWith(
  app: App,
  teamId: string,
  group: Group,
  step: Step,
  lock: Lock,
  preparedFor: () => ReadonlyMap<string, unknown> = () => NOTHING,
) {
  const onBehalf = { teamId, userId: step.workflow.userId, cause: "workflow", chain: group.chain };
  try {
    return await actFor(app, onBehalf, async (act) => {
      const rows = await lock(act.db);
      if (rows.length === 0) return 0;
      await carryStep(act, step, rows, preparedFor());
      await crashPoint("workflow-before-commit");
      return rows.length;
    });
  } catch (error) {
    if (lostARace(error)) return 0; // whoever won has gone on; they are looked for again
    const ending = { ...onBehalf, evenIfLeft: true };
    if (error instanceof AskerLeft) {
      await actFor(app, ending, async (act) => {
        await switchOff(act, await getWorkflow(act, group.workflowId), "owner_left");
        const rows = await lock(act.db);
        if (rows.length > 0) await endAll(act, step, rows, "failed", { code: "owner_left", data: {} });
      });
      return 0;
    }
    app.log.warn({ err: error, workflowId: group.workflowId }, "a step of a workflow failed");
    await actFor(app, ending, async (act) => {
      const rows = await lock(act.db);
      if (rows.length > 0) await noteFault(act, step, rows);
    });
    return 0;
  }
}

function lostARace(error: unknown) {
  const { code } = error as { code?: string };
  return code === "40001" || code === "40P01";
}

/** Claimed now; asked and written while the rest goes on. */
async function launch(rounds: Rounds, teamId: string, group: Group, step: Step) {
  const { app, calls } = rounds;
  if (calls.size >= CALLS_AT_ONCE) await Promise.race(calls);
  const until = app.now().add(CLAIM).round({ smallestUnit: "millisecond", roundingMode: "floor" });
  const rows = await app.db.inTeam(teamId, async (db) => {
    const claimed = await lockGroup(db, teamId, group, mostAtOnce(step.action), app.now());
    await putOff(
      db,
      teamId,
      claimed.map(({ id }) => id),
      until,
    );
    return claimed;
  });
  if (rows.length === 0) return;
  const call = askAndCarry(app, teamId, { group, step, rows, until })
    .catch((error) => app.log.warn({ err: error, teamId }, "a workflow's call could not be written down"))
    .finally(() => calls.delete(call));
  calls.add(call);
}

type Claimed = { group: Group; step: Step; rows: readonly CandidateRow[]; until: Temporal.Instant };

async function askAndCarry(app: App, teamId: string, { group, step, rows, until }: Claimed) {
  const { workflow, action } = step;
  const caller = await callerOf(app, teamId, workflow.userId);
  let prepared: ReadonlyMap<string, unknown> = NOTHING;
  if (caller && action?.is === "enrich") prepared = await askAbout(app, caller, workflow.entity, rows);
  if (caller && action?.is === "call_webhook") {
    const isLastTry = rows.some(({ tries }) => tries + 1 >= MOST_TRIES);
    prepared = await callEach(app, teamId, { workflow, url: action.url, step: step.step, rows, isLastTry });
  }
  await crashPoint("workflow-after-call");
  const ids = rows.map(({ id }) => id);
  const lock = (db: Db) => lockStill(db, teamId, ids, step.step, until);
  await carryWith(app, teamId, group, step, lock, () => prepared);
}

/** Null for whoever has left the team: then nobody is asked. */
async function callerOf(app: App, teamId: string, userId: string): Promise<Caller | null> {
  const user = await app.db.inTeam(teamId, (db) => findUser(db, teamId, userId));
  if (!user || user.deactivatedAt) return null;
  return { teamId, userId, role: user.role, isOperator: false, credential: { kind: "engine", id: null } };
}
