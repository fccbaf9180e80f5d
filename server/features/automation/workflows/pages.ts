// Those whom a batch has found, by pages, until their first action is done: with it each of them gets their line, once. Whatever
// keeps them from it lays them in line, where they wait as everybody else does, and say for what.

import type { Db } from "../../../db/connect.ts";
import { asksTheNetwork, FIRST_STEP, mostAtOnce, stepAt } from "../../../domain/automation/workflow-steps.ts";
import { newId } from "../../../kernel/ids.ts";
import { type Alike, insertCandidates, type WorkflowCandidateRow } from "./candidates-store.ts";
import type { MatchedRecord } from "./finding.ts";
import { type FoundPage, insertPages, takePages } from "./found-store.ts";
import { noteWaiting, type RunRow } from "./runs-store.ts";
import type { WorkflowRow } from "./store.ts";

/** A user asked for this run, so it goes on even while the workflow is off. */
export function runsAnyway({ cause }: Pick<RunRow, "cause">) {
  return cause === "manual" || cause === "rerun";
}

/** What takes them is the run itself. */
export function triggerOf(runId: string) {
  return `run:${runId}`;
}

/** Whether nothing but their turn is between those who are found and their first action. */
export function standsInPages({ isActive, definition }: WorkflowRow, run: RunRow) {
  const first = stepAt(definition.actions, FIRST_STEP);
  return first !== null && !asksTheNetwork(first) && (isActive || runsAnyway(run));
}

type Setting = { db: Db; teamId: string; now: Temporal.Instant; workflow: WorkflowRow; run: RunRow };

export async function keepPages(
  { db, teamId, now, workflow, run }: Setting,
  found: readonly MatchedRecord[],
) {
  const most = mostAtOnce(stepAt(workflow.definition.actions, FIRST_STEP));
  const pages: FoundPage[] = [];
  for (let start = 0; start < found.length; start += most) {
    const ones = found.slice(start, start + most);
    pages.push({
      runId: run.id,
      page: pages.length,
      workflowId: workflow.id,
      version: run.version,
      runsAnyway: runsAnyway(run),
      foundAt: now,
      entities: ones.map(({ id }) => id),
      contacts: ones.map(({ contactId }) => contactId),
      owners: ones.map(({ ownerId }) => ownerId),
    });
  }
  await insertPages(db, teamId, pages);
  if (found.length > 0) await noteWaiting(db, teamId, run.id, found.length);
}

/** The candidates of a page before their first action. */
export function candidatesOf(page: FoundPage): WorkflowCandidateRow[] {
  const { runId, workflowId, version, foundAt } = page;
  const none = {
    eventId: null,
    payloadId: null,
    payloadHash: null,
    code: null,
    heldUp: null,
    finishedAt: null,
  };
  return page.entities.map((entityId, place) => ({
    ...none,
    id: newId(),
    workflowId,
    runId,
    version,
    triggerKey: triggerOf(runId),
    entityId,
    contactId: page.contacts[place] ?? null,
    ownerId: page.owners[place] ?? null,
    verdict: "waiting",
    filters: [],
    chain: [workflowId],
    nextStep: FIRST_STEP,
    dueAt: foundAt,
    tries: 0,
    runsAnyway: page.runsAnyway,
    createdAt: foundAt,
  }));
}

export function alikeIn(page: FoundPage, now: Temporal.Instant): Alike {
  const { workflowId, runId, version, runsAnyway, foundAt } = page;
  const waiting = { dueAt: foundAt, heldUp: null, finishedAt: now, areCounted: true };
  return { workflowId, runId, version, runsAnyway, createdAt: foundAt, ...waiting };
}

/** Where they wait for their first action. */
export async function layInLine(db: Db, teamId: string, page: FoundPage, now: Temporal.Instant) {
  const rows = candidatesOf(page);
  await insertCandidates(db, teamId, alikeIn(page, now), rows);
  return rows;
}

/** Everybody of a run, or of a workflow: what is done to those who wait is then done to them, too. */
export async function layAllInLine(
  db: Db,
  teamId: string,
  whose: { runId: string } | { workflowId: string },
  now: Temporal.Instant,
) {
  for (const page of await takePages(db, teamId, whose)) await layInLine(db, teamId, page, now);
}
