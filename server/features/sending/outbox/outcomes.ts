// Records what became of mails that were not sent. In doubt: everything waits for proof. Refused: what the refusal means for the
// contact, the mail or the mailbox. Not begun: it is tried again. A mail that was sent is recorded by recording.ts.
//
// Each of the outcomes is safe to repeat.

import { FAILURE_WORDS } from "../../../domain/enrollments/failure-words.ts";
import { afterRefusal, restAfter } from "../../../domain/sending/send-retry.ts";
import type { SendOutcome } from "../../../mail/outcome.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import { advanceLocked } from "../../enrollments/advancing/commands.ts";
import { happened } from "../../enrollments/enrollments/enrollment-events.ts";
import { lockEnrollments } from "../../enrollments/enrollments/locking-store.ts";
import { passOverSteps } from "../../enrollments/step-tasks/passing.ts";
import { isAwaited, passOverMails } from "../../enrollments/step-tasks/store.ts";
import { type By, record } from "../../events/events/store.ts";
import { lockPlanned, writeWaits } from "../../gate/outbox-rows/store.ts";
import { expireToken } from "../../mailboxes/mailboxes/renewal-store.ts";
import { barDeadAddress } from "../bouncing/commands.ts";
import { type ClaimedOutgoingMail, type Dropped, judgeAlone, tellDelayed } from "./claiming.ts";
import type { GatePassage } from "./gate.ts";
import { holdRules } from "./gate-locks.ts";
import * as store from "./outcomes-store.ts";
import { type Ended, sentEvent } from "./recording.ts";

export type Unsent = Ended & { outcome: Exclude<SendOutcome, { kind: "accepted" }> };

/** Everything that did not end well, one by one: it is rare, and each has consequences of its own. */
export async function recordUnsent(by: By, ended: Unsent): Promise<unknown> {
  const { claimed, outcome, passage } = ended;
  switch (outcome.kind) {
    case "ambiguous":
      return noteUnclear(by, claimed, outcome.why);
    case "held_back":
      return noteHeldBack(by, claimed, passage);
    case "not_started":
      await rest(by, claimed.slot.mailboxId, outcome.detail ?? outcome.why, outcome.waitMs);
      return store.giveBack(by.db, by.teamId, given(claimed, { ...outcome, outcome: "failed_before_dot" }));
    case "refused":
      return noteRefused(by, ended, outcome);
  }
}

/** In the usual lock order, before anything is written. */
async function lockWhole(
  { db, teamId }: By,
  { contactId, enrollmentId }: Pick<ClaimedOutgoingMail["slot"], "contactId" | "enrollmentId">,
) {
  if (contactId) await holdContacts(db, teamId, [contactId]);
  if (enrollmentId) await lockEnrollments(db, teamId, [enrollmentId]);
}

async function noteUnclear(by: By, claimed: ClaimedOutgoingMail, why: string) {
  const rows = await store.writeUnclear(by.db, by.teamId, [claimed.claim.attemptId], why);
  await record(by, ...rows.map((row) => sentEvent("message.unconfirmed", row)));
}

const ASKED_AGAIN_AFTER = { seconds: 1 };

async function noteHeldBack(
  by: By,
  claimed: ClaimedOutgoingMail,
  passage: GatePassage | null,
): Promise<unknown> {
  const { db, teamId, now } = by;
  if (passage?.is === "busy") {
    // Nothing else is locked: what it waits for is.
    const nextCheckAt = now.add(ASKED_AGAIN_AFTER);
    const why = { phase: "gate", why: passage.is, nextCheckAt, isStale: true };
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
  const nextCheckAt = Temporal.Instant.compare(passage.nextCheckAt, soon) > 0 ? soon : passage.nextCheckAt;
  return tellDelayed(by, await writeWaits(db, teamId, [{ ...passage, nextCheckAt, id: claimed.slot.id }]));
}

async function noteRefused(
  by: By,
  { claimed, signedInWith = null }: Ended,
  refused: Extract<SendOutcome, { kind: "refused" }>,
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
        contactId: slot.contactId,
        address: toEmail,
        said: { source: "delivery", sourceId: slot.id },
      });
    await lockWhole(by, slot);
    await store.giveBack(db, teamId, attempt);
    return failed(by, slot, follows, said);
  }
  if (follows.is === "later") {
    const nextCheckAt = now.add({ minutes: follows.afterMinutes });
    const holdCode = "provider_rate_limited";
    return store.giveBack(db, teamId, { ...attempt, nextCheckAt, holdCode, isTry: true });
  }
  const isLost =
    follows.is === "mailboxLost" && !(await isRenewed(by, slot.mailboxId, refused, signedInWith));
  if (isLost) await lose(by, slot.mailboxId, signedInWith, said);
  else await rest(by, slot.mailboxId, said, refused.waitMs);
  return store.giveBack(db, teamId, attempt);
}

type Failing = { is: "failed"; code: string } | { is: "hardBounced" } | { is: "spamBlocked" };

async function failed(
  by: By,
  slot: ClaimedOutgoingMail["slot"],
  follows: Failing,
  said: string,
): Promise<unknown> {
  const { db, teamId } = by;
  const code = follows.is === "failed" ? follows.code : null;
  const [row] = await store.writeFailed(db, teamId, {
    ids: [slot.id],
    code,
    said,
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
  await record(by, sentEvent(type[follows.is], row, { code: code ?? follows.is, ...bounce }));
  if (!slot.enrollmentId || slot.copyOf) return undefined;
  // A mail sent by hand stays with its user, who sees why it was not sent.
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
async function goOnAnyway(by: By, slot: ClaimedOutgoingMail["slot"], isLeft: boolean): Promise<unknown> {
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

/** There is no contact to send it to. What a user was to send fails instead, and stays theirs. */
async function skipped(by: By, slot: ClaimedOutgoingMail["slot"]): Promise<unknown> {
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

/** Where the token alone was refused, the next email goes out with another one, if the provider gives any. */
function isRenewed(
  { db, teamId, now }: By,
  mailboxId: string,
  { hasOldToken = false }: Extract<SendOutcome, { kind: "refused" }>,
  signedInWith: Buffer | null,
) {
  return hasOldToken && expireToken(db, teamId, mailboxId, { signedInWith, now });
}

/** As long as its server asks for, and longer each time. */
async function rest({ db, teamId, now }: By, mailboxId: string, reason: string, waitMs?: number | null) {
  const failures = await store.countFailure(db, teamId, { mailboxId, reason, now });
  const [usual, asked] = [now.add(restAfter(failures)), now.add({ milliseconds: waitMs ?? 0 })];
  const until = Temporal.Instant.compare(usual, asked) > 0 ? usual : asked;
  await store.restMailbox(db, teamId, mailboxId, until);
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
  { slot, claim }: ClaimedOutgoingMail,
  attempt: Partial<store.GivenBack> & Pick<store.GivenBack, "outcome">,
) {
  return {
    phase: null,
    why: null,
    code: null,
    enhanced: null,
    serverSaid: null,
    nextCheckAt: null,
    holdCode: null,
    isTry: false,
    ...attempt,
    id: slot.id,
    attemptId: claim.attemptId,
  };
}
