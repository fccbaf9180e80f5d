// Where we only suppose what a mail is, its mailbox's owner is asked: by a task, while nothing more is sent.

import type { Act } from "../../../app.ts";
import type { InboundQuestion } from "../../../domain/receiving/inbound-outcome.ts";
import { newId } from "../../../kernel/ids.ts";
import { type By, byCaller, record } from "../../events/events/store.ts";
import { makeTasks } from "../../work/tasks/making.ts";
import { findTargets, lockTask, type TaskValues, updateTask } from "../../work/tasks/store.ts";
import type { JudgedMail } from "./judged.ts";
import * as store from "./store.ts";

const ASKED: Record<InboundQuestion, { title: (whom: string) => string; note: string }> = {
  reply: {
    title: (whom) => `Did ${whom} reply?`,
    note: "An email may be this contact's reply to one of your emails, but that is not certain. No more emails are sent until you settle it in the inbox.",
  },
  unsubscribe: {
    title: (whom) => `Is this an unsubscribe request of ${whom}?`,
    note: "An email may ask to unsubscribe this contact, but that is not certain. No more emails are sent until you settle it in the inbox.",
  },
  bounce: {
    title: (whom) => `Does the address of ${whom} still work?`,
    note: "A bounce report may mean that it does not, but proves nothing: it does not return your email, or its words are unclear. No more emails are sent until you settle it in the inbox.",
  },
};

/** The task's id by the incoming mail's. No task is made about a deleted contact. */
export async function askPeople(by: By, judged: readonly JudgedMail[]): Promise<Map<string, string>> {
  const asking = judged.filter(({ outcome, contactId }) => outcome.question !== null && contactId !== null);
  if (asking.length === 0) return new Map();
  const { db, teamId, now } = by;
  const owners = await store.ownersOf(
    db,
    teamId,
    asking.map(({ mailboxId }) => mailboxId),
  );
  const people = await findTargets(
    db,
    teamId,
    asking.flatMap(({ contactId }) => contactId ?? []),
  );
  const byId = new Map(people.map((person) => [person.id, person]));
  const pairs = asking.flatMap(
    ({ id, mailboxId, contactId, outcome: { question } }): [string, TaskValues][] => {
      const userId = owners.get(mailboxId);
      const person = byId.get(contactId ?? "");
      if (!userId || !person || !question) return [];
      return [[id, taskFor(question, userId, person, now)]];
    },
  );
  const tasks = pairs.map(([, task]) => task);
  if (tasks.length === 0) return new Map();
  await makeTasks(by, tasks);
  return new Map(pairs.map(([id, task]) => [id, task.id]));
}

function taskFor(
  question: InboundQuestion,
  userId: string,
  person: { id: string; name: string | null; accountId: string | null },
  now: Temporal.Instant,
): TaskValues {
  const { title, note } = ASKED[question];
  return {
    id: newId(),
    userId,
    creatorId: null,
    contactId: person.id,
    accountId: person.accountId,
    dealId: null,
    type: "action_item",
    status: "scheduled",
    priority: "high",
    title: title(person.name ?? "this contact"),
    note,
    callScript: null,
    relevantFields: null,
    dueAt: now,
    completedAt: null,
    completedBy: null,
    skippedAt: null,
    createdFrom: "incoming_mail",
  };
}

/** A person has said what they were asked. */
export async function closeQuestion(act: Act, taskId: string) {
  const { db, now, caller } = act;
  const task = await lockTask(db, caller.teamId, taskId);
  if (task?.status !== "scheduled") return;
  const done = { ...task, status: "completed" as const, completedAt: now, completedBy: caller.userId };
  await updateTask(db, caller.teamId, done, now);
  await record(byCaller(act), {
    type: "task.completed",
    subject: { type: "task", id: taskId },
    data: { type: task.type, contact_id: task.contactId },
  });
}
