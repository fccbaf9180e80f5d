import { randomBytes } from "node:crypto";
import type { Act } from "../../../app.ts";
import { nextTime } from "../../../domain/automation/date-trigger.ts";
import {
  type Definition,
  type Entity,
  isUnfiltered,
  type Trigger,
} from "../../../domain/automation/workflow.ts";
import { mayChangeWorkflow, mayGiveWorkflow } from "../../../domain/identity/permissions.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken, newToken } from "../../../kernel/tokens.ts";
import type { UrlFault } from "../../../outgoing/door.ts";
import { refuseLosing } from "../../access/sharing/hiding.ts";
import { holdNamed } from "../../access/uses/holding-store.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { readyWorkflowCursor } from "../../events/following/events-store.ts";
import { refuseFault } from "../../events/webhooks/url-fault.ts";
import { holdUser } from "../../identity/users/store.ts";
import { callsOf } from "../automation-rights/calls.ts";
import { boundTo, refuseBeyondRights } from "../automation-rights/rights.ts";
import { leaveAllOut, leaveOut } from "./candidates-store.ts";
import { refuseMissing, refuseUndated } from "./named.ts";
import { layAllInLine } from "./pages.ts";
import { cancelRuns, findRun, lockRun, openRun, type RunRow, setStatus } from "./runs-store.ts";
import * as store from "./store.ts";

export type WorkflowWish = { name: string; entity: Entity; definition: Definition };

export type WorkflowSecrets = { hookToken: string | null; signingSecret: string };

/** Off until it is switched on. `fault` is the network policy's refusal of a webhook address. */
export async function createWorkflow(act: Act, wish: WorkflowWish, fault: UrlFault | null) {
  const { db, now, caller } = act;
  refuseFault(fault);
  refuseBeyondRights(caller, callsOf(wish.entity, wish.definition));
  await holdNamed(db, caller.teamId, wish.definition);
  await refuseMissing(act, wish.entity, wish.definition);
  await refuseUndated(act, wish.entity, wish.definition);
  const id = newId();
  const { secrets, kept } = newSecrets(act, id, wish.definition.trigger);
  await store.insertWorkflow(
    db,
    caller.teamId,
    { ...wish, ...kept, ...boundTo(caller), id, userId: caller.userId },
    now,
  );
  await tell(act, "workflow.created", { id, name: wish.name });
  return { workflow: await getWorkflow(act, id), secrets };
}

export async function getWorkflow({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const workflow = await store.findWorkflow(db, caller.teamId, id);
  if (!workflow) throw new Refusal("record_not_found");
  return workflow;
}

/** A user who changes a workflow changes what is done in its owner's name. */
async function changeable(act: Act, id: string) {
  const { db, caller } = act;
  const workflow = await store.lockWorkflow(db, caller.teamId, id);
  if (!workflow) throw new Refusal("record_not_found");
  if (!mayChangeWorkflow({ userId: caller.userId, isAdmin: caller.role === "admin" }, workflow.userId))
    throw new Refusal("workflow_of_another");
  return workflow;
}

type WorkflowChange = Partial<Definition> & {
  name?: string;
  ownerId?: string;
  saidTrigger?: Record<string, unknown>;
  saidActions?: readonly Record<string, unknown>[];
};

export async function changeWorkflow(
  act: Act,
  id: string,
  readWish: (entity: Entity) => WorkflowChange,
  fault: UrlFault | null,
) {
  const { db, now, caller } = act;
  refuseFault(fault);
  const before = await changeable(act, id);
  const wish = readWish(before.entity);
  const { name = before.name, ownerId: userId = before.userId, saidTrigger, saidActions, ...rest } = wish;
  const { said: kept, filters } = before.definition;
  await refuseLosing(act, [
    saidTrigger && kept.trigger,
    saidActions && kept.actions,
    rest.filters && filters,
  ]);
  const isGiven = userId !== before.userId;
  if (isGiven) await refuseGiving(act, userId);
  const said = {
    trigger: saidTrigger ?? before.definition.said.trigger,
    actions: saidActions ?? before.definition.said.actions,
  };
  const definition = { ...before.definition, ...rest, said };
  await holdNamed(db, caller.teamId, { rest, said });
  if (saidActions) await refuseMissing(act, before.entity, definition);
  if (saidTrigger) await refuseUndated(act, before.entity, definition);
  const isNew = Object.keys(rest).length > 0;
  if (isNew) refuseBeyondRights(caller, callsOf(before.entity, definition));
  const version = before.version + (isNew ? 1 : 0);
  if (isNew)
    await store.insertVersion(
      db,
      caller.teamId,
      { workflowId: id, version, userId: caller.userId, definition },
      now,
    );
  const isHook = definition.trigger.is === "webhook";
  const next = {
    ...before,
    name,
    userId,
    version,
    definition,
    ...(isNew && boundTo(caller)),
    // A time that is due stays due: the dates of its day would be passed over.
    nextRunAt: saidTrigger && before.isActive ? nextTime(definition.trigger, now) : before.nextRunAt,
    // An address that was never handed out leads nowhere: it comes with rotating the secrets.
    hookTokenHash: isHook ? before.hookTokenHash : null,
  };
  if (next.isActive)
    await listen(act, before.id, definition.trigger, before.definition.trigger.is !== "event");
  await store.updateWorkflow(db, caller.teamId, next, now);
  await tell(act, "workflow.changed", next, {
    version,
    changed: [...Object.keys(rest), ...(isGiven ? ["owner"] : [])],
    ...(isGiven && { user_id: userId }),
  });
  return getWorkflow(act, id);
}

/** What it does is asked of their rights when it does it. */
async function refuseGiving({ db, caller }: Act, userId: string) {
  if (!mayGiveWorkflow({ isAdmin: caller.role === "admin" })) throw new Refusal("workflow_given_by_admin");
  const user = await holdUser(db, caller.teamId, userId);
  if (!user || user.deactivatedAt) throw new Refusal("unknown_id", { value: userId });
}

export async function deleteWorkflow(act: Act, id: string) {
  const workflow = await changeable(act, id);
  await store.deleteWorkflow(act.db, act.caller.teamId, id);
  await tell(act, "workflow.deleted", workflow);
}

export async function activateWorkflow(act: Act, id: string, everybody: boolean) {
  const { db, now, caller } = act;
  const workflow = await changeable(act, id);
  if (workflow.isActive) return workflow;
  refuseArchived(workflow);
  const { trigger, filters } = workflow.definition;
  if (trigger.is === "schedule" && isUnfiltered(filters) && !everybody)
    throw new Refusal("workflow_matches_everybody");
  refuseBeyondRights(caller, callsOf(workflow.entity, workflow.definition));
  await refuseMissing(act, workflow.entity, workflow.definition);
  await listen(act, id, trigger, true);
  const next = {
    ...workflow,
    isActive: true,
    inactiveReason: null,
    nextRunAt: nextTime(trigger, now),
    activatedAt: now,
    ...boundTo(caller),
  };
  await store.updateWorkflow(db, caller.teamId, next, now);
  await tell(act, "workflow.activated", next);
  return getWorkflow(act, id);
}

/** Follows events from now on; without another follower so far, the shared cursor is moved here too. */
async function listen({ db, caller }: Act, id: string, trigger: Trigger, startsAnew: boolean) {
  if (trigger.is !== "event" || !startsAnew) return;
  await readyWorkflowCursor(db, caller.teamId);
  await store.startAnew(db, caller.teamId, id);
}

export async function deactivateWorkflow(act: Act, id: string) {
  return switchWorkflowOff(act, await changeable(act, id), null);
}

export async function switchWorkflowOff(act: Act, workflow: store.WorkflowRow, reason: string | null) {
  const { db, now, caller } = act;
  if (!workflow.isActive) return workflow;
  const next = { ...workflow, isActive: false, inactiveReason: reason, nextRunAt: null };
  await store.updateWorkflow(db, caller.teamId, next, now);
  await layAllInLine(db, caller.teamId, { workflowId: workflow.id }, now);
  await tell(act, "workflow.deactivated", next, reason === null ? {} : { reason });
  return getWorkflow(act, workflow.id);
}

/** Switches the workflow off and archives it: candidates on the way stop, and its results can still be read. */
export async function archiveWorkflow(act: Act, id: string) {
  const { db, now, caller } = act;
  const workflow = await changeable(act, id);
  if (workflow.archivedAt) return workflow;
  const off = { isActive: false, inactiveReason: null, nextRunAt: null, archivedAt: now };
  await store.updateWorkflow(db, caller.teamId, { ...workflow, ...off }, now);
  // Runs first: one that is just looking for its people is waited for, and those it found are then seen.
  await cancelRuns(db, caller.teamId, id, now);
  await layAllInLine(db, caller.teamId, { workflowId: id }, now);
  const stopped = await leaveAllOut(db, caller.teamId, { workflowId: id, code: "workflow_archived" }, now);
  await tell(act, "workflow.archived", workflow, { stopped });
  return getWorkflow(act, id);
}

/** Back from the archive, and off. */
export async function restoreWorkflow(act: Act, id: string) {
  const { db, now, caller } = act;
  const workflow = await changeable(act, id);
  if (!workflow.archivedAt) return;
  await store.updateWorkflow(db, caller.teamId, { ...workflow, archivedAt: null }, now);
  await tell(act, "workflow.unarchived", workflow);
}

export function refuseArchived({ archivedAt }: Pick<store.WorkflowRow, "archivedAt">) {
  if (archivedAt) throw new Refusal("workflow_archived");
}

/** Now, with everybody whom the filters find, or with those who are named. The engine does it. */
export async function runWorkflow(act: Act, id: string, entityIds: readonly string[] | null) {
  const { db, now, caller } = act;
  const workflow = await changeable(act, id);
  refuseArchived(workflow);
  refuseBeyondRights(caller, callsOf(workflow.entity, workflow.definition));
  const wish = {
    ...({
      id: newId(),
      workflowId: id,
      version: workflow.version,
      cause: "manual",
      status: "finding",
    } as const),
    entityIds: entityIds && [...new Set(entityIds)],
  };
  const { run } = await openRun(db, caller.teamId, { ...wish, triggerKey: `manual:${wish.id}` }, now);
  await tell(act, "workflow.run_started", workflow, { run_id: run.id, cause: "manual" });
  act.afterCommit(act.app.workflows.wake);
  return { workflow, run };
}

export async function cancelRun(act: Act, runId: string) {
  const { db, now, caller } = act;
  const run = await lockRun(db, caller.teamId, runId);
  if (!run) throw new Refusal("record_not_found");
  const workflow = await changeable(act, run.workflowId);
  if (run.status !== "finding" && run.status !== "running") throw new Refusal("workflow_run_over");
  await layAllInLine(db, caller.teamId, { runId }, now);
  await leaveOut(db, caller.teamId, runId, "cancelled", now);
  await setStatus(db, caller.teamId, runId, "cancelled", now);
  await tell(act, "workflow.run_cancelled", workflow, { run_id: runId });
  return (await findRun(db, caller.teamId, runId)) as RunRow;
}

export async function rotateSecrets(act: Act, id: string) {
  const { db, now, caller } = act;
  const workflow = await changeable(act, id);
  const { secrets, kept } = newSecrets(act, id, workflow.definition.trigger);
  await store.updateWorkflow(db, caller.teamId, { ...workflow, ...kept }, now);
  await tell(act, "workflow.secrets_rotated", workflow);
  return { workflow: await getWorkflow(act, id), secrets };
}

function newSecrets({ app, caller }: Act, id: string, trigger: Trigger) {
  const hookToken = trigger.is === "webhook" ? newToken("cdz_hook") : null;
  const signingSecret = `whsec_${randomBytes(32).toString("base64")}`;
  const kept = {
    hookTokenHash: hookToken === null ? null : hashToken(hookToken),
    secret: app.secrets.seal(placeOfSecret(caller.teamId, id), signingSecret),
  };
  return { secrets: { hookToken, signingSecret }, kept };
}

export function placeOfSecret(teamId: string, rowId: string) {
  return { teamId, table: "workflows", rowId, column: "secret" };
}

function tell(
  act: Act,
  type: EventType,
  { id, name }: Pick<store.WorkflowRow, "id" | "name">,
  data: Record<string, unknown> = {},
) {
  return record(byCaller(act), { type, subject: { type: "workflow", id }, data: { name, ...data } });
}
