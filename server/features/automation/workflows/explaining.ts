// Says why a workflow took a record, or did not: from its log, or, for a record that is not in the log, from the
// current facts.

import type { Act } from "../../../app.ts";
import { takenSince } from "../../../domain/automation/workflow.ts";
import { candidateSays, verdictSays } from "../../../domain/automation/workflow-words.ts";
import type { IneligibleReason } from "../../../domain/enrollments/eligibility.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { hideNamed, hideSequences } from "../../access/sharing/hiding.ts";
import {
  latestCandidatesOf,
  namesOf,
  type ResultRow,
  resultsOf,
  typesOfEvents,
} from "./candidates-log-store.ts";
import type { WorkflowCandidateRow } from "./candidates-store.ts";
import { matchedRecordsOf, verdictsOf } from "./finding.ts";
import { isFound } from "./found-store.ts";
import { hidingAmong } from "./named.ts";
import { findWorkflows, type WorkflowRow } from "./store.ts";
import { takenAmong } from "./taken-store.ts";

const SHOWN = 10;

export async function explainEntity(act: Act, workflow: WorkflowRow, entityId: string) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const { entity, definition, id } = workflow;
  const standing = (await matchedRecordsOf(db, teamId, entity, [entityId])).get(entityId);
  const candidates = await latestCandidatesOf(db, teamId, id, entityId, SHOWN);
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
  latest: WorkflowCandidateRow | undefined;
  isThere: boolean;
  unmet: readonly string[];
  isHad: boolean;
  /** A run has found them, and will process them in a moment. */
  isNext: boolean;
};

function toldOf(
  { name, isActive, archivedAt, definition }: WorkflowRow,
  { latest, isThere, unmet, isHad, isNext }: Facts,
) {
  if (isNext)
    return {
      code: null,
      sentence: say("{name} runs for this record. {verdict}.", { name, verdict: verdictSays("waiting") }),
    };
  const taken = latest && latest.verdict !== "skipped" ? latest : null;
  if (taken) {
    const rest = taken.code === null ? verdictSays(taken.verdict) : (candidateSays(taken.code) ?? taken.code);
    return { code: taken.code, sentence: say("{name} ran for this record. {rest}.", { name, rest }) };
  }
  if (!isThere) return { code: "not_found", sentence: say("This record no longer exists.") };
  if (latest && latest.code !== "filter_not_met")
    return {
      code: latest.code,
      sentence: say("{name} skipped this record. {code}.", {
        name,
        code: candidateSays(latest.code ?? "") ?? latest.code,
      }),
    };
  if (unmet.length > 0)
    return {
      code: "filter_not_met",
      sentence: say("These filters do not match: {unmet}.", { unmet: unmet.join(", ") }),
    };
  if (isHad) return { code: "already_taken", sentence: `${candidateSays("already_taken")}.` };
  if (archivedAt)
    return { code: "workflow_archived", sentence: say("{name} is archived, so it does not run.", { name }) };
  if (!isActive)
    return {
      code: "workflow_off",
      sentence: say("{name} is turned off. Turned on, it would run for this record.", { name }),
    };
  return {
    code: "not_yet",
    sentence:
      definition.trigger.is === "schedule"
        ? say("All filters match. {name} runs for this record in its next run.", { name })
        : say(
            "All filters match, but the trigger of {name} has not happened for this record since it was turned on.",
            { name },
          ),
  };
}

/** What a candidate is shown with. */
export async function aroundCandidates(
  asking: Pick<Act, "db" | "caller">,
  rows: readonly WorkflowCandidateRow[],
) {
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

/** The reason why a contact did not join may name another sequence they are in. */
async function seenResults(asking: Pick<Act, "db" | "caller">, results: readonly ResultRow[]) {
  const told = results.map(({ code, data }) => ({
    reasons: data.evidence ? [{ code, flag: data.flag, evidence: data.evidence } as IneligibleReason] : null,
  }));
  const hidden = await hideSequences(asking, told);
  const data = results.map((one, place) => {
    const evidence = hidden[place]?.reasons?.[0]?.evidence;
    return { ...one.data, ...(evidence && { evidence }) };
  });
  const seen = await hideNamed(asking, data);
  return results.map((one, place) => ({ ...one, data: seen[place] ?? {} }));
}
