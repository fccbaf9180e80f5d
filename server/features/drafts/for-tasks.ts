// The mail of a task that is to write one: begun with the task, so that whoever made the task can fill it in and send it. Where
// the contact cannot be written to, the task is there without a mail, and says so when one is begun.

import type { Act } from "../../app.ts";
import { escapedHtml } from "../../domain/mail-template.ts";
import type { Message } from "../../domain/task.ts";
import { Refusal } from "../../refusal.ts";
import type { TaskRow } from "../tasks/store.ts";
import { createDraft } from "./commands.ts";

type Task = Pick<TaskRow, "id" | "type" | "status" | "userId" | "contactId" | "contactEmail">;

/** By task, its mail. A mail is seen by its writer alone: for another's task nobody begins one. */
export async function draftForTasks(act: Act, tasks: readonly Task[], message?: Message) {
  const mails = new Map<string, string>();
  for (const task of tasks.filter((one) => asksForMail(act, one))) {
    const id = await orWithout(act, () => draftFor(act, task, message));
    if (id !== null) mails.set(task.id, id);
  }
  return mails;
}

function asksForMail({ caller }: Act, { type, status, userId, contactEmail }: Task) {
  const isOpen = type === "outreach_manual_email" && status === "scheduled";
  return isOpen && contactEmail !== null && userId === caller.userId;
}

function draftFor(act: Act, { id, contactId }: Task, { subject = null, text = null }: Partial<Message> = {}) {
  return createDraft(act, {
    ...{ contactId: contactId ?? undefined, taskId: id },
    ...{ subject: subject || undefined, bodyHtml: text ? escapedHtml(text) : undefined },
    ...{ inResponseTo: undefined, templateId: undefined },
    ...{ recipients: [], attachmentIds: [], mailboxId: undefined, sendFrom: null, isTracked: false },
  });
}

async function orWithout({ db }: Act, work: () => Promise<string>) {
  await db.run("savepoint without_mail");
  let id: string | null = null;
  try {
    id = await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await db.run("rollback to savepoint without_mail");
  }
  await db.run("release savepoint without_mail");
  return id;
}
