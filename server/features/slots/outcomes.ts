// What became of a transmission, written down: sent, and whoever it went to goes on; in doubt, and everything waits for
// proof; refused, with what the refusal means for the contact, the mail or the mailbox; or not begun, to be tried again.
//
// Fenced by the attempt: an engine that comes late with good news of its own attempt is believed, about anybody else's it
// is not. Each of these is safe to repeat.

import { FAILURE_WORDS } from "../../domain/failure-words.ts";
import { afterRefusal, restAfter } from "../../domain/send-retry.ts";
import { distinctAddresses } from "../../domain/suppression.ts";
import { newId } from "../../ids.ts";
import type { Outcome } from "../../mail/outcome.ts";
import { crashPoint } from "../../seams.ts";
import { advanceLocked } from "../advancing/commands.ts";
import { barDeadAddress } from "../bouncing/commands.ts";
import { holdContacts } from "../contacts/holding-store.ts";
import { happened } from "../enrollments/happenings.ts";
import { lockEnrollments } from "../enrollments/locking-store.ts";
import { type By, type Happening, record } from "../events/store.ts";
import { passOverSteps } from "../step-tasks/passing.ts";
import { completeByMail, type Tied, tasksOfMails } from "../step-tasks/sent.ts";
import { isAwaited, passOverMails } from "../step-tasks/store.ts";
import { type Claimed, type Dropped, judgeAlone, tellDelayed } from "./claiming.ts";
import type { Passage } from "./gate.ts";
import { holdRules } from "./gate-locks.ts";
import * as store from "./outcomes-store.ts";
import { lockPlanned, writeWaits } from "./store.ts";

export type Ended = {
  claimed: Claimed;
  outcome: Outcome;
  passage: Passage | null;
  /** The mailbox's secret, sealed as it was read. */
  signedInWith?: Buffer | null;
};

/** Those that were taken, in one go. */
export async function noteSent(by: By, sent: readonly Ended[]) {
  const { db, teamId } = by;
  if (sent.length === 0) return;
  const tied = await tasksOfMails(
    by,
    sent.flatMap(({ claimed: { slot } }) => (mayBeTask(slot) ? slot.id : [])),
  );
  const mailboxIds = [...new Set(sent.map(({ claimed }) => claimed.slot.mailboxId))];
  // On their way together: each begins when the one before it has ended.
  const [, rows, , written] = await Promise.all([
    holdContacts(db, teamId, [
      ...sent.flatMap(({ claimed }) => claimed.slot.contactId ?? []),
      ...tied.flatMap(({ enrolledContactId }) => enrolledContactId ?? []),
    ]),
    lockEnrollments(db, teamId, [
      ...sent.flatMap(({ claimed }) => claimed.slot.enrollmentId ?? []),
      ...tied.flatMap(({ enrollmentId }) => enrollmentId ?? []),
    ]),
    store.wake(db, teamId, mailboxIds),
    store.writeSent(db, teamId, sent.map(acceptedAs)),
  ]);
  await finishSent({ ...by, now: written[0]?.completedAt ?? by.now }, rows, written, tied);
  await crashPoint("result-before-commit");
}

/** Somebody's to send, or one that somebody was asked about after the first attempt. */
function mayBeTask({ type, isComposed }: Claimed["slot"]) {
  return type === "outreach_manual_email" || isComposed;
}

/** Also for those that were found out about later. Enrollments are locked, those of the tasks too. */
export async function finishSent(
  by: By,
  rows: Awaited<ReturnType<typeof lockEnrollments>>,
  written: readonly store.SentRow[],
  tied: Tied,
) {
  const doneByTask = await completeByMail(by, tied, written);
  const done = written.flatMap(({ enrollmentId, stepId, completedAt, copyOf }) =>
    enrollmentId && stepId && !copyOf ? [{ enrollmentId, stepId, at: completedAt }] : [],
  );
  await advanceLocked(by, rows, [...doneByTask, ...done]);
  await store.planCopies(by.db, by.teamId, copiesOf(written), by.now);
  await crashPoint("event-write");
  await record(by, ...written.filter(({ copyOf }) => !copyOf).map((row) => told("message.sent", row)));
}

function copiesOf(written: readonly store.SentRow[]) {
  return written
    .filter(({ copyOf }) => !copyOf)
    .flatMap(({ id, ccEmails, bccEmails }) =>
      distinctAddresses([...ccEmails, ...bccEmails]).map((email) => ({ id: newId(), of: id, email })),
    );
}

function acceptedAs({ claimed, outcome }: Ended): store.Accepted {
  const said = outcome.kind === "accepted" ? outcome : null;
  return {
    id: claimed.slot.id,
    attemptId: claimed.claim.attemptId,
    serverSaid: said?.serverSaid ?? null,
    queueId: said?.queueId ?? null,
    providerMessageId: said?.newMessageId ?? null,
  };
}

/** Everything that did not end well, one by one: it is rare, and each has consequences of its own. */
export async function noteEnded(by: By, ended: Ended): Promise<unknown> {
  const { claimed, outcome, passage } = ended;
  switch (outcome.kind) {
    case "accepted":
      return noteSent(by, [ended]);
    case "ambiguous":
      return noteUnclear(by, claimed, outcome.why);
    case "held_back":
      return noteHeldBack(by, claimed, passage);
    case "not_started":
      await rest(by, claimed.slot.mailboxId, outcome.detail ?? outcome.why);
      return store.giveBack(by.db, by.teamId, given(claimed, { ...outcome, outcome: "failed_before_dot" }));
    case "refused":
      return noteRefused(by, ended, outcome);
  }
}

/** In the order of the house, before anything is written. */
async function lockWhole(
  { db, teamId }: By,
  { contactId, enrollmentId }: Pick<Claimed["slot"], "contactId" | "enrollmentId">,
) {
  if (contactId) await holdContacts(db, teamId, [contactId]);
  if (enrollmentId) await lockEnrollments(db, teamId, [enrollmentId]);
}

async function noteUnclear(by: By, claimed: Claimed, why: string) {
  const rows = await store.writeUnclear(by.db, by.teamId, [claimed.claim.attemptId], why);
  await record(by, ...rows.map((row) => told("message.unconfirmed", row)));
}

const ASKED_AGAIN_AFTER = { seconds: 1 };

async function noteHeldBack(by: By, claimed: Claimed, passage: Passage | null): Promise<unknown> {
  const { db, teamId, now } = by;
  if (passage?.is === "busy") {
    // Nothing else is locked: what it waits for is.
    const lookAt = now.add(ASKED_AGAIN_AFTER);
    const why = { phase: "gate", why: passage.is, lookAt, isStale: true };
    return store.giveBack(db, teamId, given(claimed, { outcome: "failed_before_dot", ...why }));
  }
  await lockWhole(by, claimed.slot);
  const attempt = given(claimed, { outcome: "failed_before_dot", phase: "gate", why: passage?.is ?? "lost" });
  if (passage?.is === "fail" || passage?.is === "cancel" || passage?.is === "skip") {
    await store.giveBack(db, teamId, attempt);
    return drop(by, { slot: claimed.slot, judgement: passage });
  }
  await store.giveBack(db, teamId, attempt);
  if (passage?.is !== "wait") return;
  // Who lifts a rule wakes the mails that wait for it, but not one whose wait is only being written down.
  const soon = by.now.add({ minutes: 1 });
  const lookAt = Temporal.Instant.compare(passage.lookAt, soon) > 0 ? soon : passage.lookAt;
  return tellDelayed(by, await writeWaits(db, teamId, [{ ...passage, lookAt, id: claimed.slot.id }]));
}

async function noteRefused(
  by: By,
  { claimed, signedInWith = null }: Ended,
  refused: Extract<Outcome, { kind: "refused" }>,
): Promise<unknown> {
  const { db, teamId, now } = by;
  const { slot } = claimed;
  const follows = afterRefusal(refused, slot.tries);
  const attempt = given(claimed, {
    ...refused,
    outcome: refused.permanent ? "rejected_5xx" : "rejected_4xx",
    why: null,
  });
  const said = [refused.code, refused.enhanced, refused.serverSaid].filter(Boolean).join(" ");
  if (follows.is === "hardBounced" || follows.is === "spamBlocked" || follows.is === "failed") {
    const { toEmail } = claimed.claim;
    if (follows.is === "hardBounced" && toEmail)
      await barDeadAddress(by, {
        ...{ contactId: slot.contactId, address: toEmail },
        said: { source: "delivery", sourceId: slot.id },
      });
    await lockWhole(by, slot);
    await store.giveBack(db, teamId, attempt);
    return failed(by, slot, follows, said);
  }
  if (follows.is === "later") {
    const lookAt = now.add({ minutes: follows.afterMinutes });
    const holdCode = "provider_rate_limited";
    return store.giveBack(db, teamId, { ...attempt, lookAt, holdCode, isTry: true });
  }
  if (follows.is === "mailboxLost") await lose(by, slot.mailboxId, signedInWith, said);
  else await rest(by, slot.mailboxId, said);
  return store.giveBack(db, teamId, attempt);
}

type Failing = { is: "failed"; code: string } | { is: "hardBounced" } | { is: "spamBlocked" };

async function failed(by: By, slot: Claimed["slot"], follows: Failing, said: string): Promise<unknown> {
  const { db, teamId } = by;
  const code = follows.is === "failed" ? follows.code : null;
  const [row] = await store.writeFailed(db, teamId, {
    ...{ ids: [slot.id], code, said },
    isHardBounce: follows.is === "hardBounced",
    isSpamBlocked: follows.is === "spamBlocked",
  });
  if (!row) return undefined;
  const type = {
    failed: "message.failed",
    hardBounced: "message.bounced",
    spamBlocked: "message.spam_blocked",
  } as const;
  const bounce = follows.is === "hardBounced" ? { bounce_type: "hard" } : {};
  await record(by, told(type[follows.is], row, { code: code ?? follows.is, ...bounce }));
  if (!slot.enrollmentId || slot.copyOf) return undefined;
  // Whoever was to send it by hand still is, and sees why it was not sent.
  if (
    follows.is === "failed" &&
    slot.type === "outreach_manual_email" &&
    (await isAwaited(db, teamId, slot.id))
  )
    return undefined;
  const what = follows.is === "failed" ? { is: "notSent" as const, code: follows.code } : { is: follows.is };
  const { left } = await happened(by, [{ enrollmentId: slot.enrollmentId, what }]);
  return follows.is === "failed" ? goOnAnyway(by, slot, left.length > 0) : undefined;
}

/** Where the sequence says so, a mail that could not be sent is passed over. */
async function goOnAnyway(by: By, slot: Claimed["slot"], isLeft: boolean): Promise<unknown> {
  const { db, teamId, now } = by;
  if (!isLeft || !slot.enrollmentId || !slot.stepId) return undefined;
  const rows = await lockEnrollments(db, teamId, [slot.enrollmentId]);
  if (!rows.some(({ state, failsWhenNotSent }) => state === "active" && !failsWhenNotSent)) return undefined;
  await store.passOver(db, teamId, slot.id);
  return advanceLocked(by, rows, [{ enrollmentId: slot.enrollmentId, stepId: slot.stepId, at: now }]);
}

/**
 * Judged not to be sent, when it was claimed or at the gate. Judged once more first: what spoke against it may be gone by now,
 * and then it stays in its queue.
 */
export async function drop(by: By, { slot: { id, contactId, enrollmentId } }: Dropped): Promise<unknown> {
  const { db, teamId } = by;
  await holdRules(db, teamId);
  await lockWhole(by, { contactId, enrollmentId });
  const slot = await lockPlanned(db, teamId, id);
  const judgement = slot && (await judgeAlone(by, slot));
  if (!slot || !judgement || judgement.is === "send" || judgement.is === "wait") return undefined;
  if (judgement.is === "skip") return skipped(by, slot);
  if (judgement.is !== "fail") return store.cancel(db, teamId, id);
  const words: Record<string, string> = FAILURE_WORDS;
  return failed(
    by,
    slot,
    { is: "failed", code: judgement.failure },
    words[judgement.failure] ?? judgement.code,
  );
}

/** Nobody can be sent it. What a person was to send fails instead, and stays theirs. */
async function skipped(by: By, slot: Claimed["slot"]): Promise<unknown> {
  const { id, enrollmentId, stepId, copyOf, type } = slot;
  if (!enrollmentId || !stepId || copyOf || type === "outreach_manual_email")
    return failed(
      by,
      slot,
      { is: "failed", code: "email_format_invalid" },
      FAILURE_WORDS.email_format_invalid,
    );
  await passOverMails(by.db, by.teamId, [id], by.now);
  return passOverSteps(by, [{ enrollmentId, stepId, reason: "email_skipped" }]);
}

async function rest({ db, teamId, now }: By, mailboxId: string, reason: string) {
  const failures = await store.countFailure(db, teamId, { mailboxId, reason, now });
  await store.restMailbox(db, teamId, mailboxId, now.add(restAfter(failures)));
}

async function lose(by: By, mailboxId: string, signedInWith: Buffer | null, said: string) {
  const isLost = await store.disconnect(by.db, by.teamId, { mailboxId, signedInWith }, by.now);
  if (!isLost) return;
  await record(by, {
    type: "email_account.disconnected",
    subject: { type: "email_account", id: mailboxId },
    data: { reason: "auth_failed", server_said: said.slice(0, 200) },
  });
}

function given(
  { slot, claim }: Claimed,
  attempt: Partial<store.GivenBack> & Pick<store.GivenBack, "outcome">,
) {
  return {
    ...{
      phase: null,
      why: null,
      code: null,
      enhanced: null,
      serverSaid: null,
      lookAt: null,
      holdCode: null,
      isTry: false,
    },
    ...attempt,
    id: slot.id,
    attemptId: claim.attemptId,
  };
}

export function told(
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
