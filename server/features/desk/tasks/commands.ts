import type { Act } from "../../../app.ts";
import {
  effectiveChange,
  mayChangeTask,
  type Priority,
  type TaskChange,
  type TaskMessage,
  type TaskStatus,
  type TaskType,
  takesMessage,
  titleFor,
} from "../../../domain/work/task.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { sightOf } from "../../access/sharing/sight.ts";
import { firstUnknown } from "../../contacts/references/store.ts";
import {
  type HeldStep,
  holdStep,
  isUnderway,
  isWaiting,
  leaveStep,
} from "../../enrollments/step-tasks/finishing.ts";
import { returnToStep } from "../../enrollments/step-tasks/reopening.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { makeTasks } from "../../work/tasks/making.ts";
import * as store from "../../work/tasks/store.ts";

export type TaskWish = {
  userId: string | undefined;
  creatorId: string | undefined;
  contactId: string | undefined;
  accountId: string | undefined;
  dealId: string | undefined;
  type: TaskType | undefined;
  status: TaskStatus | undefined;
  priority: Priority | undefined;
  dueAt: Temporal.Instant | undefined;
  title: string | undefined;
  note: string | null | undefined;
  message?: TaskMessage | undefined;
};

/** All of them or none. */
export async function createTasks(act: Act, wishes: readonly TaskWish[]) {
  const { db, caller } = act;
  const { teamId } = caller;
  for (const { type, userId } of wishes) if (!type || !userId) throw new Refusal("task_incomplete");
  if (wishes.length === 0 || wishes.some((wish) => !targetOf(wish)))
    throw new Refusal("parameter_missing", { name: "contact_id" });
  for (const { type, message } of wishes) refuseMessage(type, message);
  await refuseUnknown(act, wishes);

  const targetIds = wishes.map(targetOf) as string[];
  const targets = new Map(
    (await store.findTargets(db, teamId, targetIds)).map((target) => [target.id, target]),
  );
  const tasks = wishes.map((wish) => newTask(act, wish, targets.get(targetOf(wish) ?? "")));
  await makeTasks(byCaller(act), tasks);
  return store.findTasks(
    db,
    teamId,
    tasks.map(({ id }) => id),
  );
}

function refuseMessage(type: TaskType | undefined, message: TaskMessage | undefined) {
  if (message && type && !takesMessage(type))
    throw new Refusal("parameter_invalid", {
      name: "standalone_outreach_task_message",
      why: say("can be used only with LinkedIn tasks and manual emails"),
    });
}

function targetOf({ contactId, accountId, dealId }: TaskWish) {
  return contactId ?? accountId ?? dealId;
}

function newTask({ now, caller }: Act, wish: TaskWish, target: store.TaskTarget | undefined) {
  const { type, userId, status = "scheduled" } = wish as TaskWish & { type: TaskType; userId: string };
  return {
    id: newId(),
    userId,
    creatorId: wish.creatorId ?? caller.userId,
    contactId: wish.contactId ?? null,
    accountId: wish.accountId ?? target?.accountId ?? null,
    dealId: wish.dealId ?? null,
    type,
    status,
    priority: wish.priority ?? "medium",
    title: wish.title?.trim() || titleFor(type, target?.name ?? null),
    note: wish.note ?? null,
    callScript: wish.message?.text || null,
    subject: wish.message?.subject || null,
    relevantFields: null,
    dueAt: wish.dueAt ?? now,
    completedAt: status === "completed" ? now : null,
    completedBy: status === "completed" ? caller.userId : null,
    skippedAt: status === "skipped" ? now : null,
    createdFrom: caller.credential.kind === "key" || caller.credential.kind === "token" ? "api" : null,
  };
}

async function refuseUnknown({ db, caller }: Act, wishes: readonly TaskWish[]) {
  const unknown = await firstUnknown(db, caller.teamId, {
    users: wishes.flatMap(({ userId, creatorId }) => [userId, creatorId]),
    contacts: wishes.map(({ contactId }) => contactId),
    accounts: wishes.map(({ accountId }) => accountId),
    deals: wishes.map(({ dealId }) => dealId),
  });
  if (unknown) throw new Refusal("unknown_id", { value: unknown });
}

export async function changeTask(act: Act, id: string, wish: TaskChange) {
  const ends = wish.status === "completed" || wish.status === "skipped" ? wish.status : null;
  return change(act, id, wish, { ...(await lockWhole(act, id, ends !== null)), ends });
}

/** What is not said stays as it is, and so does a task that is done. */
export async function changeOpenTask(
  act: Act,
  id: string,
  wish: Pick<TaskChange, "userId" | "dueAt" | "priority">,
) {
  const { held, task } = await lockWhole(act, id, false);
  if (task && task.status !== "scheduled") throw new Refusal("task_finished");
  const kept = task && { priority: task.priority, ...(task.creatorId && { creatorId: task.creatorId }) };
  return change(act, id, { ...kept, ...defined(wish) }, { held, task, ends: null });
}

async function change(
  act: Act,
  id: string,
  wish: TaskChange,
  { held, task, ends }: Awaited<ReturnType<typeof lockWhole>> & { ends: Finished | null },
) {
  const { db, now, caller } = act;
  if (!task) throw new Refusal("task_deleted");
  if (!isMine(act, task)) throw new Refusal("task_of_another");
  const { message, ...rest } = wish;
  refuseMessage(wish.type ?? task.type, message);
  const callScript = rest.callScript ?? (message && (message.text || null));
  const wished = leavingMail({ ...rest, callScript }, held, ends);
  const effective = effectiveChange(task.status, wished, caller.userId);
  const unknown = await firstUnknown(db, caller.teamId, {
    users: [effective.userId, effective.creatorId],
    contacts: [effective.contactId],
  });
  if (unknown) throw new Refusal("unknown_id", { value: unknown });

  const accountId = await accountFor(act, task, effective.contactId);
  const next = { ...task, ...defined(effective), accountId, ...finishing(act, task, effective.status) };
  await store.updateTask(db, caller.teamId, next, now);
  await tell(act, EVENTS[next.status === task.status ? "changed" : next.status], next);
  if (held && next.status !== task.status) await leaveStep(byCaller(act), held);
  return shown(act, id);
}

/** A task goes with its contact's account. */
async function accountFor({ db, caller }: Act, task: store.TaskValues, contactId: string | undefined) {
  if (contactId === undefined || contactId === task.contactId) return task.accountId;
  const [contact] = await store.findTargets(db, caller.teamId, [contactId]);
  return contact?.accountId ?? null;
}

export type Finished = "completed" | "skipped";

/**
 * A task, and where it is to end, its contact first. A withdrawn task may have been opened again since it was looked
 * for; then it is looked for once more, or its contact would be left waiting.
 */
async function lockWhole(act: Act, id: string, ends = true) {
  const by = byCaller(act);
  if (!(await seesTaskOf(act, { id }))) return { held: null, task: null };
  const held = ends ? await holdStep(by, id) : null;
  const task = await store.lockTask(act.db, act.caller.teamId, id);
  const isOpenedAgain = ends && held === null && task?.status === "scheduled";
  return { task, held: isOpenedAgain && task.createdFrom === "sequence" ? await holdStep(by, id) : held };
}

/** Null where there is no such task (any more): Apollo does not refuse that. */
export async function finishTask(act: Act, id: string, status: Finished, note: string | null | undefined) {
  const { db, now, caller } = act;
  const { held, task } = await lockWhole(act, id);
  if (!task) return null;
  if (!isMine(act, task)) throw new Refusal("task_not_yours", {}, { allow_moving_to_next_task: true });
  if (task.status !== "scheduled")
    throw new Refusal("task_finished", {}, { allow_moving_to_next_task: true });
  const noted = { ...task, note: note === undefined ? task.note : note };
  const becomes = leavingMail({ status }, held, status).status;
  const next = { ...noted, ...finishing(act, task, becomes) };
  await store.updateTask(db, caller.teamId, next, now);
  if (becomes) await tell(act, EVENTS[status], next);
  if (becomes && held) await leaveStep(byCaller(act), held);
  return shown(act, id);
}

/** Done or skipped by mistake. Its contact is still at that step, or the call is refused. */
export async function reopenTask(act: Act, id: string) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const seen = (await store.findTasks(db, teamId, [id]))[0];
  if (!seen || !(await seesTaskOf(act, seen))) throw new Refusal("task_deleted");
  if (!isMine(act, seen)) throw new Refusal("task_of_another");
  if (seen.status === "scheduled") return shown(act, id);
  await returnToStep(byCaller(act), id);
  const task = await store.lockTask(db, teamId, id);
  if (!task) throw new Refusal("task_deleted");
  await store.reopen(db, teamId, id, now);
  await tell(act, "task.reopened", task);
  return shown(act, id);
}

/** A call that was made for a task does it. A task that is done already, or another user's, stays as it is. */
export async function completeByCall(act: Act, id: string, answered: boolean | null) {
  const { db, now, caller } = act;
  const { held, task } = await lockWhole(act, id);
  if (task?.status !== "scheduled" || task.type !== "call" || !isMine(act, task)) return;
  const next = { ...task, ...finishing(act, task, "completed") };
  await store.updateTask(db, caller.teamId, next, now);
  await store.noteAnswered(db, caller.teamId, id, answered);
  await tell(act, EVENTS.completed, next);
  if (held) await leaveStep(byCaller(act), held);
}

/** A task whose mail is on its way is done by the mail, when it has gone; it can be skipped while the mail waits. */
function leavingMail<Wish extends { status?: TaskStatus | undefined }>(
  wish: Wish,
  held: HeldStep | null,
  ends: Finished | null,
): Wish {
  if (!held || !ends || !isUnderway(held)) return wish;
  if (ends === "skipped" && !isWaiting(held)) throw new Refusal("task_mail_underway");
  return ends === "skipped" ? wish : { ...wish, status: undefined };
}

function finishing({ now, caller }: Act, task: store.TaskValues, status: TaskStatus | undefined) {
  if (status === undefined || status === task.status) return {};
  const isDone = status === "completed";
  return {
    status,
    completedAt: isDone ? now : null,
    completedBy: isDone ? caller.userId : null,
    skippedAt: status === "skipped" ? now : null,
  };
}

function defined(change: TaskChange) {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** A task of something that is hidden from the caller is not there for them. */
export async function seesTaskOf(asking: Pick<Act, "db" | "caller">, { id }: { id: string }) {
  return (await sightOf(asking, [{ type: "task", id }])).size === 0;
}

function isMine({ caller }: Act, task: store.TaskValues) {
  return mayChangeTask({ userId: caller.userId, isAdmin: caller.role === "admin" }, task);
}

const EVENTS = {
  changed: "task.updated",
  scheduled: "task.updated",
  completed: "task.completed",
  skipped: "task.skipped",
} as const satisfies Record<string, EventType>;

async function tell(act: Act, type: EventType, { id, contactId, type: kind }: store.TaskValues) {
  await record(byCaller(act), {
    type,
    subject: { type: "task", id },
    data: { type: kind, contact_id: contactId },
  });
}

async function shown({ db, caller }: Act, id: string) {
  const task = await store.findTask(db, caller.teamId, id);
  if (!task) throw new Refusal("task_deleted");
  return task;
}
