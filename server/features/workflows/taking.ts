// From those who were found to those who are taken. Everybody gets a line, taken or not, with the reason; a line is there
// once for each trigger and record, however often this is done. The workflow is locked: caps and re-entry are counted here.

import type { Db } from "../../db/connect.ts";
import { LONGEST_CHAIN, startOfDay, takenSince, withinCaps } from "../../domain/workflow.ts";
import { firstStep } from "../../domain/workflow-steps.ts";
import { newId } from "../../ids.ts";
import * as candidates from "./candidates-store.ts";
import { type FilterVerdict, type Found, standingsOf, verdictsOf } from "./finding.ts";
import { noteFound, type RunRow } from "./runs-store.ts";
import type { WorkflowRow } from "./store.ts";

export type Thing = {
  entityId: string;
  triggerKey: string;
  eventId: string | null;
  payloadId: string | null;
  payloadHash: string | null;
  /** What led here, without this workflow. */
  chain: readonly string[];
};

export type Taken = { taken: number; looped: number; rows: candidates.CandidateRow[] };

type Setting = { db: Db; teamId: string; now: Temporal.Instant; workflow: WorkflowRow; run: RunRow };

/** What was triggered: each filter is asked of each of them. */
export async function takeTriggered(setting: Setting, things: readonly Thing[]): Promise<Taken> {
  const { db, teamId, now, workflow } = setting;
  const { definition, entity } = workflow;
  const ids = [...new Set(things.map(({ entityId }) => entityId))];
  const since = takenSince(definition, now);
  const [standings, verdicts, had] = await Promise.all([
    standingsOf(db, teamId, entity, ids),
    verdictsOf(db, teamId, workflow, definition.filters, ids),
    since === undefined
      ? new Set<string>()
      : candidates.takenAmong(db, teamId, { workflowId: workflow.id, entityIds: ids, since }),
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

function reasonAgainst({ chain }: Thing, standing: Found | undefined, filters: readonly FilterVerdict[]) {
  if (!standing) return "not_found";
  if (chain.length >= LONGEST_CHAIN) return "loop_stopped";
  return filters.every(([, holds]) => holds) ? null : "filter_not_met";
}

/** Whom a batch has found: for them all filters hold, and whoever was had before is not among them. */
export function takeFound(setting: Setting, found: readonly Found[], triggerKey: string) {
  const alone = { eventId: null, payloadId: null, payloadHash: null, chain: [] };
  return write(
    setting,
    found.map((standing) => ({
      thing: { ...alone, entityId: standing.id, triggerKey },
      standing,
      filters: [],
      code: null,
    })),
  );
}

type Judged = {
  thing: Thing;
  standing: Found | undefined;
  filters: readonly FilterVerdict[];
  code: string | null;
};

async function write(setting: Setting, judged: readonly Judged[]): Promise<Taken> {
  const { db, teamId, now, workflow, run } = setting;
  const { caps, actions } = workflow.definition;
  const open = judged.filter(({ code }) => code === null);
  const isCapped = Object.values(caps).some((cap) => cap !== null);
  const used = isCapped
    ? await candidates.countUsed(db, teamId, {
        workflowId: workflow.id,
        runId: run.id,
        since: startOfDay(now),
      })
    : { run: 0, day: 0, byOwner: new Map<string, number>() };
  const overCap = withinCaps(
    caps,
    open.map(({ thing, standing }) => ({ id: thing.entityId, ownerId: standing?.ownerId ?? null })),
    used,
  );
  const capOf = new Map(open.map((one, place) => [one, overCap[place] ?? null]));
  const begins = firstStep(actions);
  const runsAnyway = run.cause === "manual" || run.cause === "rerun";
  const alike = { workflowId: workflow.id, runId: run.id, version: run.version, runsAnyway, createdAt: now };
  const rows = judged.map((one): candidates.CandidateRow => {
    const { thing, standing, filters } = one;
    const code = one.code ?? capOf.get(one) ?? null;
    const verdict = code === null ? (begins === null ? "done" : "waiting") : "skipped";
    const isWaiting = verdict === "waiting";
    const { chain, ...rest } = thing;
    return {
      ...rest,
      ...alike,
      ...{ id: newId(), verdict, code, filters },
      ...{
        contactId: standing?.contactId ?? null,
        ownerId: standing?.ownerId ?? null,
        chain: [...chain, workflow.id],
      },
      ...{ nextStep: isWaiting ? begins : null, dueAt: isWaiting ? now : null, heldUp: null, tries: 0 },
      finishedAt: isWaiting ? null : now,
    };
  });
  if (rows.length > 0) {
    await candidates.insertCandidates(db, teamId, { ...alike, nextStep: begins }, rows);
    await noteFound(db, teamId, run.id, rows.length, 0);
  }
  return {
    taken: rows.filter(({ verdict }) => verdict !== "skipped").length,
    looped: rows.filter(({ code }) => code === "loop_stopped").length,
    rows,
  };
}
