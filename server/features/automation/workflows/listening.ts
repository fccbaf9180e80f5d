// From what happened to candidates: events of the feed, each looked at once, in the transaction that keeps the place. A workflow
// that fails is set aside with its events, and the others go on.

import type { Db } from "../../../db/connect.ts";
import { LONGEST_CHAIN, startOfDay } from "../../../domain/automation/workflow.ts";
import { newId } from "../../../kernel/ids.ts";
import { type By, record } from "../../events/events/store.ts";
import * as feed from "../../events/following/events-store.ts";
import * as missed from "../../events/following/missed-store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import type { Thing } from "./judging.ts";
import { openRun, type RunCause } from "./runs-store.ts";
import { lockWorkflow, type WorkflowRow } from "./store.ts";
import { type TakenCandidates, takeTriggered } from "./taking.ts";
import { seenByOwner, thingsOf } from "./told-of.ts";

const LOOP = "run-workflows";

/** Answers whether there was anything to look at. */
export async function listenOnce(by: By, manner: BatchMode = "together") {
  const { db, teamId } = by;
  const place = await feed.lockWorkflowCursor(db, teamId);
  if (!place) return false;
  const hadMissed = await takeMissed(by);
  const news = await feed.readNews(db, teamId, place);
  if (!news) return hadMissed;
  const behind = await missed.listWorkflowsBehind(db, teamId);
  const inTime = news.events.filter(({ workflowId }) => !behind.has(workflowId));
  const failed = await takeEach(by, manner, inTime);
  const late = news.events.filter(({ workflowId }) => behind.has(workflowId) || failed.has(workflowId));
  if (late.length > 0) await missed.keepMissed(db, teamId, late);
  await feed.moveWorkflowCursor(db, teamId, news.last);
  return true;
}

async function takeMissed(by: By) {
  const { db, teamId } = by;
  const due = await missed.missedDue(db, teamId);
  if (due.length === 0) return false;
  const failed = await takeEach(by, "apart", await missed.readMissed(db, teamId, due));
  const done = due.filter(({ workflowId }) => !failed.has(workflowId));
  await missed.forgetMissed(db, teamId, done);
  return done.length > 0;
}

/** Each workflow by itself. Answers which failed. */
async function takeEach(by: By, manner: BatchMode, events: readonly feed.SettingOff[]) {
  const rows = [...Map.groupBy(events, ({ workflowId }) => workflowId)].map(([id, own]) => ({ id, own }));
  const failed = await inParts(by, { loop: LOOP, manner }, rows, async (some) => {
    for (const { id, own } of some) await takeEvents(by, id, own);
  });
  return new Set(failed);
}

async function takeEvents({ db, teamId, now }: By, workflowId: string, events: feed.SettingOff[]) {
  const workflow = await lockWorkflow(db, teamId, workflowId);
  if (!workflow?.isActive) return;
  const seen = await seenByOwner(db, teamId, workflow, events);
  const things = await thingsOf(db, teamId, workflow.entity, seen);
  if (things.length > 0) await takeToday(db, teamId, { workflow, things, cause: "event", now });
}

type Today = { workflow: WorkflowRow; things: readonly Thing[]; cause: RunCause; now: Temporal.Instant };

/** What is triggered on one day is one run of each version. */
export async function takeToday(
  db: Db,
  teamId: string,
  { workflow, things, cause, now }: Today,
): Promise<TakenCandidates> {
  const { id: workflowId, version } = workflow;
  const day = startOfDay(now).toString().slice(0, 10);
  const wish = {
    id: newId(),
    workflowId,
    version,
    cause,
    status: "running",
    triggerKey: `${cause}:${version}:${day}`,
  } as const;
  const { run } = await openRun(db, teamId, wish, now);
  const taken = await takeTriggered({ db, teamId, now, workflow, run }, things);
  if (taken.looped > 0) await tellLoop({ db, teamId, now }, workflow, taken);
  return taken;
}

function tellLoop(
  { db, teamId, now }: { db: Db; teamId: string; now: Temporal.Instant },
  workflow: WorkflowRow,
  { rows, looped }: TakenCandidates,
) {
  const origin = { requestId: null, address: null, cause: "workflow" };
  const first = rows.find(({ code }) => code === "loop_stopped");
  return record(
    { db, now, origin, teamId, userId: null, apiKeyId: null },
    {
      type: "workflow.loop_stopped",
      subject: { type: "workflow", id: workflow.id },
      data: { name: workflow.name, count: looped, depth: LONGEST_CHAIN, workflow_ids: first?.chain ?? [] },
    },
  );
}
