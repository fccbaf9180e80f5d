// What people are given to do, or told: tasks, deals, notices.

import type { TaskType } from "../../../domain/work/task.ts";
import { newId } from "../../../kernel/ids.ts";
import { createTasks } from "../../desk/tasks/commands.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { accountsOfContacts } from "../../events/following/events-store.ts";
import { listStages } from "../../work/deal-stages/store.ts";
import { createDeal } from "../../work/deals/commands.ts";
import { withoutRole } from "../../work/deals/deal-input.ts";
import { insertNotices } from "../workflow-notices/store.ts";
import type { WorkflowCandidateRow } from "./candidates-store.ts";
import { matchedRecordsOf } from "./finding.ts";
import {
  type ActionOutcome,
  CannotBeDone,
  type Doing,
  type DoingOf,
  type Outcomes,
  type RecordOfCandidate,
} from "./outcomes.ts";
import { usersAmong } from "./record-actions.ts";
import { fillEach } from "./texts.ts";

/** The record's owner as it is now, as long as they are in the team; or whose workflow it is. */
async function doersFor(doing: Doing, about: RecordOfCandidate, named: string | null) {
  if (named !== null) {
    const [userId] = await usersAmong(doing, [named]);
    return () => userId as string;
  }
  const { act, rows, workflow } = doing;
  const standings = await matchedRecordsOf(act.db, act.caller.teamId, about.kind, rows.map(about.recordOf));
  const owners = [...new Set([...standings.values()].flatMap(({ ownerId }) => ownerId ?? []))];
  const here = new Set(owners.length > 0 ? await usersAmong(doing, [...owners, workflow.userId]) : []);
  return (row: WorkflowCandidateRow) => {
    const ownerId = standings.get(about.recordOf(row))?.ownerId;
    return ownerId && here.has(ownerId) ? ownerId : workflow.userId;
  };
}

export async function createTaskEach(
  doing: DoingOf<"create_task">,
  about: RecordOfCandidate,
): Promise<Outcomes> {
  const { act, action, rows } = doing;
  const doerOf = await doersFor(doing, about, action.userId);
  const [titles, notes] = [
    await fillEach(doing, about, action.title),
    await fillEach(doing, about, action.note),
  ];
  const tasks = await createTasks(
    act,
    rows.map((row) => ({
      userId: doerOf(row),
      creatorId: undefined,
      contactId: about.kind === "contact" ? about.recordOf(row) : undefined,
      accountId: about.kind === "account" ? about.recordOf(row) : undefined,
      dealId: undefined,
      type: action.kind as TaskType,
      status: undefined,
      priority: action.priority,
      dueAt: act.now.add({ hours: action.dueInHours }),
      title: titles(row) ?? undefined,
      note: notes(row),
    })),
  );
  return new Map(
    rows.map((row, place): [string, ActionOutcome] => [
      row.id,
      { outcome: "done", code: null, data: { task_id: tasks[place]?.id ?? null } },
    ]),
  );
}

export async function createDeals(
  doing: DoingOf<"create_deal">,
  about: RecordOfCandidate,
): Promise<Outcomes> {
  const { act, action, rows } = doing;
  const { db, now, caller } = act;
  if (
    action.stageId !== null &&
    !(await listStages(db, caller.teamId)).some(({ id }) => id === action.stageId)
  )
    throw new CannotBeDone("stage_missing", { stage_id: action.stageId });
  const doerOf = await doersFor(doing, about, action.ownerId);
  const names = await fillEach(doing, about, action.name);
  const accounts =
    about.kind === "contact"
      ? await accountsOfContacts(db, caller.teamId, rows.map(about.recordOf))
      : new Map();
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  const outcomes: Outcomes = new Map();
  for (const row of rows) {
    const recordId = about.recordOf(row);
    const { deal } = await createDeal(act, {
      name: names(row)?.trim() || action.name,
      ownerId: doerOf(row),
      accountId: about.kind === "account" ? recordId : (accounts.get(recordId)?.accountId ?? null),
      ...(action.stageId !== null && { stageId: action.stageId }),
      ...(action.amount !== null && { amount: String(action.amount) }),
      ...(action.closesInDays !== null && { closesOn: today.add({ days: action.closesInDays }) }),
      ...(about.kind === "contact" && { roles: [withoutRole(recordId)] }),
    });
    outcomes.set(row.id, { outcome: "done", code: null, data: { opportunity_id: deal.id } });
  }
  return outcomes;
}

export async function notify(doing: DoingOf<"notify">): Promise<Outcomes> {
  const { act, action, rows, workflow } = doing;
  const { db, now, caller } = act;
  const userIds = await usersAmong(doing, action.userIds.length > 0 ? action.userIds : [workflow.userId]);
  const contacts = { kind: "contact" as const, recordOf: (row: WorkflowCandidateRow) => row.contactId ?? "" };
  const texts = await fillEach(doing, contacts, action.text);
  const notices = rows.flatMap((row) =>
    userIds.map((userId) => ({
      id: newId(),
      userId,
      workflowId: workflow.id,
      candidateId: row.id,
      entityId: row.entityId,
      contactId: row.contactId,
      text: texts(row) ?? action.text,
    })),
  );
  await insertNotices(db, caller.teamId, notices, now);
  await record(byCaller(act), {
    type: "workflow.notified",
    subject: { type: "workflow", id: workflow.id },
    data: { name: workflow.name, count: userIds.length, user_ids: userIds, notices: notices.length },
  });
  return new Map(
    rows.map((row): [string, ActionOutcome] => [
      row.id,
      { outcome: "done", code: null, data: { user_ids: userIds } },
    ]),
  );
}
