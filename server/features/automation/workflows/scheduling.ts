// Runs by the clock, and the looking for their candidates.

import type { Db } from "../../../db/connect.ts";
import { clockOf, datesReached, nextTime, oncePerDate } from "../../../domain/automation/date-trigger.ts";
import { type DateTrigger, MOST_PER_RUN } from "../../../domain/automation/workflow.ts";
import { readCron, runsBetween } from "../../../domain/time/cron.ts";
import { newId } from "../../../kernel/ids.ts";
import { type By, record } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { findDated } from "./dated-store.ts";
import { findForRun } from "./outlook.ts";
import { triggerOf } from "./pages.ts";
import { failRun, lockFinding, noteFound, openRun, type RunRow, setStatus } from "./runs-store.ts";
import { findVersion, listDue, lockWorkflow, setNextRun, type WorkflowRow } from "./store.ts";
import { takeFound, takeTriggered } from "./taking.ts";
import { thingOfDate } from "./told-of.ts";

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
  const clock = definition ? clockOf(definition.trigger) : null;
  if (!workflow || !isActive || !nextRunAt || !version || !definition || !clock) return 0;
  if (Temporal.Instant.compare(nextRunAt, now) > 0) return 0;
  const cron = readCron(clock.cron);
  if (!cron) return 0;
  const wish = {
    ...({ id: newId(), workflowId: id, version, cause: "schedule", status: "finding" } as const),
    triggerKey: `schedule:${nextRunAt.toString()}`,
    scheduledFor: nextRunAt,
    numMissed: runsBetween(cron, clock.zone, nextRunAt, now, MOST_COUNTED),
  };
  const { run } = await openRun(db, teamId, wish, now);
  await setNextRun(db, teamId, id, nextTime(definition.trigger, now));
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
  const { taken, leftOver } = await takeOf(setting);
  if (leftOver > 0) await noteFound(db, teamId, run.id, 0, leftOver);
  const isOver = taken === 0 || definition.actions.length === 0;
  await setStatus(db, teamId, run.id, isOver ? "done" : "running", isOver ? now : null);
  return true;
}

type Setting = Parameters<typeof takeFound>[0];

/** Whom a run takes: those who are named, those whose date has come, or all whom the filters find. */
async function takeOf(setting: Setting) {
  const { run, workflow } = setting;
  const { trigger } = workflow.definition;
  if (run.entityIds) {
    const things = run.entityIds.map((entityId) => named(run, entityId));
    return { ...(await takeTriggered(setting, things)), leftOver: 0 };
  }
  if (trigger.is === "date_field" && run.cause === "schedule") return takeDates(setting, trigger);
  return takeAll(setting);
}

/** From the time that the run is for up to now: what was missed meanwhile is made up for. */
async function takeDates(setting: Setting, trigger: DateTrigger) {
  const { db, teamId, workflow, run } = setting;
  const days = datesReached(trigger, run.scheduledFor ?? run.startedAt, run.startedAt);
  const wish = { workflowId: workflow.id, entity: workflow.entity, trigger, most: MOST_PER_RUN + 1 };
  const dated = days ? await findDated(db, teamId, { ...wish, ...days }) : [];
  const things = dated.slice(0, MOST_PER_RUN).map((one) => thingOfDate(trigger, one));
  const judged = { ...workflow, definition: oncePerDate(workflow.definition) };
  const { taken } = await takeTriggered({ ...setting, workflow: judged }, things);
  return { taken, leftOver: dated.length - things.length };
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

async function takeAll(setting: Setting) {
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
