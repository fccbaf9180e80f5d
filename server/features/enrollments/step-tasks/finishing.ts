// A step's task is done or skipped, and its contact moves to the next step, whose wait counts from that moment. The
// earlier step is kept with the task, so that it can be undone.
//
// Locks in the usual order: contact, enrollment, mail, and the task last. A contact who was paused meanwhile moves on
// and stays paused; one who finished or was removed has no open task.

import { standingOf } from "../../../domain/enrollments/kept-standing.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import type { By } from "../../events/events/store.ts";
import { advanceLocked } from "../advancing/commands.ts";
import { type EnrollmentFacts, lockEnrollments } from "../enrollments/locking-store.ts";
import { keepBefore, keepRevision } from "./endings-store.ts";
import * as store from "./store.ts";

export type HeldStep = store.StepOfTask & {
  taskId: string;
  rows: EnrollmentFacts[];
  mail: store.MailOfTask | null;
};

/** Before the task itself is locked. Null: finishing it concerns nothing else. */
export async function holdStep({ db, teamId }: By, taskId: string): Promise<HeldStep | null> {
  const step = await store.stepOf(db, teamId, taskId);
  if (!step) return null;
  await holdContacts(db, teamId, [step.contactId]);
  const rows = await lockEnrollments(db, teamId, [step.enrollmentId]);
  const [mail = null] = step.messageId ? await store.lockMails(db, teamId, [step.messageId]) : [];
  return { ...step, taskId, rows, mail };
}

const UNDERWAY = ["planned", "claimed", "dot", "unconfirmed"];

/** Its mail is to go out, and does the task when it has gone. */
export function isUnderway({ mail }: HeldStep) {
  return mail !== null && UNDERWAY.includes(mail.delivery);
}

/** It waits for its turn, so it can be taken back. */
export function isWaiting({ mail }: HeldStep) {
  return mail?.delivery === "planned";
}

/** The task is written as it is to be. A mail that was drafted for it is not sent any more. */
export async function leaveStep(by: By, { taskId, enrollmentId, stepId, rows, mail }: HeldStep) {
  const { db, teamId, now } = by;
  const [row] = rows;
  if (row) await keepBefore(db, teamId, taskId, { standing: standingOf(row), mail: mail?.delivery ?? null });
  if (mail) await store.passOverMails(db, teamId, [mail.id], now);
  await advanceLocked(by, rows, [{ enrollmentId, stepId, at: now }]);
  await keepRevision(db, teamId, taskId);
}
