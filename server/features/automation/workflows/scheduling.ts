// Runs by the clock, and the looking for their candidates.

import type { Db } from "../../../db/connect.ts";
import { nextCronRun, readCron, runsBetween } from "../../../domain/time/cron.ts";
import { newId } from "../../../kernel/ids.ts";
import { type By, record } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { findForRun } from "./outlook.ts";
import { triggerOf } from "./pages.ts";
import { failRun, lockFinding, noteFound, openRun, type RunRow, setStatus } from "./runs-store.ts";
import { findVersion, listDue, lockWorkflow, setNextRun, type WorkflowRow } from "./store.ts";
import { takeFound, takeTriggered } from "./taking.ts";

const MOST_COUNTED = 1_000;

/** Whatever was missed is one run. A workflow that fails is set aside. Answers how many were started. */
export async function startDue(by: By, manner: BatchMode = "together") {
  const due = await listDue(by.db, by.teamId, by.now);
  let started = 0;
  await inParts(by, { loop: "run-workflows", manner }, due, async (some) => {
    let among = 0;
    for (const { id } of some) among += await startOne(by, id);
    started += among;
  });
  return started;
}

/** Answers 0 where there is nothing to start: another process was faster, or it is off. */
async function startOne({ db, teamId, now }: By, id: string) {
  const workflow = await lockWorkflow(db, teamId, id);
  const { nextRunAt, isActive, definition, version } = workflow ?? {};
  if (!workflow || !isActive || !nextRunAt || !version || definition?.trigger.is !== "schedule") return 0;
  if (Temporal.Instant.compare(nextRunAt, now) > 0) return 0;
  const cron = readCron(definition.trigger.cron);
  if (!cron) return 0;
  const { zone } = definition.trigger;
  const wish = {
    ...({ id: newId(), workflowId: id, version, cause: "schedule", status: "finding" } as const),
    triggerKey: `schedule:${nextRunAt.toString()}`,
    scheduledFor: nextRunAt,
    numMissed: runsBetween(cron, zone, nextRunAt, now, MOST_COUNTED),
  };
  const { run } = await openRun(db, teamId, wish, now);
  await setNextRun(db, teamId, id, nextCronRun(cron, zone, now));
  await tell({ db, teamId, now }, workflow, run);
  return 1;
}

function tell(
  { db, teamId, now }: { db: Db; teamId: string; now: Temporal.Instant },
  { id, name }: WorkflowRow,
  run: RunRow,
) {
  const origin = { requestId: null, address: null, cause: "clock" };
  return record(
    { db, now, origin, teamId, userId: null, apiKeyId: null },
    {
      type: "workflow.run_started",
      subject: { type: "workflow", id },
      data: { name, run_id: run.id, cause: run.cause, missed: run.numMissed },
    },
  );
}

/**
 * One run's candidates, all in the transaction that says that they were found. Answers whether there was one; says which it is
 * before it looks.
 */
export async function findOnce(
  db: Db,
  teamId: string,
  now: Temporal.Instant,
  begins: (runId: string, workflowId: string) => void = () => {},
) {
  const run = await lockFinding(db, teamId);
  if (!run) return false;
  begins(run.id, run.workflowId);
  const current = await lockWorkflow(db, teamId, run.workflowId);
  const definition = await findVersion(db, teamId, run.workflowId, run.version);
  if (!current || !definition) {
    await failRun(db, teamId, run.id, "The workflow no longer exists.", now);
    return true;
  }
  const workflow = { ...current, definition };
  const setting = { db, teamId, now, workflow, run };
  const { taken, leftOver } = run.entityIds
    ? {
        ...(await takeTriggered(
          setting,
          run.entityIds.map((entityId) => named(run, entityId)),
        )),
        leftOver: 0,
      }
    : await takeAll(setting);
  if (leftOver > 0) await noteFound(db, teamId, run.id, 0, leftOver);
  const isOver = taken === 0 || definition.actions.length === 0;
  await setStatus(db, teamId, run.id, isOver ? "done" : "running", isOver ? now : null);
  return true;
}

function named({ id }: RunRow, entityId: string) {
  return {
    entityId,
    triggerKey: triggerOf(id),
    eventId: null,
    payloadId: null,
    payloadHash: null,
    chain: [],
  };
}

async function takeAll(setting: Parameters<typeof takeFound>[0]) {
  const { db, teamId, now, workflow } = setting;
  const { found, leftOver } = await findForRun({ db, now, caller: { teamId } }, workflow, null);
  return { taken: await takeFound(setting, found), leftOver };
}

/** Of a run where looking for them failed; not where another engine looks for them by now. */
export async function giveUpFinding(db: Db, teamId: string, runId: string, now: Temporal.Instant) {
  const run = await lockFinding(db, teamId, runId);
  const workflow = run && (await lockWorkflow(db, teamId, run.workflowId));
  if (!run || !workflow) return;
  await failRun(db, teamId, run.id, "The search for matching records failed or took too long.", now);
  const origin = { requestId: null, address: null, cause: "workflow" };
  await record(
    { db, now, origin, teamId, userId: null, apiKeyId: null },
    {
      type: "workflow.run_failed",
      subject: { type: "workflow", id: workflow.id },
      data: { name: workflow.name, run_id: run.id },
    },
  );
}
