// The workflow and the candidate of a trial: rows as a run has them, written in the part of the transaction that is taken back.

import { randomBytes } from "node:crypto";
import type { Act } from "../../../app.ts";
import { firstActionStep } from "../../../domain/automation/workflow-steps.ts";
import { newId } from "../../../kernel/ids.ts";
import { findUser } from "../../identity/users/store.ts";
import { boundTo } from "../automation-rights/rights.ts";
import { insertCandidates, type WorkflowCandidateRow } from "../workflows/candidates-store.ts";
import type { Judged, JudgedBy } from "../workflows/judging.ts";
import { openRun } from "../workflows/runs-store.ts";
import { findWorkflow, insertWorkflow } from "../workflows/store.ts";

/** What is tried is a workflow of its own, which the owner of the real one has: their rights count, and those of its key. */
export async function asOwner(act: Act, workflow: JudgedBy): Promise<{ id: string; acting: Act }> {
  const { db, caller, now } = act;
  const saved = workflow.id === null ? null : await findWorkflow(db, caller.teamId, workflow.id);
  const owner = await findUser(db, caller.teamId, workflow.userId);
  const id = newId();
  const { userId, entity, definition } = workflow;
  const { apiKeyId, grantId } = saved ?? boundTo(caller);
  const kept = {
    id,
    userId,
    entity,
    definition,
    apiKeyId,
    grantId,
    secret: randomBytes(1),
    hookTokenHash: null,
  };
  await insertWorkflow(db, caller.teamId, { ...kept, name: saved?.name ?? "" }, now);
  const origin = { requestId: null, address: null, cause: "workflow", chain: [id] };
  const acts: Act["caller"] = {
    teamId: caller.teamId,
    userId,
    role: owner?.role ?? "member",
    isOperator: false,
    credential: { kind: "engine", id: null },
  };
  return { id, acting: { ...act, caller: acts, origin, afterCommit: () => {} } };
}

export async function begin(
  { db, caller, now }: Act,
  workflow: JudgedBy,
  { thing, standing }: Judged,
  id: string,
) {
  const wish = { id: newId(), workflowId: id, version: 1, cause: "manual", status: "running" } as const;
  const { run } = await openRun(db, caller.teamId, { ...wish, triggerKey: thing.triggerKey }, now);
  const first = firstActionStep(workflow.definition.actions);
  const { chain: _, ...named } = thing;
  const row: WorkflowCandidateRow = {
    ...named,
    id: newId(),
    workflowId: id,
    runId: run.id,
    version: 1,
    contactId: standing?.contactId ?? null,
    ownerId: standing?.ownerId ?? null,
    verdict: first === null ? "done" : "waiting",
    code: null,
    filters: [],
    chain: [id],
    nextStep: first,
    dueAt: first === null ? null : now,
    heldUp: null,
    tries: 0,
    runsAnyway: true,
    createdAt: now,
    finishedAt: first === null ? now : null,
  };
  const alike = { dueAt: now, heldUp: null, finishedAt: now, areCounted: false };
  await insertCandidates(db, caller.teamId, { ...row, ...alike }, [row]);
  return row;
}
