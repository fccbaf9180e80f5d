// Candidates of workflows go one step further: a page of those whom a batch has found, or a group of those who wait. What is
// written of a step is written in the step's own transaction; what asks the network is claimed in one, asked with none open, and
// written in another.

import type { Act, App, Caller } from "../app.ts";
import type { Db } from "../db/connect.ts";
import { asksTheNetwork, FIRST_STEP, mostAtOnce } from "../domain/workflow-steps.ts";
import { refuseEnded } from "../features/automation-rights/rights.ts";
import { findUser } from "../features/users/store.ts";
import { mayPerform } from "../features/workflows/acting.ts";
import { callEach } from "../features/workflows/calling.ts";
import {
  type CandidateRow,
  type Group,
  lockGroup,
  lockStill,
  putOff,
} from "../features/workflows/candidates-store.ts";
import {
  carryFound,
  carryStep,
  endAll,
  MOST_TRIES,
  noteFault,
  readStep,
  type Step,
} from "../features/workflows/carrying.ts";
import { getWorkflow, switchOff } from "../features/workflows/commands.ts";
import { askAbout } from "../features/workflows/enriching.ts";
import { nextPage, takePage } from "../features/workflows/found-store.ts";
import { layInLine } from "../features/workflows/pages.ts";
import { Refusal } from "../refusal.ts";
import { crashPoint } from "../seams.ts";
import { AskerLeft, actFor } from "./act-for.ts";

const CALLS_AT_ONCE = 4;
/** Longer than a group's calls may take. */
const CLAIM = { seconds: 180 };

/** What is asked of the network goes on beside everything else. */
export type Rounds = { app: App; calls: Set<Promise<unknown>> };

/** Answers whether there were as many of them as are taken at once. */
export async function carryOut(rounds: Rounds, teamId: string, group: Group) {
  const { app } = rounds;
  const step = await app.db.inTeam(teamId, (db) => readStep({ db, teamId }, group));
  if (!step) return false;
  if (asksTheNetwork(step.action)) {
    await launch(rounds, teamId, group, step);
    return false;
  }
  const most = mostAtOnce(step.action);
  const hold = (db: Db) => lockGroup(db, teamId, group, most, app.now());
  return (await carryWith(app, teamId, { group, step, hold, carry: carryHeld(step, hold) })) === most;
}

/** The next page of those whom a batch has found. Answers whether there was one. */
export async function carryPage(app: App, teamId: string) {
  const next = await app.db.inTeam(teamId, async (db) => {
    const page = await nextPage(db, teamId);
    if (!page) return null;
    const group = { ...page, nextStep: FIRST_STEP, chain: [page.workflowId], aloneId: null };
    return { page, group, step: await readStep({ db, teamId }, group) };
  });
  if (!next?.step) return false;
  const { page, group, step } = next;
  const hold = async (db: Db) => {
    const taken = await takePage(db, teamId, page);
    return taken ? layInLine(db, teamId, taken, app.now()) : [];
  };
  const carry = async (act: Act) => {
    const taken = await takePage(act.db, teamId, page);
    if (taken) await carryFound(act, step, taken);
    return taken?.entities.length ?? 0;
  };
  await carryWith(app, teamId, { group, step, hold, carry });
  return true;
}

type Carrying = {
  group: Pick<Group, "workflowId" | "chain">;
  step: Step;
  /** Those it is about, held for what is to become of them where it fails. */
  hold(db: Db): Promise<CandidateRow[]>;
  /** Answers for how many it did it. */
  carry(act: Act): Promise<number>;
};

const NOTHING: ReadonlyMap<string, unknown> = new Map();

function carryHeld(step: Step, hold: Carrying["hold"], preparedFor = NOTHING): Carrying["carry"] {
  return async (act) => {
    const rows = await hold(act.db);
    if (rows.length > 0) await carryStep(act, step, rows, preparedFor);
    return rows.length;
  };
}

/** Answers how many it was done for; where it failed, for nobody. */
async function carryWith(app: App, teamId: string, { group, step, hold, carry }: Carrying) {
  const onBehalf = { teamId, userId: step.workflow.userId, cause: "workflow", chain: group.chain };
  try {
    return await actFor(app, onBehalf, async (act) => {
      await refuseEnded(act, step.workflow);
      const count = await carry(act);
      if (count > 0) await crashPoint("workflow-before-commit");
      return count;
    });
  } catch (error) {
    if (lostARace(error)) return 0; // whoever won has gone on; they are looked for again
    const ending = { ...onBehalf, evenIfLeft: true };
    const ended = whatEnded(error);
    if (ended) {
      await actFor(app, ending, async (act) => {
        const rows = await hold(act.db);
        await switchOff(act, await getWorkflow(act, group.workflowId), ended);
        if (rows.length > 0) await endAll(act, step, rows, "failed", { code: ended, data: {} });
      });
      return 0;
    }
    app.log.warn({ err: error, workflowId: group.workflowId }, "a step of a workflow failed");
    await actFor(app, ending, async (act) => {
      const rows = await hold(act.db);
      if (rows.length > 0) await noteFault(act, step, rows);
    });
    return 0;
  }
}

/** For whom, or with what, it acted; null where nothing did. */
function whatEnded(error: unknown) {
  if (error instanceof AskerLeft) return "owner_left";
  return error instanceof Refusal && error.code === "automation_key_ended" ? "key_ended" : null;
}

export function lostARace(error: unknown) {
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
  const caller = await callerOf(app, teamId, step);
  let prepared: ReadonlyMap<string, unknown> = NOTHING;
  if (caller && action?.is === "enrich") prepared = await askAbout(app, caller, workflow.entity, rows);
  if (caller && action?.is === "call_webhook") {
    const isLastTry = rows.some(({ tries }) => tries + 1 >= MOST_TRIES);
    prepared = await callEach(app, teamId, { workflow, url: action.url, step: step.step, rows, isLastTry });
  }
  await crashPoint("workflow-after-call");
  const ids = rows.map(({ id }) => id);
  const hold = (db: Db) => lockStill(db, teamId, ids, step.step, until);
  await carryWith(app, teamId, { group, step, hold, carry: carryHeld(step, hold, prepared) });
}

/** Null where the workflow's owner has left the team, or may not have it done: then nobody is asked. */
function callerOf(app: App, teamId: string, { workflow, action }: Step): Promise<Caller | null> {
  const { userId } = workflow;
  return app.db.inTeam(teamId, async (db) => {
    const user = await findUser(db, teamId, userId);
    if (!user || user.deactivatedAt || !action) return null;
    const credential = { kind: "engine", id: null } as const;
    const caller: Caller = { teamId, userId, role: user.role, isOperator: false, credential };
    return (await mayPerform({ db, caller }, workflow, action)) ? caller : null;
  });
}
