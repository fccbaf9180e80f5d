// Mails that no engine finished. Where the engine is gone: those that were not released are free again, the others
// are in doubt. Mails in doubt are looked for among sent mail. Where that proves nothing they stay visible, count
// against limits and hold their enrollment, and after a day their owner is asked.
//
// Easy to get wrong: "not found" is not "not sent". The server may still be storing it, so a mail is sent again only
// long after the old connection must be dead. And only where the sequence would rather send twice than lose a mail,
// or where the mailbox is known to keep what it sends.

import { newId } from "../../../kernel/ids.ts";
import { crashPoint } from "../../../seams.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import { lockEnrollments } from "../../enrollments/enrollments/locking-store.ts";
import { tasksOfMails, withQuestions } from "../../enrollments/step-tasks/sent.ts";
import { type By, record } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { advanceContacts } from "./mail-life.ts";
import * as store from "./reconciliation-store.ts";
import { sentEvent } from "./recording.ts";

const BATCH = 500;

/** Answers how many there were. */
export async function releaseOrphans(by: By, manner: BatchMode = "together"): Promise<number> {
  const { db, teamId } = by;
  const rows = await store.lockOrphans(db, teamId, BATCH);
  await inParts(by, { loop: "release-orphans", manner }, rows, async (some) => {
    const idsOf = (isLetGo: boolean) => some.flatMap((row) => (row.isLetGo === isLetGo ? row.id : []));
    await store.freeClaims(db, teamId, idsOf(false));
    const unclear = await store.leaveUnclear(db, teamId, idsOf(true));
    await crashPoint("reconcile");
    if (unclear.length > 0) await record(by, ...unclear.map((row) => sentEvent("message.unconfirmed", row)));
  });
  return rows.length;
}

/**
 * Only the mail's recipient can have sent what came back, or it was found in sent mail. Answers how many were in
 * doubt still.
 */
export async function proveSent(by: By, messageIds: readonly string[], how: string): Promise<number> {
  const { db, teamId } = by;
  const unclear = await store.findUnclear(db, teamId, messageIds);
  if (unclear.length === 0) return 0;
  const tied = await tasksOfMails(
    by,
    unclear.map(({ id }) => id),
  );
  await holdContacts(db, teamId, [
    ...unclear.flatMap(({ contactId }) => contactId ?? []),
    ...tied.flatMap(({ enrolledContactId }) => enrolledContactId ?? []),
  ]);
  const rows = await lockEnrollments(db, teamId, [
    ...unclear.flatMap(({ enrollmentId }) => enrollmentId ?? []),
    ...tied.flatMap(({ enrollmentId }) => enrollmentId ?? []),
  ]);
  const written = await store.writeProved(
    db,
    teamId,
    unclear.map(({ id }) => id),
    how,
  );
  const sentIds = written.map(({ id }) => id);
  await advanceContacts(by, { rows, written, tied: await withQuestions(by, tied, sentIds) });
  return written.length;
}

/** Nothing can prove it, and no bounce came for as long as the team waits: it counts as delivered, and its history says why. */
export async function assumeSent(by: By, mails: readonly store.Unclear[]): Promise<number> {
  let count = 0;
  for (const mail of mails) {
    if ((await proveSent(by, [mail.id], "assumed")) === 0) continue; // known by now
    await record(by, sentEvent("message.resolved", mail, { as: "assumed" }));
    count++;
  }
  return count;
}

/** The owner has decided, or nothing is left to wait for: the same mail, once more. */
export async function sendAgain(by: By, mails: readonly store.Again[], why: string): Promise<number> {
  return store.planAgain(by.db, by.teamId, mails, why);
}

/** After a day the owner is asked. */
export async function askOwners(by: By, manner: BatchMode = "together"): Promise<number> {
  const { db, teamId, now } = by;
  const rows = await store.lockUnasked(db, teamId, now.subtract({ hours: 24 }), BATCH);
  let count = 0;
  await inParts(by, { loop: "resolve-doubts", manner }, rows, async (some) => {
    count += await ask(
      by,
      some.map(({ id }) => id),
    );
  });
  return count;
}

/** Some of them settle by themselves: users are not asked about those. */
async function ask(by: By, ids: readonly string[]) {
  const { db, teamId, now } = by;
  const asked = await store.noteAskedAbout(db, teamId, now, ids);
  if (asked.length === 0) return 0;
  const questions = asked.map((row) => ({ ...row, taskId: newId() }));
  await store.insertQuestions(db, teamId, questions, now);
  await record(
    by,
    ...questions.map(({ taskId, id, contactId, sequenceId }) => ({
      type: "task.created" as const,
      subject: { type: "task" as const, id: taskId },
      data: {
        type: "action_item",
        contact_id: contactId,
        sequence_id: sequenceId,
        message_id: id,
        reason: "unconfirmed",
      },
    })),
  );
  return asked.length;
}
