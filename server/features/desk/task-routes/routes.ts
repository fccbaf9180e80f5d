import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import type { TaskMessage } from "../../../domain/work/task.ts";
import { route } from "../../../http/route.ts";
import { isInstant, readMoment } from "../../../kernel/moments.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { eachAlone } from "../../../runtime/savepoint-each.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { seenAmong } from "../../access/sharing/store.ts";
import { placeIn, presentSearchCursor, readSearchCursor } from "../../contacts/contact-search/present.ts";
import { presentTaskFacets } from "../../work/tasks/present.ts";
import { findTask, type TaskRow, type TaskShown } from "../../work/tasks/store.ts";
import { taskShown, tasksListed } from "../tasks/around.ts";
import {
  changeOpenTask,
  changeTask,
  createTasks,
  finishTask,
  reopenTask,
  seesTaskOf,
  type TaskWish,
} from "../tasks/commands.ts";
import { linkedInLimitsOf } from "../tasks/linkedin-limits.ts";
import { searchTasks, type TaskSort } from "../tasks/search-store.ts";
import { kindsOf, listed, nonEmpty, orderOf, statusesOf, typeOf } from "../tasks/words.ts";
import { draftForTasks } from "./for-tasks.ts";

type Single = z.output<typeof contract.tasks.create.input>;
type Bulk = z.output<typeof contract.tasks.bulkCreate.input>;
type Search = z.output<typeof contract.tasks.search.input>;

export const routes = [
  route(contract.tasks.create, async ({ input, ...act }) => {
    const { contact_ids: several = [], contact_id: first, ...common } = input;
    const about = [...new Set([...(first ? [first] : []), ...several])];
    const wishes = (about.length > 0 ? about : [undefined]).map((contact_id) =>
      wishFrom({ ...common, contact_id }, act.caller.userId),
    );
    const tasks = await createTasks(act, wishes);
    const mails = await draftForTasks(act, tasks, wishes[0]?.message);
    const made = (await tasksListed(act, tasks)).map((one) => {
      const id = mails.get(one.id);
      const subject = wishes[0]?.message?.subject || null;
      return { ...one, ...(id !== undefined && { emailer_message: { id, subject } }) };
    });
    const [task] = made;
    if (!task) throw new Refusal("task_deleted");
    return { task: { ...task, ...(made.length > 1 && { task_ids: made.map(({ id }) => id) }) } };
  }),

  route(contract.tasks.bulkCreate, async ({ input, ...act }) => ({
    success: true as const,
    tasks: await tasksListed(act, await createTasks(act, wishesFrom(input, act.caller.userId))),
  })),

  route(contract.tasks.get, async ({ db, caller, input }) => {
    const found = await findTask(db, caller.teamId, input.id);
    const task = found && (await seesTaskOf({ db, caller }, found)) ? found : null;
    if (!task) throw new Refusal("task_or_message_deleted");
    return { task: await shown({ db, caller }, task) };
  }),

  route(contract.tasks.update, async ({ input, ...act }) => ({
    task: await shown(
      act,
      await changeTask(act, input.id, {
        userId: input.user_id,
        creatorId: input.creator_id,
        contactId: input.contact_id,
        type: typeOf(input.type),
        status: input.status,
        priority: input.priority ?? input.priority_cd,
        dueAt: momentOf(input.due_at),
        title: input.title,
        note: input.note,
        callScript: input.call_script,
        relevantFields: input.relevant_fields,
        message: messageOf(input.standalone_outreach_task_message),
      }),
    ),
  })),

  route(contract.tasks.complete, async ({ input, ...act }) => {
    const task = await finishTask(act, input.id, "completed", input.note);
    if (!task) return { task: { id: input.id, deleted: true as const } };
    const done = await shown(act, task);
    return { task: done, contact: done.contact };
  }),

  route(contract.tasks.skip, async ({ input, ...act }) => {
    const task = await finishTask(act, input.id, "skipped", input.note);
    if (!task) return { task: { id: input.id, deleted: true as const } };
    return { task: { id: task.id, status: "skipped" as const, note: task.note, completed: false as const } };
  }),

  route(contract.tasks.bulkSkip, async ({ input, ...act }) => {
    const { done, left } = await eachAlone(act.db, input.ids, async (id) => {
      if (!(await finishTask(act, id, "skipped", input.note))) throw new Refusal("task_deleted");
    });
    return { success: left.length === 0, task_ids: done, left };
  }),

  route(contract.tasks.bulkComplete, async ({ input, ...act }) => {
    const { done, left } = await eachAlone(act.db, input.ids, async (id) => {
      if (!(await finishTask(act, id, "completed", undefined))) throw new Refusal("task_deleted");
    });
    return { success: left.length === 0, task_ids: done, left };
  }),

  route(contract.tasks.bulkReopen, async ({ input, ...act }) => {
    const { done, left } = await eachAlone(act.db, input.ids, (id) => reopenTask(act, id));
    return { success: left.length === 0, task_ids: done, left };
  }),

  route(contract.tasks.bulkUpdate, async ({ input, ...act }) => {
    const wish = { userId: input.user_id, dueAt: momentOf(input.due_at), priority: input.priority };
    const { done, left } = await eachAlone(act.db, input.ids, (id) => changeOpenTask(act, id, wish));
    return { success: left.length === 0, task_ids: done, left };
  }),

  route(contract.tasks.dailyLimits, async ({ input, ...act }) => ({
    daily_limits: await linkedInLimitsOf(act, input.user_id ?? act.caller.userId),
  })),

  route(contract.tasks.reopen, async ({ input, ...act }) => ({
    task: await shown(act, await reopenTask(act, input.id)),
  })),

  route(contract.tasks.search, async ({ db, caller, input }) => {
    const { sort, isAscending } = orderOf(input);
    const sequenceIds = nonEmpty(input.emailer_campaign_ids);
    const { tasks, counts, total, last } = await searchTasks(db, caller.teamId, {
      keywords: input.q_keywords?.trim() || null,
      userIds: listed(input.user_id, input.user_ids),
      contactIds: listed(input.contact_id, input.contact_ids),
      accountIds: listed(input.account_id, input.account_ids),
      dealIds: listed(input.opportunity_id, input.opportunity_ids),
      priorities: nonEmpty(input.priority),
      statuses: statusesOf(input),
      kinds: kindsOf(input),
      sequenceIds: sequenceIds && [...(await seenAmong(db, caller.teamId, sequenceIds, viewerIn(caller)))],
      dueFrom: momentOf(input.due_from) ?? null,
      dueBefore: momentOf(input.due_before) ?? null,
      viewerId: viewerIn(caller),
      sort,
      isAscending,
      after: placeOf(input.cursor, sort, isAscending),
      ...rowsOf(input),
    });
    return {
      tasks: await tasksListed({ db, caller }, await withinSight({ db, caller }, tasks)),
      breadcrumbs: breadcrumbs(input),
      pagination: {
        ...pagination(input, total),
        next_cursor: last && presentSearchCursor(sort, isAscending, last),
      },
      faceting: presentTaskFacets(counts, total),
      pipeline_total: total,
      num_fetch_result: null,
    };
  }),
];

type Asking = Pick<Act, "db" | "caller">;

async function shown(asking: Asking, task: TaskShown) {
  const [seen] = await withinSight(asking, [task]);
  return taskShown(asking, seen ?? task);
}

/** Who is to do a task sees its text, because it cannot be done without. It does not say which hidden sequence it is of. */
async function withinSight<Row extends TaskRow>({ db, caller }: Asking, tasks: readonly Row[]) {
  const named = tasks.flatMap(({ sequenceId }) => sequenceId ?? []);
  const seen = await seenAmong(db, caller.teamId, named, viewerIn(caller));
  return tasks.map((task) =>
    task.sequenceId === null || seen.has(task.sequenceId)
      ? task
      : { ...task, sequenceId: null, sequenceName: null, stepPosition: null },
  );
}

function placeOf(cursor: string | undefined, sort: TaskSort, isAscending: boolean | null) {
  if (!cursor) return null;
  if (sort !== "priority") return placeIn(cursor, sort, isAscending);
  const place = readSearchCursor(cursor, sort, isAscending);
  if (!place || !/^[123] /.test(place.value) || !isInstant(place.value.slice(2)))
    throw new Refusal("invalid_cursor");
  return place;
}

/** It is the caller's to do unless said. */
function wishFrom(input: Omit<Single, "contact_ids">, callerId: string): TaskWish {
  return {
    userId: input.user_id ?? callerId,
    creatorId: input.creator_id,
    contactId: input.contact_id,
    accountId: input.account_id,
    dealId: input.opportunity_id,
    type: typeOf(input.type),
    status: input.status,
    priority: input.priority,
    dueAt: momentOf(input.due_at),
    title: input.title,
    note: input.note,
    message: messageOf(input.standalone_outreach_task_message),
  };
}

/** Null, as the answer has it where there is no message, means nothing. */
function messageOf(said: Single["standalone_outreach_task_message"]): TaskMessage | undefined {
  if (!said) return undefined;
  return { subject: said.subject?.trim() ?? null, text: said.body_text ?? null };
}

/** Tasks as clients list them, or one per contact. What is said outside the list holds for each of it. */
function wishesFrom(input: Bulk, callerId: string): TaskWish[] {
  const { contact_ids = [], tasks_attributes = [], tasks = [], ...common } = input;
  const forContacts = [...new Set(contact_ids)].map((contact_id) => ({ ...common, contact_id }));
  return [...forContacts, ...[...tasks_attributes, ...tasks].map((one) => ({ ...common, ...one }))]
    .map((one) => wishFrom(one, callerId))
    .map((wish) => ({ ...wish, type: wish.type ?? "action_item" }));
}

function momentOf(text: string | undefined) {
  return text === undefined ? undefined : readMoment(text);
}

const CRUMBS = {
  q_keywords: "Contains Keywords",
  user_id: "Assigned To",
  user_ids: "Assigned To",
  contact_id: "Contact",
  contact_ids: "Contact",
  account_id: "Account",
  account_ids: "Account",
  opportunity_id: "Opportunity",
  opportunity_ids: "Opportunity",
  priority: "Priority",
  task_types: "Task Type",
  task_type_cds: "Task Type",
  type: "Task Type",
  task_status: "Status",
  statuses: "Status",
  status: "Status",
  emailer_campaign_ids: "Sequence",
} as const;

function breadcrumbs(input: Search) {
  return (Object.keys(CRUMBS) as (keyof typeof CRUMBS)[]).flatMap((name) =>
    [input[name] ?? []].flat().map((value) => ({
      label: CRUMBS[name],
      signal_field_name: name,
      value,
      display_name: value,
    })),
  );
}
