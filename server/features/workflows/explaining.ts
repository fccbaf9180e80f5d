// Why somebody was taken by a workflow, or was not: by what is in its log, or, where they are not in it, by what holds now.

import type { Act } from "../../app.ts";
import type { Reason } from "../../domain/eligibility.ts";
import { takenSince } from "../../domain/workflow.ts";
import { candidateSays, verdictSays } from "../../domain/workflow-words.ts";
import { Refusal } from "../../refusal.ts";
import { hideNamed, hideSequences } from "../sharing/hiding.ts";
import { latestOf, namesOf, type ResultRow, resultsOf, typesOfEvents } from "./candidates-log-store.ts";
import type { CandidateRow } from "./candidates-store.ts";
import { standingsOf, verdictsOf } from "./finding.ts";
import { isFound } from "./found-store.ts";
import { hidingAmong } from "./named.ts";
import { findWorkflows, type WorkflowRow } from "./store.ts";
import { takenAmong } from "./taken-store.ts";

const SHOWN = 10;

export async function explainEntity(act: Act, workflow: WorkflowRow, entityId: string) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const { entity, definition, id } = workflow;
  const standing = (await standingsOf(db, teamId, entity, [entityId])).get(entityId);
  const candidates = await latestOf(db, teamId, id, entityId, SHOWN);
  if (!standing && candidates.length === 0) throw new Refusal("record_not_found");
  const filters = standing
    ? ((await verdictsOf(db, teamId, workflow, definition.filters, [entityId])).get(entityId) ?? [])
    : [];
  const since = takenSince(definition, now);
  const isHad =
    since !== undefined &&
    (await takenAmong(db, teamId, { workflowId: id, entityIds: [entityId], since })).size > 0;
  const unmet = filters.filter(([, holds]) => !holds).map(([filter]) => filter);
  const { code, sentence } = toldOf(workflow, {
    latest: candidates[0],
    isThere: standing !== undefined,
    unmet,
    isHad,
    isNext: await isFound(db, teamId, id, entityId),
  });
  return { entityId, code, sentence, filters, candidates };
}

type Facts = {
  latest: CandidateRow | undefined;
  isThere: boolean;
  unmet: readonly string[];
  isHad: boolean;
  /** A run has found them, and comes to them in a moment. */
  isNext: boolean;
};

function toldOf(
  { name, isActive, archivedAt, definition }: WorkflowRow,
  { latest, isThere, unmet, isHad, isNext }: Facts,
) {
  if (isNext) return { code: null, sentence: `${name} took them. ${verdictSays("waiting")}.` };
  const taken = latest && latest.verdict !== "skipped" ? latest : null;
  if (taken) {
    const rest = taken.code === null ? verdictSays(taken.verdict) : (candidateSays(taken.code) ?? taken.code);
    return { code: taken.code, sentence: `${name} took them. ${rest}.` };
  }
  if (!isThere) return { code: "not_found", sentence: "They are not there any more." };
  if (latest && latest.code !== "filter_not_met")
    return {
      code: latest.code,
      sentence: `${name} left them out. ${candidateSays(latest.code ?? "") ?? latest.code}.`,
    };
  if (unmet.length > 0)
    return { code: "filter_not_met", sentence: `These filters do not hold: ${unmet.join(", ")}.` };
  if (isHad) return { code: "already_taken", sentence: `${candidateSays("already_taken")}.` };
  if (archivedAt) return { code: "workflow_archived", sentence: `${name} is archived, and takes nobody.` };
  if (!isActive)
    return { code: "workflow_off", sentence: `${name} is off. They would be taken if it were on.` };
  return {
    code: "not_yet",
    sentence:
      definition.trigger.is === "schedule"
        ? `Nothing speaks against them: ${name} takes them in its next run.`
        : `Nothing speaks against them: what sets ${name} off has not happened to them since it was switched on.`,
  };
}

/** What a candidate is shown with. */
export async function aroundCandidates(asking: Pick<Act, "db" | "caller">, rows: readonly CandidateRow[]) {
  const { db, caller } = asking;
  const workflowIds = [...new Set(rows.map(({ workflowId }) => workflowId))];
  const [results, names, eventTypes, workflows] = await Promise.all([
    resultsOf(
      db,
      caller.teamId,
      rows.map(({ id }) => id),
    ),
    namesOf(
      db,
      caller.teamId,
      rows.map(({ entityId }) => entityId),
    ),
    typesOfEvents(
      db,
      caller.teamId,
      rows.flatMap(({ eventId }) => eventId ?? []),
    ),
    findWorkflows(db, caller.teamId, workflowIds),
  ]);
  const hiding = await hidingAmong(asking, workflows);
  return { results: await seenResults(asking, results), names, eventTypes, hiding };
}

/** Why somebody did not join may name another sequence they are in. */
async function seenResults(asking: Pick<Act, "db" | "caller">, results: readonly ResultRow[]) {
  const told = results.map(({ code, data }) => ({
    reasons: data.evidence ? [{ code, flag: data.flag, evidence: data.evidence } as Reason] : null,
  }));
  const hidden = await hideSequences(asking, told);
  const data = results.map((one, place) => {
    const evidence = hidden[place]?.reasons?.[0]?.evidence;
    return { ...one.data, ...(evidence && { evidence }) };
  });
  const seen = await hideNamed(asking, data);
  return results.map((one, place) => ({ ...one, data: seen[place] ?? {} }));
}
