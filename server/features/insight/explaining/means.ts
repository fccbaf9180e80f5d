// With what the caller could fix a hold: stages that are mailed, another mailbox, a mail that waits for its approval.
// Also whether a stopped enrollment could go on. Gathered only where something holds an enrollment.

import { DAY, fullWindow, HOUR } from "../../../domain/basics/limits.ts";
import { maySendFrom } from "../../../domain/contacts/senders.ts";
import { isVerified } from "../../../domain/enrollments/eligibility.ts";
import { isStillSo } from "../../../domain/enrollments/failures.ts";
import { type GateCode, holdsOn } from "../../../domain/gate/gate.ts";
import type { GateFacts, MailboxFacts } from "../../../domain/gate/gate-facts.ts";
import { changedJob } from "../../../domain/gate/gate-standing.ts";
import { mayEdit, mayManage } from "../../../domain/identity/sharing.ts";
import type { Means } from "../../../domain/insight/means.ts";
import { notToRestart } from "../../enrollments/managing/restarting.ts";
import { type Around, mailboxFacts, type ReadContext } from "../../gate/facts/around.ts";
import * as store from "../../gate/facts/facts-store.ts";
import * as sendingStore from "../../gate/facts/sending-store.ts";
import type { EnrollmentWithContext } from "../../gate/facts/standings.ts";
import { sequenceViewerOf } from "../../sequences/sequences/finding.ts";

export async function meansOf(
  asking: ReadContext,
  { row, around, standing }: EnrollmentWithContext,
): Promise<Means> {
  const { facts } = standing;
  const canResume = mayGoOn(facts);
  return {
    ...(await meansIn(asking, around, facts.mailbox)),
    contactId: row.contactId,
    otherEmail: row.otherEmail,
    canResume,
    canRetry: canResume && mayRetry(facts),
    canRestart:
      canResume &&
      facts.sequence.hasSteps &&
      (await notToRestart(asking, [{ ...row, areUsersThere: true }])).size === 0,
    hasLostStep: facts.step === null,
  };
}

/** About everybody in the sequence. */
export async function meansIn(
  asking: ReadContext,
  around: Around,
  mailbox: MailboxFacts | null,
): Promise<Means> {
  const { db, caller } = asking;
  const { sequence } = around;
  const [viewer, stages, others] = await Promise.all([
    sequenceViewerOf(asking),
    store.freeStages(db, caller.teamId, {
      contact: sequence.excludedContactStageIds,
      account: sequence.excludedAccountStageIds,
    }),
    sendersBeside(asking, mailbox?.id ?? null),
  ]);
  const domains = sequence.allowedSendFromDomains.map((domain) =>
    domain.trim().toLowerCase().replace(/^@/, ""),
  );
  const isAllowed = ({ email }: { email: string }) =>
    domains.length === 0 || domains.includes(email.slice(email.lastIndexOf("@") + 1).toLowerCase());
  return {
    ...(await nobodysMeans(asking)),
    mayEdit: mayEdit(sequence, viewer),
    mayManage: mayManage(sequence, viewer),
    sequenceId: sequence.id,
    canResume: !around.facts.ownerLeftAt && !sequence.archivedAt,
    canRetry: !around.facts.ownerLeftAt && !sequence.archivedAt,
    canRestart: !around.facts.ownerLeftAt && !sequence.archivedAt && around.facts.hasSteps,
    freeStage: stages.contact,
    freeAccountStage: stages.account,
    otherMailbox: others.find(isAllowed) ?? null,
    ownsSequence: sequence.ownerId === caller.userId,
    ownsMailbox: mailbox !== null && (await owns(asking, mailbox.id)),
    toApprove: approvable(around),
  };
}

/** Of a contact or a mailbox by itself, outside any sequence. */
export async function nobodysMeans(
  { caller }: ReadContext,
  mailbox?: sendingStore.SendingRow,
): Promise<Means> {
  const isAdmin = caller.role === "admin";
  return {
    callerId: caller.userId,
    isAdmin,
    isOperator: caller.isOperator,
    mayEdit: false,
    mayManage: false,
    sequenceId: null,
    contactId: null,
    canResume: false,
    canRetry: false,
    canRestart: false,
    hasLostStep: false,
    freeStage: null,
    freeAccountStage: null,
    otherEmail: null,
    otherMailbox: null,
    ownsSequence: false,
    ownsMailbox: mailbox !== undefined && (isAdmin || mailbox.userId === caller.userId),
    toApprove: new Map(),
    unclearMailId: null,
  };
}

/** As resuming and starting over ask, whatever the step is. */
function mayGoOn({ person, sequence, mailbox }: GateFacts) {
  const isBarred =
    person.isUnsubscribed || person.isDoNotContact || person.hasBounced || person.suppression !== null;
  return !isBarred && !sequence.archivedAt && !sequence.ownerLeftAt && !mailbox?.userLeftAt;
}

const STOPS: readonly GateCode[] = ["step_removed", "no_active_email_account"];

/** A retry that would only fail again is not offered, nor one that would be refused. */
function mayRetry(facts: GateFacts) {
  const { person, membership, step, mailbox } = facts;
  const conditions = {
    isUnsubscribed: person.isUnsubscribed,
    isDoNotContact: person.isDoNotContact,
    hasBounced: person.hasBounced,
    isSuppressed: person.suppression !== null,
    hasEmail: person.email !== null,
    hasVerifiedEmail: isVerified(person.emailStatus),
    mayBeUnverified: person.mayBeUnverified,
    mayLackAddress: person.mayLackAddress,
    hasChangedJobs: changedJob(facts) !== null,
    isInExcludedStage: person.excludedStage !== null,
    isAccountInExcludedStage: person.excludedAccountStage !== null,
    areUsersThere: true,
    isMailboxConnected: mailbox?.isConnected ?? false,
  };
  const holds = holdsOn(facts).some(({ outcome, code }) => outcome === "fail" || STOPS.includes(code));
  return step !== null && !holds && !isStillSo(membership.failureReason, conditions);
}

/** Connected, usable by the caller, and with something left to send. */
async function sendersBeside({ db, caller, now }: ReadContext, mailboxId: string | null) {
  const actor = { userId: caller.userId, isAdmin: caller.role === "admin" };
  const except = mailboxId === null ? [] : [mailboxId];
  const rows = await sendingStore.otherSenders(db, caller.teamId, { except, userId: caller.userId }, now);
  return rows.filter((row) => {
    const { lastDay, lastHour } = mailboxFacts(row);
    const isFull = fullWindow(lastDay, DAY) !== null || fullWindow(lastHour, HOUR) !== null;
    return !isFull && maySendFrom({ ...row, aliases: [], isConnected: true }, actor);
  });
}

async function owns({ db, caller, now }: ReadContext, mailboxId: string) {
  if (caller.role === "admin") return true;
  const [row] = await sendingStore.readSending(db, caller.teamId, [mailboxId], now);
  return row?.userId === caller.userId;
}

/** The first mail of each step that is written and has not been approved. */
function approvable({ touches, written }: Around) {
  const first = new Map<string, string>();
  for (const { id, stepId, status, weight } of touches)
    if (status === "to_be_reviewed" && weight > 0 && written.has(id) && !first.has(stepId))
      first.set(stepId, id);
  return first;
}
