// Workflows, their runs and candidates, in the wire's words.

import { refusals } from "@cadenza/contract";
import {
  candidateSays,
  holdSays,
  verdictSays,
  warningSays,
} from "../../../domain/automation/workflow-words.ts";
import type { IneligibleReason, SkipEvidence } from "../../../domain/enrollments/eligibility.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { say, sayWith, texts } from "../../../kernel/say.ts";
import { presentReason } from "../../enrollments/verdicts/present.ts";
import type { ResultRow } from "./candidates-log-store.ts";
import type { WorkflowCandidateRow } from "./candidates-store.ts";
import type { RunRow } from "./runs-store.ts";
import type { WorkflowRow } from "./store.ts";

type WorkflowSurroundings = {
  waiting: readonly { workflowId: string; heldUp: string | null; count: number }[];
  warnings: ReadonlyMap<string, readonly string[]>;
  /** Workflows that add to a sequence which is hidden from the caller. */
  hiding: ReadonlySet<string>;
};

export function presentWorkflow(workflow: WorkflowRow, { waiting, warnings, hiding }: WorkflowSurroundings) {
  const { id, definition } = workflow;
  const { said, filters, netNew, reentry, caps } = definition;
  const own = waiting.filter(({ workflowId }) => workflowId === id);
  return {
    id,
    name: workflow.name,
    entity: workflow.entity,
    trigger: said.trigger,
    filters: { ...filters },
    net_new: netNew,
    reentry,
    actions: [...said.actions],
    caps: { per_run: caps.perRun, per_day: caps.perDay, per_owner: caps.perOwner },
    user_id: workflow.userId,
    active: workflow.isActive,
    archived: workflow.archivedAt !== null,
    inactive_reason: workflow.inactiveReason,
    version: workflow.version,
    next_run_at: storedOrNull(workflow.nextRunAt),
    num_waiting: own.reduce((sum, { count }) => sum + count, 0),
    held_up: own.flatMap(({ heldUp, count }) =>
      heldUp === null ? [] : [{ ...presentHold(heldUp, hiding.has(id)), count }],
    ),
    warnings: (warnings.get(id) ?? []).map(presentWarning),
    created_at: stored(workflow.createdAt),
    updated_at: stored(workflow.updatedAt),
    activated_at: storedOrNull(workflow.activatedAt),
  };
}

/** Leaves out the state of a sequence that is hidden from the caller. */
function presentHold(heldUp: string, isHiding: boolean) {
  const code = isHiding && heldUp.startsWith("sequence_") ? "sequence_hidden" : heldUp;
  return { code, sentence: `${holdSays(code)}.` };
}

export function presentWarning(code: string) {
  const { level, says } = warningSays(code);
  return { code, level, sentence: `${says}.` };
}

export function presentSecrets(
  { hookToken, signingSecret }: { hookToken: string | null; signingSecret: string },
  publicUrl: string,
) {
  return {
    hook_url: hookToken === null ? null : `${publicUrl}/hooks/${hookToken}`,
    signing_secret: signingSecret,
  };
}

export function presentWorkflowRun(run: RunRow) {
  const told = Object.entries(run.counts)
    .filter(([, count]) => count > 0)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([place, count]) => {
      const [verdict, code = null] = place.split(" ");
      return { verdict, code, count };
    });
  const of = (wanted: string) =>
    told.filter(({ verdict }) => verdict === wanted).reduce((sum, { count }) => sum + count, 0);
  return {
    id: run.id,
    workflow_id: run.workflowId,
    version: run.version,
    cause: run.cause,
    status: run.status,
    scheduled_for: storedOrNull(run.scheduledFor),
    num_missed: run.numMissed,
    num_found: run.numFound,
    num_left_over: run.numLeftOver,
    counts: { waiting: of("waiting"), done: of("done"), skipped: of("skipped"), failed: of("failed") },
    codes: told.flatMap(({ code, count }) =>
      code === null ? [] : [{ code, sentence: sentenceOf(code), count }],
    ),
    error: run.error,
    started_at: stored(run.startedAt),
    finished_at: storedOrNull(run.finishedAt),
  };
}

type CandidateAround = {
  results: readonly ResultRow[];
  names: ReadonlyMap<string, string | null>;
  eventTypes: ReadonlyMap<string, string>;
  hiding: ReadonlySet<string>;
};

export function presentCandidate(candidate: WorkflowCandidateRow, around: CandidateAround) {
  const { results, names, eventTypes, hiding } = around;
  const { id, verdict, code, heldUp, eventId } = candidate;
  const hold = heldUp === null ? null : presentHold(heldUp, hiding.has(candidate.workflowId));
  return {
    id,
    workflow_id: candidate.workflowId,
    workflow_run_id: candidate.runId,
    entity_id: candidate.entityId,
    contact_id: candidate.contactId,
    name: names.get(candidate.entityId) ?? null,
    verdict,
    code,
    sentence: hold && verdict === "waiting" ? hold.sentence : `${toldOf(candidate)}.`,
    filters: candidate.filters.map(([filter, holds]) => ({ filter, holds })),
    event: eventId === null ? null : { id: eventId, type: eventTypes.get(eventId) ?? "" },
    payload_hash: candidate.payloadHash,
    depth: candidate.chain.length,
    next_step: candidate.nextStep,
    due_at: storedOrNull(candidate.dueAt),
    held_up: hold,
    results: results.filter(({ candidateId }) => candidateId === id).map(presentResult),
    created_at: stored(candidate.createdAt),
    finished_at: storedOrNull(candidate.finishedAt),
  };
}

function toldOf({ verdict, code, filters }: WorkflowCandidateRow) {
  if (verdict === "waiting") return verdictSays(verdict);
  const against = filters.filter(([, holds]) => !holds).map(([filter]) => filter);
  if (code === "filter_not_met" && against.length > 0)
    return say("These filters do not match: {against}", { against: against.join(", ") });
  return code === null ? verdictSays(verdict) : sentenceOf(code).replace(/\.$/, "");
}

function presentResult({ step, type, outcome, code, data, at }: ResultRow) {
  const { evidence, flag, ...rest } = data;
  return {
    step,
    type,
    outcome,
    code,
    sentence: code === null ? DONE[outcome] : sentenceOf(code, data),
    data: rest,
    at: stored(at),
  };
}

const DONE = texts({ done: "Done.", skipped: "Skipped.", failed: "Failed." });

/** From our own sentences, a sequence's skip reasons, or those of a refusal. */
function sentenceOf(code: string, data: Record<string, unknown> = {}) {
  const own = candidateSays(code);
  if (own) return `${own}.`;
  if (data.evidence)
    return presentReason({
      code,
      flag: data.flag ?? null,
      evidence: data.evidence as SkipEvidence,
    } as IneligibleReason).sentence;
  const refusal = (refusals as Record<string, { says: string }>)[code];
  return (refusal && sayWith(refusal.says, data)) ?? code.replaceAll("_", " ");
}
