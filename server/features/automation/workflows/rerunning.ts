// One candidate once more: a run of its own, by the workflow as it is now.

import type { Act } from "../../../app.ts";
import { firstActionStep } from "../../../domain/automation/workflow-steps.ts";
import { mayChangeWorkflow } from "../../../domain/identity/permissions.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { callsOf } from "../automation-rights/calls.ts";
import { refuseBeyondRights } from "../automation-rights/rights.ts";
import { findCandidate } from "./candidates-log-store.ts";
import { insertCandidates, type WorkflowCandidateRow } from "./candidates-store.ts";
import { refuseArchived } from "./commands.ts";
import { matchedRecordsOf } from "./finding.ts";
import { noteFound, openRun } from "./runs-store.ts";
import { lockWorkflow } from "./store.ts";

export async function rerunCandidate(act: Act, candidateId: string): Promise<WorkflowCandidateRow> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const before = await findCandidate(db, teamId, candidateId);
  const workflow = before && (await lockWorkflow(db, teamId, before.workflowId));
  if (!before || !workflow) throw new Refusal("record_not_found");
  if (!mayChangeWorkflow({ userId: caller.userId, isAdmin: caller.role === "admin" }, workflow.userId))
    throw new Refusal("workflow_of_another");
  refuseArchived(workflow);
  refuseBeyondRights(caller, callsOf(workflow.entity, workflow.definition));
  if (before.verdict === "waiting") throw new Refusal("workflow_candidate_on_its_way");
  const standing = (await matchedRecordsOf(db, teamId, workflow.entity, [before.entityId])).get(
    before.entityId,
  );
  if (!standing) throw new Refusal("record_not_found");
  const id = newId();
  const triggerKey = `rerun:${id}`;
  const wish = {
    id,
    workflowId: workflow.id,
    version: workflow.version,
    cause: "rerun",
    status: "running",
  } as const;
  const { run } = await openRun(db, teamId, { ...wish, triggerKey }, now);
  const candidate: WorkflowCandidateRow = {
    ...before,
    id: newId(),
    runId: run.id,
    version: workflow.version,
    triggerKey,
    chain: [workflow.id],
    contactId: standing.contactId,
    ownerId: standing.ownerId,
    verdict: "waiting",
    code: null,
    filters: [],
    nextStep: firstActionStep(workflow.definition.actions),
    dueAt: now,
    heldUp: null,
    tries: 0,
    runsAnyway: true,
    createdAt: now,
    finishedAt: null,
  };
  const alike = { dueAt: now, heldUp: null, finishedAt: now, areCounted: false };
  await insertCandidates(db, teamId, { ...candidate, ...alike }, [candidate]);
  await noteFound(db, teamId, run.id, 1, 0);
  await record(byCaller(act), {
    type: "workflow.candidate_rerun",
    subject: { type: "workflow", id: workflow.id },
    data: { name: workflow.name, candidate_id: candidate.id, entity_id: candidate.entityId },
  });
  return candidate;
}
