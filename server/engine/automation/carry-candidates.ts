// Candidates of workflows go one step further: a page of those whom a batch has found, or a group of those who wait. What is
// written of a step is written in the step's own transaction; what asks the network is claimed in one, asked with none open, and
// written in another.

import type { Act, App, Caller } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { asksTheNetwork, FIRST_STEP, mostAtOnce } from "../../domain/automation/workflow-steps.ts";
import type { LoopName } from "../../domain/basics/engine-loops.ts";
import { hasEnded, refuseEnded } from "../../features/automation/automation-rights/rights.ts";
import { mayPerform } from "../../features/automation/workflows/acting.ts";
import { callEach } from "../../features/automation/workflows/calling.ts";
import {
  type CandidateGroup,
  lockGroup,
  lockStill,
  putCandidatesOff,
  type WorkflowCandidateRow,
} from "../../features/automation/workflows/candidates-store.ts";
import {
  carryFound,
  carryStep,
  endAll,
  MOST_TRIES,
  noteFault,
  readStep,
  type WorkflowStepRun,
} from "../../features/automation/workflows/carrying.ts";
import { switchWorkflowOff } from "../../features/automation/workflows/commands.ts";
import { lookUpCandidates } from "../../features/automation/workflows/enriching.ts";
import { type FoundPage, nextPage, takePage } from "../../features/automation/workflows/found-store.ts";
import { layInLine } from "../../features/automation/workflows/pages.ts";
import { lockWorkflow, type WorkflowRow } from "../../features/automation/workflows/store.ts";
import { byCaller } from "../../features/events/events/store.ts";
import { inParts } from "../../features/events/set-aside/commands.ts";
import { findUser } from "../../features/identity/users/store.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { crashPoint } from "../../seams.ts";
import { AskerLeft, actFor } from "../running/act-for.ts";
import { alone } from "../running/each-team.ts";

export const LOOP: LoopName = "run-workflows";
const CALLS_AT_ONCE = 4;
/** Longer than a group's calls may take. */
const CLAIM = { seconds: 180 };

/** What is asked of the network goes on beside everything else. */
export type Rounds = { app: App; calls: Set<Promise<unknown>> };

/** Answers whether there were as many of them as are taken at once. */
export async function carryGroup(rounds: Rounds, teamId: string, group: CandidateGroup) {
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
  const page = await app.db.inTeam(teamId, (db) => nextPage(db, teamId));
  if (!page) return false;
  let isDone = false;
  await alone(app, { teamId, loop: LOOP, id: page.workflowId }, async () => {
    isDone = await carryPageOf(app, teamId, page);
  });
  return isDone;
}

async function carryPageOf(app: App, teamId: string, page: FoundPage) {
  const group = { ...page, nextStep: FIRST_STEP, chain: [page.workflowId], aloneId: null };
  const step = await app.db.inTeam(teamId, (db) => readStep({ db, teamId }, group));
  if (!step) return false;
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
  group: Pick<CandidateGroup, "workflowId" | "chain">;
  step: WorkflowStepRun;
  /** Those it is about, held for what is to become of them where it fails. */
  hold(db: Db): Promise<WorkflowCandidateRow[]>;
  /** Answers for how many it did it. */
  carry(act: Act): Promise<number>;
};

const NOTHING: ReadonlyMap<string, unknown> = new Map();

function carryHeld(step: WorkflowStepRun, hold: Carrying["hold"], preparedFor = NOTHING): Carrying["carry"] {
  return async (act) => {
    const rows = await hold(act.db);
    if (rows.length > 0) await carryStep(act, step, rows, preparedFor);
    return rows.length;
  };
}

/** Answers how many it was done for; after a failure, zero. */
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
    if (lostARace(error)) return 0; // the winner has gone on; they are looked for again
    const ending = { ...onBehalf, evenIfLeft: true };
    if (hasNobody(error)) {
      await actFor(app, ending, (act) => switchOff(act, step, hold));
      return 0;
    }
    app.log.warn({ err: error, workflowId: group.workflowId }, "a step of a workflow failed");
    await actFor(app, ending, async (act) => {
      const rows = await hold(act.db);
      const parts = { loop: LOOP, manner: "apart" } as const;
      await inParts(byCaller(act), parts, rows, (some) => noteFault(act, step, some));
    });
    return 0;
  }
}

/** For whom, or with what, it acted is gone. */
function hasNobody(error: unknown) {
  return error instanceof AskerLeft || (error instanceof Refusal && error.code === "automation_key_ended");
}

/** Unless it was given to another user, or saved anew, in the meantime: then its candidates go on. */
async function switchOff(act: Act, step: WorkflowStepRun, hold: Carrying["hold"]) {
  const workflow = await lockWorkflow(act.db, act.caller.teamId, step.workflow.id);
  const ended = workflow && (await whatEnded(act, workflow));
  if (!workflow || !ended) return;
  const rows = await hold(act.db);
  await switchWorkflowOff(act, workflow, ended);
  if (rows.length > 0) await endAll(act, step, rows, "failed", { code: ended, data: {} });
}

async function whatEnded(act: Act, workflow: WorkflowRow) {
  const owner = await findUser(act.db, act.caller.teamId, workflow.userId);
  if (!owner || owner.deactivatedAt) return "owner_left";
  return (await hasEnded(act, workflow)) ? "key_ended" : null;
}

export function lostARace(error: unknown) {
  const { code } = error as { code?: string };
  return code === "40001" || code === "40P01";
}

/** Claimed now; asked and written while the rest goes on. */
async function launch(rounds: Rounds, teamId: string, group: CandidateGroup, step: WorkflowStepRun) {
  const { app, calls } = rounds;
  if (calls.size >= CALLS_AT_ONCE) await Promise.race(calls);
  const until = app.now().add(CLAIM).round({ smallestUnit: "millisecond", roundingMode: "floor" });
  const rows = await app.db.inTeam(teamId, async (db) => {
    const claimed = await lockGroup(db, teamId, group, mostAtOnce(step.action), app.now());
    await putCandidatesOff(
      db,
      teamId,
      claimed.map(({ id }) => id),
      until,
    );
    return claimed;
  });
  if (rows.length === 0) return;
  const row = { teamId, loop: LOOP, id: group.workflowId };
  const call = alone(app, row, () => askAndCarry(app, teamId, { group, step, rows, until }))
    .catch((error) => app.log.warn({ err: error, teamId }, "a workflow's call could not be recorded"))
    .finally(() => calls.delete(call));
  calls.add(call);
}

type Claimed = {
  group: CandidateGroup;
  step: WorkflowStepRun;
  rows: readonly WorkflowCandidateRow[];
  until: Temporal.Instant;
};

async function askAndCarry(app: App, teamId: string, { group, step, rows, until }: Claimed) {
  const { workflow, action } = step;
  const caller = await callerOf(app, teamId, step);
  let prepared: ReadonlyMap<string, unknown> = NOTHING;
  if (caller && action?.is === "enrich")
    prepared = await lookUpCandidates(app, caller, workflow.entity, rows);
  if (caller && action?.is === "call_webhook") {
    const isLastTry = rows.some(({ tries }) => tries + 1 >= MOST_TRIES);
    prepared = await callEach(app, teamId, { workflow, url: action.url, step: step.step, rows, isLastTry });
  }
  await crashPoint("workflow-after-call");
  const ids = rows.map(({ id }) => id);
  const hold = (db: Db) => lockStill(db, teamId, ids, step.step, until);
  await carryWith(app, teamId, { group, step, hold, carry: carryHeld(step, hold, prepared) });
}

/** Null where the workflow's owner has left the team, or may not do it: then no model is asked. */
function callerOf(app: App, teamId: string, { workflow, action }: WorkflowStepRun): Promise<Caller | null> {
  const { userId } = workflow;
  return app.db.inTeam(teamId, async (db) => {
    const user = await findUser(db, teamId, userId);
    if (!user || user.deactivatedAt || !action) return null;
    const credential = { kind: "engine", id: null } as const;
    const caller: Caller = { teamId, userId, role: user.role, isOperator: false, credential };
    return (await mayPerform({ db, caller }, workflow, action)) ? caller : null;
  });
}
