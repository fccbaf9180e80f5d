// From those who were found to those who are taken. Everybody gets a line, taken or not, with the reason; a line is there
// once for each trigger and record, however often this is done. The workflow is locked: caps and re-entry are counted here.

import type { Db } from "../../../db/connect.ts";
import { startOfDay, takenSince } from "../../../domain/automation/workflow.ts";
import { firstActionStep } from "../../../domain/automation/workflow-steps.ts";
import { newId } from "../../../kernel/ids.ts";
import * as candidates from "./candidates-store.ts";
import type { MatchedRecord } from "./finding.ts";
import { capsAgainst, factsOf, type Judged, judgeThings, type Thing } from "./judging.ts";
import { keepPages, runsAnyway, standsInPages, triggerOf } from "./pages.ts";
import { noteFound, type RunRow } from "./runs-store.ts";
import type { WorkflowRow } from "./store.ts";
import { countUsed } from "./taken-store.ts";

export type TakenCandidates = { taken: number; looped: number; rows: candidates.WorkflowCandidateRow[] };

type Setting = { db: Db; teamId: string; now: Temporal.Instant; workflow: WorkflowRow; run: RunRow };

/** What was triggered: each filter is asked of each of them. */
export async function takeTriggered(setting: Setting, things: readonly Thing[]): Promise<TakenCandidates> {
  const { db, teamId, now, workflow } = setting;
  const since = takenSince(workflow.definition, now);
  const facts = await factsOf(db, teamId, { workflow, things, takenSince: since });
  return write(setting, judgeThings(workflow, facts, things, now));
}

/**
 * Makes candidates of the records that a batch has found: they meet all filters, and none was taken before. Where
 * nothing delays their first action, it is queued at once.
 */
export async function takeFound(setting: Setting, found: readonly MatchedRecord[]) {
  const { db, teamId, workflow, run } = setting;
  const alone = {
    triggerKey: triggerOf(run.id),
    eventId: null,
    payloadId: null,
    payloadHash: null,
    chain: [],
  };
  const judged = found.map((standing): Judged => {
    return { thing: { ...alone, entityId: standing.id }, standing, filters: [], code: null };
  });
  if (!standsInPages(workflow, run)) return (await write(setting, judged)).taken;
  const overCap = await overCapOf(setting, judged);
  const left = judged.filter((one) => overCap.has(one));
  const taken = judged.filter((one) => !overCap.has(one));
  await writeLines(setting, left, overCap);
  await keepPages(
    setting,
    taken.flatMap(({ standing }) => standing ?? []),
  );
  await noteFound(db, teamId, run.id, judged.length, 0);
  return taken.length;
}

async function write(setting: Setting, judged: readonly Judged[]): Promise<TakenCandidates> {
  const lines = await writeLines(setting, judged, await overCapOf(setting, judged));
  const { db, teamId, run } = setting;
  if (judged.length > 0) await noteFound(db, teamId, run.id, judged.length, 0);
  return lines;
}

/** Those whom a cap leaves out, by which. */
async function overCapOf({ db, teamId, now, workflow, run }: Setting, judged: readonly Judged[]) {
  const { caps } = workflow.definition;
  const open = judged.filter(({ code }) => code === null);
  if (Object.values(caps).every((cap) => cap === null)) return new Map<Judged, string>();
  const since = startOfDay(now);
  const used = await countUsed(db, teamId, { workflowId: workflow.id, runId: run.id, since });
  return capsAgainst(caps, open, used);
}

async function writeLines(
  { db, teamId, now, workflow, run }: Setting,
  judged: readonly Judged[],
  overCap: ReadonlyMap<Judged, string>,
): Promise<TakenCandidates> {
  const begins = firstActionStep(workflow.definition.actions);
  const { id: workflowId } = workflow;
  const alike = {
    workflowId,
    runId: run.id,
    version: run.version,
    runsAnyway: runsAnyway(run),
    createdAt: now,
    dueAt: now,
    heldUp: null,
    finishedAt: now,
    areCounted: false,
  };
  const rows = judged.map((one): candidates.WorkflowCandidateRow => {
    const { thing, standing, filters } = one;
    const code = one.code ?? overCap.get(one) ?? null;
    const verdict = code === null ? (begins === null ? "done" : "waiting") : "skipped";
    const isWaiting = verdict === "waiting";
    const { chain, ...rest } = thing;
    return {
      ...rest,
      ...alike,
      id: newId(),
      verdict,
      code,
      filters,
      contactId: standing?.contactId ?? null,
      ownerId: standing?.ownerId ?? null,
      chain: [...chain, workflow.id],
      nextStep: isWaiting ? begins : null,
      dueAt: isWaiting ? now : null,
      heldUp: null,
      tries: 0,
      finishedAt: isWaiting ? null : now,
    };
  });
  if (rows.length > 0) await candidates.insertCandidates(db, teamId, alike, rows);
  return {
    taken: rows.filter(({ verdict }) => verdict !== "skipped").length,
    looped: rows.filter(({ code }) => code === "loop_stopped").length,
    rows,
  };
}
