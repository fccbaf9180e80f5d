// Records that mails were sent, and completes what depends on them: tasks, copies, events. The contacts then move on (mail-life.ts).
//
// Checked by the attempt: an engine that is late is believed when its own attempt succeeded, and about no other
// attempt. All of it is safe to repeat.

import { distinctAddresses } from "../../../domain/contacts/suppression.ts";
import { newId } from "../../../kernel/ids.ts";
import type { SendOutcome } from "../../../mail/outcome.ts";
import { crashPoint } from "../../../seams.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import type { DoneStep } from "../../enrollments/advancing/commands.ts";
import { lockEnrollments } from "../../enrollments/enrollments/locking-store.ts";
import { plansOf } from "../../enrollments/enrollments/store.ts";
import { completeByMail, type Tied, tasksOfMails, withQuestions } from "../../enrollments/step-tasks/sent.ts";
import { type By, type Happening, record as tell } from "../../events/events/store.ts";
import type { ClaimedOutgoingMail } from "./claiming.ts";
import type { GatePassage } from "./gate.ts";
import { inLockOrder } from "./gate-locks.ts";
import * as store from "./outcomes-store.ts";

export type Ended = {
  claimed: ClaimedOutgoingMail;
  outcome: SendOutcome;
  passage: GatePassage | null;
  /** The mailbox's secret, sealed as it was read. */
  signedInWith?: Buffer | null;
};

/** What is written as sent, with the rows that move on by it: they are locked. */
export type Recorded = {
  rows: Awaited<ReturnType<typeof lockEnrollments>>;
  written: readonly store.SentRow[];
  tied: Tied;
  /** Of the sequences of the mails themselves, read behind the locks. */
  plans?: Awaited<ReturnType<typeof plansOf>>;
};

/** Those that were accepted, together. */
export async function recordSent(by: By, sent: readonly Ended[]): Promise<Recorded> {
  const { db, teamId } = by;
  const asTask = sent.flatMap(({ claimed: { slot } }) => (mayBeTask(slot) ? slot.id : []));
  const tied = asTask.length > 0 ? await tasksOfMails(by, asTask) : [];
  const contactIds = [
    ...sent.flatMap(({ claimed }) => claimed.slot.contactId ?? []),
    ...tied.flatMap(({ enrolledContactId }) => enrolledContactId ?? []),
  ];
  const enrollmentIds = [
    ...sent.flatMap(({ claimed }) => claimed.slot.enrollmentId ?? []),
    ...tied.flatMap(({ enrollmentId }) => enrollmentId ?? []),
  ];
  const mailboxIds = [...new Set(sent.map(({ claimed }) => claimed.slot.mailboxId))];
  const sequenceIds = [
    ...new Set(sent.flatMap(({ claimed: { slot } }) => (slot.copyOf ? [] : (slot.sequenceId ?? [])))),
  ];
  const locking = inLockOrder({
    contact: () => holdContacts(db, teamId, contactIds),
    enrollment: () => lockEnrollments(db, teamId, enrollmentIds),
    mailbox: () => store.clearMailboxBackoff(db, teamId, mailboxIds),
    message: () => store.writeSent(db, teamId, sent.map(acceptedAs)),
  });
  const [locked, plans] = await Promise.all([
    locking,
    sequenceIds.length === 0 ? new Map() : plansOf(db, teamId, sequenceIds),
  ]);
  const { enrollment: rows, message: written } = locked;
  const askedAbout = written.flatMap(({ id, wasAsked }) => (wasAsked ? [id] : []));
  return {
    rows,
    written,
    tied: askedAbout.length > 0 ? await withQuestions(by, tied, askedAbout) : tied,
    plans,
  };
}

/** A mail for a user to send, or one that a user was asked about after the first attempt. */
function mayBeTask({ type, isComposed }: ClaimedOutgoingMail["slot"]) {
  return type === "outreach_manual_email" || isComposed;
}

/** The steps that are done by it, those of the tasks too: their tasks are completed. */
export async function stepsDone(by: By, { written, tied }: Omit<Recorded, "rows">): Promise<DoneStep[]> {
  const doneByTask = tied.length > 0 ? await completeByMail(by, tied, written) : [];
  const done = written.flatMap(({ enrollmentId, stepId, completedAt, copyOf }) =>
    enrollmentId && stepId && !copyOf ? [{ enrollmentId, stepId, at: completedAt }] : [],
  );
  return [...doneByTask, ...done];
}

/** Its copies are planned, and its event is written. */
export async function tellSent(by: By, written: readonly store.SentRow[]) {
  await store.planCopies(by.db, by.teamId, copiesOf(written), by.now);
  await crashPoint("event-write");
  await tell(by, ...written.filter(({ copyOf }) => !copyOf).map((row) => sentEvent("message.sent", row)));
}

function copiesOf(written: readonly store.SentRow[]) {
  return written
    .filter(({ copyOf }) => !copyOf)
    .flatMap(({ id, ccEmails, bccEmails }) =>
      distinctAddresses([...ccEmails, ...bccEmails]).map((email) => ({ id: newId(), of: id, email })),
    );
}

function acceptedAs({ claimed, outcome }: Ended): store.AcceptedMail {
  const said = outcome.kind === "accepted" ? outcome : null;
  return {
    id: claimed.slot.id,
    attemptId: claimed.claim.attemptId,
    serverSaid: said?.serverSaid ?? null,
    queueId: said?.queueId ?? null,
    providerMessageId: said?.newMessageId ?? null,
    providerThreadId: said?.threadId ?? null,
  };
}

export function sentEvent(
  type: Happening["type"],
  row: Pick<store.SentRow, "id" | "contactId" | "sequenceId" | "enrollmentId">,
  data: Record<string, unknown> = {},
): Happening {
  const { id, contactId, sequenceId, enrollmentId } = row;
  return {
    type,
    subject: { type: "message", id },
    data: { contact_id: contactId, sequence_id: sequenceId, enrollment_id: enrollmentId, ...data },
  };
}
