// Mails that people send do the tasks they were written for, at the moment they were sent; and nobody need be asked any
// longer whether a mail was sent that is proved to be.

import type { Done } from "../advancing/commands.ts";
import { type By, type Happening, record } from "../events/store.ts";
import * as store from "./store.ts";

export type Tied = Awaited<ReturnType<typeof store.openTasksOf>>;

/** Looked up before anything is locked: whoever these tasks are about goes on, whatever the mail itself says. */
export async function tasksOfMails({ db, teamId }: By, messageIds: readonly string[]): Promise<Tied> {
  return messageIds.length === 0 ? [] : store.openTasksOf(db, teamId, messageIds);
}

/** Their enrollments are locked. Answers whose step is done by it. */
export async function completeByMail(
  by: By,
  tied: Tied,
  sent: readonly { id: string; completedAt: Temporal.Instant }[],
): Promise<Done[]> {
  const sentAt = new Map(sent.map(({ id, completedAt }) => [id, completedAt]));
  const done = tied.flatMap(({ id, messageId }) => {
    const at = sentAt.get(messageId);
    return at ? [{ id, at }] : [];
  });
  if (done.length === 0) return [];
  const completed = await store.completeTasks(by.db, by.teamId, done, by.now);
  if (completed.length > 0) await record(by, ...completed.map(toldOf));
  return completed.flatMap(({ enrollmentId, stepId, createdFrom, completedAt }) =>
    enrollmentId && stepId && createdFrom === "sequence" ? [{ enrollmentId, stepId, at: completedAt }] : [],
  );
}

function toldOf({ id, type, contactId, sequenceId, messageId }: store.DoneTask): Happening {
  return {
    type: "task.completed",
    subject: { type: "task", id },
    data: { type, contact_id: contactId, sequence_id: sequenceId, message_id: messageId },
  };
}
