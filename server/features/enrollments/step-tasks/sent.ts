// Mails that users send complete the tasks they were written for, at the time of sending. And where a mail is proved to
// be sent, its owner is not asked about it any more.

import { type By, type Happening, record } from "../../events/events/store.ts";
import type { DoneStep } from "../advancing/commands.ts";
import * as store from "./store.ts";

export type Tied = Awaited<ReturnType<typeof store.openTasksOf>>;

/** Read before anything is locked: the contacts of these tasks move on, whatever the mail itself says. */
export async function tasksOfMails({ db, teamId }: By, messageIds: readonly string[]): Promise<Tied> {
  return messageIds.length === 0 ? [] : store.openTasksOf(db, teamId, messageIds);
}

/** Once the mails are locked: with the questions that were asked about them meanwhile. They belong to no enrollment. */
export async function withQuestions(by: By, tied: Tied, messageIds: readonly string[]): Promise<Tied> {
  const known = new Set(tied.map(({ id }) => id));
  const open = await tasksOfMails(by, messageIds);
  return [...tied, ...open.filter(({ id, enrollmentId }) => enrollmentId === null && !known.has(id))];
}

/** Their enrollments are locked. Answers whose step is done by it. */
export async function completeByMail(
  by: By,
  tied: Tied,
  sent: readonly { id: string; completedAt: Temporal.Instant }[],
): Promise<DoneStep[]> {
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
