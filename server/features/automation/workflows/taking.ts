// From those who were found to those who are taken. Everybody gets a line, taken or not, with the reason; a line is there
// once for each trigger and record, however often this is done. The workflow is locked: caps and re-entry are counted here.

import type { Db } from "../../../db/connect.ts";
import { LONGEST_CHAIN, startOfDay, takenSince, withinCaps } from "../../../domain/automation/workflow.ts";
import { firstActionStep } from "../../../domain/automation/workflow-steps.ts";
import { newId } from "../../../kernel/ids.ts";
import * as candidates from "./candidates-store.ts";
import { type FilterVerdict, type MatchedRecord, matchedRecordsOf, verdictsOf } from "./finding.ts";
import { keepPages, runsAnyway, standsInPages, triggerOf } from "./pages.ts";
import { noteFound, type RunRow } from "./runs-store.ts";
import type { WorkflowRow } from "./store.ts";
import { countUsed, takenAmong } from "./taken-store.ts";

export type Thing = {
  entityId: string;
  triggerKey: string;
  eventId: string | null;
  payloadId: string | null;
  payloadHash: string | null;
  /** What led here, without this workflow. */
  chain: readonly string[];
};

export type TakenCandidates = { taken: number; looped: number; rows: candidates.WorkflowCandidateRow[] };

type Setting = { db: Db; teamId: string; now: Temporal.Instant; workflow: WorkflowRow; run: RunRow };

/** What was triggered: each filter is asked of each of them. */
export async function takeTriggered(setting: Setting, things: readonly Thing[]): Promise<TakenCandidates> {
  const { db, teamId, now, workflow } = setting;
  const { definition, entity } = workflow;
  const ids = [...new Set(things.map(({ entityId }) => entityId))];
  const since = takenSince(definition, now);
  const [standings, verdicts, had] = await Promise.all([
    matchedRecordsOf(db, teamId, entity, ids),
    verdictsOf(db, teamId, workflow, definition.filters, ids),
    since === undefined
      ? new Set<string>()
      : takenAmong(db, teamId, { workflowId: workflow.id, entityIds: ids, since }),
  ]);
  const again = new Set(had);
  const judged = things.map((thing) => {
    const standing = standings.get(thing.entityId);
    const filters = verdicts.get(thing.entityId) ?? [];
    const code = reasonAgainst(thing, standing, filters);
    if (code !== null) return { thing, standing, filters, code };
    if (again.has(thing.entityId)) return { thing, standing, filters, code: "already_taken" };
    if (definition.netNew && entity === "person" && standing?.contactId)
      return { thing, standing, filters, code: "is_contact" };
    if (since !== undefined) again.add(thing.entityId);
    return { thing, standing, filters, code: null };
  });
  return write(setting, judged);
}

function reasonAgainst(
  { chain }: Thing,
  standing: MatchedRecord | undefined,
  filters: readonly FilterVerdict[],
) {
  if (!standing) return "not_found";
  if (chain.length >= LONGEST_CHAIN) return "loop_stopped";
  return filters.every(([, holds]) => holds) ? null : "filter_not_met";
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

type Judged = {
  thing: Thing;
  standing: MatchedRecord | undefined;
  filters: readonly FilterVerdict[];
  code: string | null;
};

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
  const overCap = withinCaps(
    caps,
    open.map(({ thing, standing }) => ({ id: thing.entityId, ownerId: standing?.ownerId ?? null })),
    used,
  );
  return new Map(open.flatMap((one, place) => (overCap[place] ? [[one, overCap[place]]] : [])));
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
