// The gate: the last thing before a mail's dot, one short transaction for all that stand before it at that moment.
//
// Takes the locks that the table of rules names (gate-locks.ts) and asks every rule once more. What may leave is released in the
// same transaction (releasing.ts). The time is read after the locks: a stop before it is seen here, and a stop after it has the
// later time. A mail whose attempt is no longer the one that asks is not released, however late the question comes.
//
// Caps of a whole sequence are shared by mailboxes, so gates of capped sequences queue up by a lock of their own.

import { inOrder } from "../../../db/in-order.ts";
import { type GateDecision, judgeAtGate } from "../../../domain/gate/gate.ts";
import type { GateFacts } from "../../../domain/gate/gate-facts.ts";
import { withTaken } from "../../../domain/gate/limits-taken.ts";
import { lockNameOf } from "../../../domain/sequences/touches.ts";
import { keysOf } from "../../contacts/answer-holds/commands.ts";
import type { By } from "../../events/events/store.ts";
import type { Leave } from "../../gate/clone-guard/store.ts";
import {
  type AroundThen,
  gateFactsOf,
  isReaddressed,
  type Surroundings,
  surroundingsAgain,
} from "../../gate/facts/gate-facts.ts";
import * as store from "../../gate/facts/gate-store.ts";
import { type ClaimedOutgoingMail, proofsOfFirst } from "./claiming.ts";
import { takeLocks } from "./gate-locks.ts";

/** `lost`: another engine has it by now, or none: it is no longer ours to send. */
export type GatePassage =
  | { is: "pass"; at: Temporal.Instant }
  | Exclude<GateDecision, { is: "send" }>
  | { is: "lost" }
  /** Its contact or enrollment is locked by a change that takes longer than a moment. It is asked again soon. */
  | { is: "busy" };

export type GateRequest = { ask: ClaimedOutgoingMail; passage: GatePassage; facts: GateFacts | null };

/** Null where no mail is the asker's any more. Else by the database's clock, and in the order in which limits are taken. */
export async function gate(by: By, asks: readonly ClaimedOutgoingMail[], fence: Leave, patienceMs: number) {
  const { stands, switches, surroundings } = await lockAndRead(by, asks, fence, patienceMs);
  const at = stands[0]?.at;
  if (!at) return null;
  const standOf = new Map(stands.map((row) => [row.id, row]));
  const mine = asks
    .filter(({ slot, claim }) => {
      const row = standOf.get(slot.id);
      return row?.delivery === "claimed" && row.attemptId === claim.attemptId && row.isFenceOpen;
    })
    .sort(byRank);
  if (mine.length === 0) return null;
  const proofs = await proofsOfFirst(
    by,
    mine.map(({ slot }) => slot),
  );
  const unproved = mine.filter(({ slot }) => !proofs.has(slot.id)); // the next claim settles those that are
  return { at, asked: await judgeAll({ ...by, now: at }, unproved, switches, surroundings) };
}

/**
 * Where mailboxes share a cap, its last place goes to the first by rank of the mails at the gate together, not to the
 * first that came.
 */
function byRank({ slot: one }: ClaimedOutgoingMail, { slot: other }: ClaimedOutgoingMail) {
  const [a, b] = [one.enrollmentId ?? one.id, other.enrollmentId ?? other.id];
  return one.rank - other.rank || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * In one go: the statements are on their way together, and each begins when the one before it has ended, so what is read
 * is read with all locks held. The time is read last: a mail that leaves a window while we count is counted then, and not
 * missing from the hour that ends when this one is let go.
 */
async function lockAndRead(by: By, asks: readonly ClaimedOutgoingMail[], fence: Leave, patienceMs: number) {
  const { db, teamId } = by;
  const ids = asks.map(({ slot }) => slot.id);
  const capped = asks.filter(({ facts }) => isCapped(facts)).map(({ facts }) => facts.sequence.id);
  const domains = asks.flatMap(({ facts }) => facts.domain?.name ?? []);
  const touches = asks.flatMap(({ facts }) => facts.touches.map(lockNameOf));
  const addressKeys = [...new Set(asks.flatMap(({ claim }) => keysOf(teamId, null, [claim.toEmail])))];
  const contactIds = asks.flatMap(({ slot }) => slot.contactId ?? []);
  const enrollmentIds = asks.flatMap(({ slot }) => slot.enrollmentId ?? []);
  const mailboxesOf = (wanted: boolean) => [
    ...new Set(asks.filter(({ facts }) => isLimited(facts) === wanted).map(({ slot }) => slot.mailboxId)),
  ];
  const sequenceIds = [...new Set(asks.flatMap(({ surrounded }) => surrounded.around?.sequence.id ?? []))];
  const again = asks.map(({ slot, claim, surrounded, facts }) => ({
    slot,
    surrounded,
    toEmail: claim.toEmail,
    countsElsewhere: countsElsewhere(facts),
  }));
  const standing = {
    caps: [...capped, ...domains, ...touches],
    addressKeys,
    contactIds,
    enrollmentIds,
    messageIds: ids,
    limitedIds: mailboxesOf(true),
    unlimitedIds: mailboxesOf(false),
    patienceMs,
  };
  return inOrder({
    locks: () => takeLocks(db, teamId, standing),
    switches: () => store.readSwitches(db, teamId, sequenceIds),
    surroundings: () => surroundingsAgain(by, again),
    stands: () => store.readStands(db, teamId, ids, fence),
  });
}

/** As it was claimed. A mailbox or a company that has been given a limit since was not locked for counting. */
function isLimited({ mailbox, recipient }: GateFacts) {
  if (!mailbox) return false;
  if (recipient && recipient.limits.length > 0) return true;
  const { lastDay, lastHour, newContacts, gapSeconds } = mailbox;
  return [lastDay, lastHour, newContacts].some(({ limit }) => limit !== null) || Boolean(gapSeconds);
}

/** As it was claimed, too: of a mailbox that has begun to since, what was sent elsewhere was not asked for. */
function countsElsewhere({ mailbox }: GateFacts) {
  return (mailbox?.countsSentElsewhere || mailbox?.countsFormer) ?? false;
}

/** A limit that is new, or counts them for another company by now, has not been locked either. */
function touchedAs({ touches }: GateFacts) {
  return touches.map(lockNameOf).join();
}

function isCapped({ sequence, step }: GateFacts) {
  return sequence.dailyLimit !== null || sequence.newLimit !== null || (step?.dailyLimit ?? null) !== null;
}

/** Each as those before it have left the limits. What was read of its sequence for another plan than there is now is read anew. */
async function judgeAll(
  by: By,
  asks: readonly ClaimedOutgoingMail[],
  switches: readonly store.Switches[],
  surroundings: Surroundings,
): Promise<GateRequest[]> {
  const known = await freshAround(by, asks, switches);
  const mails = new Map(surroundings.mails.map((mail) => [mail.slot.id, mail]));
  const stamps = new Map(switches.map(({ sequenceId, stamp }) => [sequenceId, stamp]));
  const asked: GateRequest[] = [];
  const taken: GateFacts[] = [];
  for (const ask of asks) {
    const read = mails.get(ask.slot.id);
    const mail = read && { ...read, around: known.get(read.row?.sequenceId ?? "") ?? null };
    const facts = mail ? gateFactsOf(mail, surroundings, ask.facts.mail, by.now) : null;
    const isLimitNew =
      facts !== null &&
      ((isLimited(facts) && !isLimited(ask.facts)) ||
        (countsElsewhere(facts) && !countsElsewhere(ask.facts)) ||
        facts.domain?.name !== ask.facts.domain?.name ||
        touchedAs(facts) !== touchedAs(ask.facts));
    const { around } = ask.surrounded;
    const isChanged = around !== null && around.stamp !== stamps.get(around.sequence.id);
    // Merged meanwhile: the contact that was locked is not the one it goes to.
    const isMoved = (mail?.row?.contactId ?? ask.slot.contactId) !== ask.slot.contactId;
    if (!mail || !facts || isChanged || isMoved || isLimitNew || isReaddressed(mail, ask.claim.toEmail)) {
      asked.push({ ask, passage: { is: "lost" }, facts: null });
      continue;
    }
    const judgement = judgeAtGate(withTaken(facts, taken), {
      isByHand: ask.slot.dueAtManuallyChanged,
      isCopy: ask.slot.copyOf !== null,
    });
    const passage: GatePassage = judgement.is === "send" ? { is: "pass", at: by.now } : judgement;
    asked.push({ ask, passage, facts });
    if (judgement.is === "send") taken.push(facts);
  }
  return asked;
}

/** Whether sequence and step are on is asked anew; their texts and hours are as when they were claimed, a moment ago, or it shows. */
async function freshAround(by: By, asks: readonly ClaimedOutgoingMail[], rows: readonly store.Switches[]) {
  const known = new Map<string, AroundThen>();
  for (const { surrounded } of asks) {
    const { around, row } = surrounded;
    if (around && row) known.set(row.sequenceId, around);
  }
  for (const [id, around] of known) {
    const own = rows.filter(({ sequenceId }) => sequenceId === id);
    const [first] = own;
    if (!first) continue;
    const isOn = new Set(own.filter((row) => row.isOn).map(({ stepId }) => stepId));
    const counts =
      around.facts.dailyLimit !== null || around.steps.some((step) => step.maxEmailsPerDay !== null);
    const sent = counts ? await store.sentToday(by, around) : null;
    const newcomers = around.facts.newLimit === null ? null : await store.newToday(by, around);
    known.set(id, {
      ...around,
      steps: around.steps
        .filter(({ id: stepId }) => own.some((row) => row.stepId === stepId))
        .map((step) => ({ ...step, isOn: isOn.has(step.id) })),
      sentOfStep: sent ? new Map([...around.sentOfStep, ...sent.ofStep]) : around.sentOfStep,
      facts: {
        ...around.facts,
        isActive: first.isActive,
        archivedAt: first.archivedAt,
        ownerLeftAt: first.ownerLeftAt,
        sentToday: sent?.ofSequence ?? around.facts.sentToday,
        newToday: newcomers ?? around.facts.newToday,
      },
    });
  }
  return known;
}
