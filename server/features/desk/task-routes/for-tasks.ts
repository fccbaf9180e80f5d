// The mail of a task that is to write one: begun with the task, so that the task's creator can fill it in and send
// it. Where the contact cannot be written to, the task is there without a mail, and says so when one is begun.

import type { Act } from "../../../app.ts";
import { escapedHtml } from "../../../domain/templates/mail-template.ts";
import type { TaskMessage } from "../../../domain/work/task.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { TaskRow } from "../../work/tasks/store.ts";
import { createDraft } from "../drafts/commands.ts";

type Task = Pick<TaskRow, "id" | "type" | "status" | "userId" | "contactId" | "contactEmail">;

/** By task, its mail. Only its writer sees a mail: none is begun for another user's task. */
export async function draftForTasks(act: Act, tasks: readonly Task[], message?: TaskMessage) {
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

async function draftFor(
  act: Act,
  { id, contactId }: Task,
  { subject = null, text = null }: Partial<TaskMessage> = {},
) {
  const { id: draftId } = await createDraft(act, {
    contactId: contactId ?? undefined,
    taskId: id,
    subject: subject || undefined,
    bodyHtml: text ? escapedHtml(text) : undefined,
    inResponseTo: undefined,
    templateId: undefined,
    recipients: [],
    attachmentIds: [],
    mailboxId: undefined,
    sendFrom: null,
    isTracked: false,
    remindAfterDays: null,
  });
  return draftId;
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
