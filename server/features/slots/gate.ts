// The gate: the last thing before a mail's dot, one short transaction for all that stand before it at that moment.
//
// Takes the locks that the table of rules names (gate-locks.ts), asks every rule once more,
// takes their place in the limits and writes when they were let go. The time is read after the locks: whatever is told
// to stop before it is seen here, and whatever is told after it has the later time. A mail whose attempt is no longer
// the one that asks is not let go, however late the asking comes.
//
// Caps of a whole sequence are shared by mailboxes, so gates of capped sequences queue up by a lock of their own.

import type { GateFacts } from "../../domain/gate-facts.ts";
import { DAY, HOUR, withMore } from "../../domain/limits.ts";
import { placeFor, type TeamSchedule, windowAt } from "../../domain/schedule.ts";
import { afterTouches, lockNameOf } from "../../domain/touches.ts";
import { crashPoint } from "../../seams.ts";
import { keysOf } from "../answer-holds/keys.ts";
import type { By } from "../events/store.ts";
import type { Leave } from "../fence/store.ts";
import { type Claimed, proofsOfFirst } from "./claiming.ts";
import { takeLocks } from "./gate-locks.ts";
import * as store from "./gate-store.ts";
import { type Judgement, judge } from "./judging.ts";
import { placeInOrder } from "./place-in-order.ts";
import {
  type AroundThen,
  factsOf,
  isReaddressed,
  type Surroundings,
  surroundingsAgain,
} from "./surroundings.ts";

/** `lost`: somebody else has it by now, or nobody: it is no longer ours to send. */
export type Passage =
  | { is: "pass"; at: Temporal.Instant }
  | Exclude<Judgement, { is: "send" }>
  | { is: "lost" }
  /** Its contact or enrollment is locked by a change that takes longer than a moment. It is asked again soon. */
  | { is: "busy" };

/** `patienceMs`: how long to wait for contacts and enrollments; the transaction then fails (`isLockTimeout`). 0: for as long as it takes. */
export async function passGate(
  by: By,
  asks: readonly Claimed[],
  fence: Leave,
  patienceMs = 0,
): Promise<Map<string, Passage>> {
  const passages = new Map<string, Passage>(asks.map(({ slot }) => [slot.id, { is: "lost" }]));
  const { stands, switches, surroundings } = await lockAndRead(by, asks, fence, patienceMs);
  const at = stands[0]?.at;
  if (!at) return passages;
  const standOf = new Map(stands.map((row) => [row.id, row]));
  const mine = asks
    .filter(({ slot, claim }) => {
      const row = standOf.get(slot.id);
      return row?.delivery === "claimed" && row.attemptId === claim.attemptId && row.isFenceOpen;
    })
    .sort(byRank);
  if (mine.length === 0) return passages;
  const proofs = await proofsOfFirst(
    by,
    mine.map(({ slot }) => slot),
  );
  const unproved = mine.filter(({ slot }) => !proofs.has(slot.id)); // the next claim settles those that are
  const judged = await judgeAll({ ...by, now: at }, unproved, switches, surroundings);
  const passing = unproved.flatMap((ask) => {
    const { passage, facts } = judged.get(ask.slot.id) ?? LOST;
    passages.set(ask.slot.id, passage);
    return passage.is === "pass" && facts ? [{ ...ask.claim, ...inForce(ask, facts, at) }] : [];
  });
  await store.letGo(by.db, by.teamId, passing, at);
  await crashPoint("gate-before-commit");
  return passages;
}

/** Where mailboxes share a cap, its last place goes to the first of those who stand here together, whoever came first. */
function byRank({ slot: one }: Claimed, { slot: other }: Claimed) {
  const [a, b] = [one.enrollmentId ?? one.id, other.enrollmentId ?? other.id];
  return one.rank - other.rank || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * In one go: the statements are on their way together, and each begins when the one before it has ended, so what is read
 * is read with all locks held. The time is read last: a mail that leaves a window while we count is counted then, and not
 * missing from the hour that ends when this one is let go.
 */
async function lockAndRead(by: By, asks: readonly Claimed[], fence: Leave, patienceMs: number) {
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
    ...{ slot, surrounded, toEmail: claim.toEmail },
    countsElsewhere: countsElsewhere(facts),
  }));
  const locks = takeLocks(db, teamId, {
    caps: [...capped, ...domains, ...touches],
    ...{ addressKeys, contactIds, enrollmentIds, messageIds: ids },
    ...{ limitedIds: mailboxesOf(true), unlimitedIds: mailboxesOf(false), patienceMs },
  });
  const [switches, surroundings, stands] = await Promise.all([
    store.readSwitches(db, teamId, sequenceIds),
    surroundingsAgain(by, again),
    store.readStands(db, teamId, ids, fence),
    ...locks,
  ]);
  return { stands, switches, surroundings };
}

/** As it was claimed. A mailbox or a company that has been given a limit since was not locked for counting. */
function isLimited({ mailbox }: GateFacts) {
  if (!mailbox) return false;
  return mailbox.lastDay.limit !== null || mailbox.lastHour.limit !== null || Boolean(mailbox.gapSeconds);
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
  return sequence.dailyLimit !== null || (step?.dailyLimit ?? null) !== null;
}

type Judged = { passage: Passage; facts: GateFacts | null };
const LOST: Judged = { passage: { is: "lost" }, facts: null };

/** Each as those before it have left the limits. What was read of its sequence for another plan than there is now is read anew. */
async function judgeAll(
  by: By,
  asks: readonly Claimed[],
  switches: readonly store.Switches[],
  surroundings: Surroundings,
) {
  const known = await freshAround(by, asks, switches);
  const mails = new Map(surroundings.mails.map((mail) => [mail.slot.id, mail]));
  const stamps = new Map(switches.map(({ sequenceId, stamp }) => [sequenceId, stamp]));
  const judged = new Map<string, Judged>();
  const taken: GateFacts[] = [];
  for (const ask of asks) {
    const read = mails.get(ask.slot.id);
    const mail = read && { ...read, around: known.get(read.row?.sequenceId ?? "") ?? null };
    const facts = mail ? factsOf(mail, surroundings, ask.facts.mail, by.now) : null;
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
      judged.set(ask.slot.id, LOST);
      continue;
    }
    const judgement = judge(withTaken(facts, taken), {
      ...{ isByHand: ask.slot.dueAtManuallyChanged, isCopy: ask.slot.copyOf !== null },
    });
    const passage: Passage = judgement.is === "send" ? { is: "pass", at: by.now } : judgement;
    judged.set(ask.slot.id, { passage, facts });
    if (judgement.is === "send") taken.push(facts);
  }
  return judged;
}

/** Whether sequence and step are on is asked anew; their texts and hours are as when they were claimed, a moment ago, or it shows. */
async function freshAround(by: By, asks: readonly Claimed[], rows: readonly store.Switches[]) {
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
    known.set(id, {
      ...around,
      steps: around.steps
        .filter(({ id: stepId }) => own.some((row) => row.stepId === stepId))
        .map((step) => ({ ...step, isOn: isOn.has(step.id) })),
      sentOfStep: sent?.ofStep ?? around.sentOfStep,
      facts: {
        ...around.facts,
        ...{ isActive: first.isActive, archivedAt: first.archivedAt, ownerLeftAt: first.ownerLeftAt },
        sentToday: sent?.ofSequence ?? around.facts.sentToday,
      },
    });
  }
  return known;
}

function withTaken(facts: GateFacts, taken: readonly GateFacts[]): GateFacts {
  if (taken.length === 0) return facts;
  const { mailbox, sequence, step, now } = facts;
  const ofMailbox = taken.filter((one) => one.mailbox?.id === mailbox?.id).length;
  const ofSequence = taken.filter((one) => one.sequence.id === sequence.id).length;
  const ofStep = taken.filter((one) => one.step?.id === step?.id).length;
  const ofDomain = taken.filter((one) => one.domain?.name === facts.domain?.name).length;
  return {
    ...facts,
    domain: facts.domain && {
      ...facts.domain,
      lastDay: withMore(facts.domain.lastDay, ofDomain, DAY, now),
    },
    touches: afterTouches(
      facts.touches,
      taken.map((one) => one.touches),
      now,
    ),
    sequence: { ...sequence, sentToday: sequence.sentToday + ofSequence },
    step: step && { ...step, sentToday: step.sentToday + ofStep },
    mailbox: mailbox && {
      ...mailbox,
      lastDay: withMore(mailbox.lastDay, ofMailbox, DAY, now),
      lastHour: withMore(mailbox.lastHour, ofMailbox, HOUR, now),
      lastSentAt: ofMailbox > 0 ? now : mailbox.lastSentAt,
    },
  };
}

/** For whoever checks: the hours it went out in, and its place in the list of steps. How long the wait was at least is told there. */
function inForce(
  { slot, surrounded }: Claimed,
  facts: GateFacts,
  at: Temporal.Instant,
): Omit<store.LetGo, "id" | "attemptId"> {
  const { schedule } = facts.sequence;
  const { zone, ...hours } = placeFor(schedule, facts.person);
  const window = slot.dueAtManuallyChanged ? null : windowAt(hours.schedule, zone, at);
  const bounds = window ?? { startsAt: 0, endsAt: 1440 };
  return {
    scheduleTz: zone,
    windowStart: clock(bounds.startsAt),
    windowEnd: clock(bounds.endsAt),
    windowDows: window && schedule ? weekdaysOf(schedule) : [1, 2, 3, 4, 5, 6, 7],
    wasDueAt: slot.enrollmentId && !slot.dueAtManuallyChanged ? facts.membership.dueAt : null,
    ...placeInOrder(surrounded.around?.steps ?? [], slot.stepId),
  };
}

function weekdaysOf({ windows }: TeamSchedule) {
  return [...new Set(windows.map(({ weekday }) => weekday))].sort();
}

function clock(minutes: number) {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
