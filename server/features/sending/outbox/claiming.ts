// Claims: the first mails of each queue are taken, as many as the limits of the mailbox leave room for. Once they are composed
// (composing.ts), each is judged by the gate's rules, and what will be sent is written down. No connection is open yet.
// Mailboxes of a team claim together: what surrounds their mails is read once.

import { DAY, fullWindow, HOUR, tooSoon } from "../../../domain/basics/limits.ts";
import { providerToKeep } from "../../../domain/contacts/mail-servers/recipient-providers.ts";
import { linkBase } from "../../../domain/contacts/tracking-domains.ts";
import { type GateDecision, judgeAtGate } from "../../../domain/gate/gate.ts";
import type { GateFacts, MailboxFacts } from "../../../domain/gate/gate-facts.ts";
import { unreadInbox } from "../../../domain/gate/gate-times.ts";
import { newId, randomHex } from "../../../kernel/ids.ts";
import { reachedBy } from "../../contacts/suppressions/barring.ts";
import { type By, record } from "../../events/events/store.ts";
import { timeOf } from "../../gate/engines/store.ts";
import { mailboxFacts } from "../../gate/facts/around.ts";
import { gateFactsOf, type Surrounded, touchedOf } from "../../gate/facts/gate-facts.ts";
import { readLimits } from "../../gate/facts/sending-store.ts";
import * as store from "../../gate/outbox-rows/store.ts";
import { findSenders, type MailboxForSending } from "../../mailboxes/mailboxes/store.ts";
import { insertLinks } from "../tracked/store.ts";
import { type ComposedMails, compose, dressed, type Senders, type WrittenContent } from "./composing.ts";
import { proofsAmong } from "./reconciliation-store.ts";

export type ClaimedOutgoingMail = {
  slot: store.Slot;
  claim: store.ClaimedOutboxMail;
  surrounded: Surrounded;
  facts: GateFacts;
  sender: MailboxForSending;
};

/** Not to be sent after all; the caller settles it, in a transaction of its own. */
export type Dropped = {
  slot: store.Slot;
  judgement: Extract<GateDecision, { is: "fail" | "cancel" | "skip" }> | { is: "gone" };
};

/** Its first copy arrived, and a reply or bounce proves so. The caller settles it, like the dropped ones. */
type Proved = { id: string; kind: string };

export type Claims = {
  claimed: ClaimedOutgoingMail[];
  dropped: Dropped[];
  proved: Proved[];
  /** How many were taken and wait for something of their own: those behind them may go. */
  putOff: number;
  /** Nothing more is to be taken from this mailbox before. */
  restUntil: Temporal.Instant | null;
  /** No limit is near: more may be claimed before these have gone. */
  hasRoom: boolean;
};

const AT_ONCE = 24;
/** Of all mailboxes of one claim together: the first of them leave soon, whatever the number of mailboxes. */
const ALL_AT_ONCE = 96;

export type ClaimWish = { mailboxIds: readonly string[]; engineId: string; publicUrl: string };

/** What was taken from the queues: it is locked. */
type Taken = { by: By; senders: Senders; slots: store.Slot[]; claims: Map<string, Claims> };

/** The first mails of the queues of these mailboxes, as many of each as its limits leave room for. */
export async function claim(asked: By, mailboxIds: readonly string[]): Promise<Taken> {
  const { db, teamId } = asked;
  const [now, sending, found] = await Promise.all([
    timeOf(db),
    readLimits(db, teamId, mailboxIds),
    findSenders(db, teamId, mailboxIds),
  ]);
  const by = { ...asked, now };
  // In one order, by which two engines that note the limits of the same mailboxes do not wait for each other.
  const rows = sending.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const facts = new Map(rows.map((row) => [row.id, mailboxFacts(row)]));
  const senders = { all: new Map(found.map((one) => [one.id, one])), sending };
  const most = Math.min(AT_ONCE, Math.ceil(ALL_AT_ONCE / mailboxIds.length));
  const claims = new Map(mailboxIds.map((id) => [id, nothingOf(now.add({ minutes: 1 }))]));
  const wanted: { mailboxId: string; most: number }[] = [];
  for (const [mailboxId, mailbox] of facts) {
    if (!senders.all.has(mailboxId)) continue;
    const room = roomIn(mailbox, now);
    if (room.count === 0 && room.isLimit) await tellLimited(by, mailboxId, room.freeAt);
    claims.set(mailboxId, nothingOf(room.count === 0 ? room.freeAt : null));
    if (room.count > 0) wanted.push({ mailboxId, most: Math.min(most, room.count) });
  }
  const queued = wanted.length === 0 ? [] : await store.lockQueues(db, teamId, wanted);
  const proofs = await proofsOfFirst(by, queued);
  for (const [mailboxId, own] of Map.groupBy(queued, (slot) => slot.mailboxId)) {
    const mailbox = facts.get(mailboxId);
    const proved = own.flatMap(({ id }) => {
      const kind = proofs.get(id);
      return kind === undefined ? [] : [{ id, kind }];
    });
    const isFull = own.length === most && Boolean(mailbox?.isConnected);
    const hasRoom = isFull && proved.length < own.length && mailbox !== undefined && !isLimited(mailbox);
    claims.set(mailboxId, { ...nothingOf(null), proved, hasRoom });
  }
  const slots = queued
    .filter(({ id }) => !proofs.has(id))
    .map((slot) => ({ ...slot, token: slot.token ?? newToken() }));
  return { by, senders, slots, claims };
}

function nothingOf(restUntil: Temporal.Instant | null): Claims {
  return { claimed: [], dropped: [], proved: [], putOff: 0, restUntil, hasRoom: false };
}

/** What became of some of the mails that were taken. */
export type Kept = { claimed: ClaimedOutgoingMail[]; dropped: Dropped[]; putOff: store.Slot[] };

/** Judged as composed. What will be sent is written down; what will not waits, or is dropped. */
export async function keepClaims(
  by: By,
  composed: ComposedMails,
  { all: senders }: Senders,
  { engineId, publicUrl }: Omit<ClaimWish, "mailboxIds">,
): Promise<Kept> {
  const { db, teamId } = by;
  const kept: Kept = { claimed: [], dropped: [], putOff: [] };
  const waits: store.MailWait[] = [];
  for (const { surrounded, mail, facts, judgement } of judgeComposed(by, composed)) {
    const { slot } = surrounded;
    const sender = senders.get(slot.mailboxId);
    if (!facts || !judgement || !sender) kept.dropped.push({ slot, judgement: { is: "gone" } });
    else if (judgement.is === "wait") {
      const { code, evidence, nextCheckAt } = judgement;
      waits.push({ id: slot.id, code, evidence, nextCheckAt });
      kept.putOff.push(slot);
    } else if (judgement.is !== "send") kept.dropped.push({ slot, judgement });
    else {
      const claim = claimFor(by, surrounded, mail, composed);
      kept.claimed.push({ slot, claim, surrounded, facts, sender });
    }
  }
  const { claimed } = kept;
  if (waits.length > 0) await tellDelayed(by, await store.writeWaits(db, teamId, waits));
  const claims = claimed.map(({ claim }) => claim);
  if (claims.length > 0) await store.writeClaims(db, teamId, engineId, claims);
  const links = claimed.flatMap(({ claim, sender }) =>
    linksIn(claim, linkBase(publicUrl, sender.trackingDomain)),
  );
  if (links.length > 0) await insertLinks(db, teamId, links);
  return kept;
}

/** To the mailbox of each. */
export function sortOut({ claimed, dropped, putOff }: Kept, claims: ReadonlyMap<string, Claims>) {
  for (const one of claimed) claims.get(one.slot.mailboxId)?.claimed.push(one);
  for (const one of dropped) claims.get(one.slot.mailboxId)?.dropped.push(one);
  for (const [mailboxId, slots] of Map.groupBy(putOff, (slot) => slot.mailboxId)) {
    const own = claims.get(mailboxId);
    if (own) own.putOff += slots.length;
  }
}

/** Of mails that were in doubt and are to be sent once more: what has come back of the first copy meanwhile. */
export async function proofsOfFirst(
  { db, teamId }: By,
  slots: readonly Pick<store.Slot, "id" | "isAgain">[],
) {
  const again = slots.filter(({ isAgain }) => isAgain).map(({ id }) => id);
  return again.length === 0 ? new Map<string, string>() : proofsAmong(db, teamId, again);
}

/** Null where the contact is gone: then there is nothing to judge. */
function judgeComposed({ now }: By, { mails, surroundings }: ComposedMails) {
  return mails.map(({ written: mail, ...surrounded }) => {
    const facts = gateFactsOf(surrounded, surroundings, mail?.facts ?? null, now);
    const { dueAtManuallyChanged: isByHand, copyOf } = surrounded.slot;
    const how = { isByHand, isCopy: copyOf !== null };
    return { surrounded, mail, facts, judgement: facts && judgeAtGate(facts, how) };
  });
}

/** As it would be judged if it were claimed now. */
export async function judgeAlone(by: By, slot: store.Slot): Promise<GateDecision | { is: "gone" } | null> {
  const { db, teamId } = by;
  const [sender] = await findSenders(db, teamId, [slot.mailboxId]);
  if (!sender) return null;
  const then = { ...by, now: await timeOf(db) };
  const senders = { all: new Map([[sender.id, sender]]), sending: null };
  const [judged] = judgeComposed(then, await compose(then, [slot], senders, () => ""));
  return judged?.judgement ?? { is: "gone" };
}

/** How many may leave now. Where none may, when the next one can. */
function isLimited({ lastDay, lastHour, newContacts, gapSeconds }: MailboxFacts) {
  return [lastDay, lastHour, newContacts].some(({ limit }) => limit !== null) || Boolean(gapSeconds);
}

type Room = { count: number; freeAt: Temporal.Instant; isLimit?: boolean };

export function roomIn(mailbox: MailboxFacts, now: Temporal.Instant): Room {
  const soon = now.add({ seconds: 30 }); // people change limits
  if (!mailbox.isConnected) return { count: AT_ONCE, freeAt: soon }; // each is told to wait, or given up
  if (unreadInbox({ mailbox, now })) return { count: 0, freeAt: soon };
  const rests = mailbox.backoffUntil;
  if (rests && Temporal.Instant.compare(rests, now) > 0) return { count: 0, freeAt: rests };
  const windows = [fullWindow(mailbox.lastDay, DAY), fullWindow(mailbox.lastHour, HOUR)];
  const isLimit = windows.some((full) => full?.freeAt && Temporal.Instant.compare(full.freeAt, now) > 0);
  const blocks = [...windows, tooSoon(mailbox.gapSeconds, mailbox.lastSentAt, now)].flatMap((full) =>
    full ? [full.freeAt ?? soon] : [],
  );
  if (blocks.length > 0) {
    const freeAt = blocks.reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b));
    return { count: 0, freeAt: Temporal.Instant.compare(freeAt, now) > 0 ? freeAt : now, isLimit };
  }
  const left = [mailbox.lastDay, mailbox.lastHour].map(({ limit, sent }) =>
    limit === null ? AT_ONCE : limit - sent,
  );
  return { count: Math.min(mailbox.gapSeconds ? 1 : AT_ONCE, ...left), freeAt: now };
}

function linksIn(claim: store.ClaimedOutboxMail, base: string) {
  return claim.clickTracking ? [{ messageId: claim.id, links: dressed(claim, base, null).links }] : [];
}

function claimFor(
  by: By,
  surrounded: Surrounded,
  mail: WrittenContent | null,
  { surroundings }: Pick<ComposedMails, "surroundings">,
): store.ClaimedOutboxMail {
  const { slot } = surrounded;
  const { now } = by;
  const content = mail?.content ?? slot;
  const { companyKey } = touchedOf(surrounded);
  return {
    ...content,
    // In doubt before, it keeps its words, for the contact may have read them, and is dated anew all the same.
    composedAt: slot.isAgain ? now : (content.composedAt ?? now),
    ...reachedBy(by, { email: content.toEmail, companyKey }),
    recipientProvider: providerToKeep(content.toEmail, surroundings.recipients.providerOf(content.toEmail)),
    id: slot.id,
    attemptId: newId(),
    internetMessageId: slot.internetMessageId ?? messageIdFor(content.fromEmail ?? ""),
    token: slot.token,
    openTracking: mail?.openTracking ?? slot.openTracking,
    clickTracking: mail?.clickTracking ?? slot.clickTracking,
  };
}

/** In lower case: it may stand in an address. */
export function newToken() {
  return randomHex(24);
}

export function messageIdFor(fromEmail: string) {
  const domain =
    fromEmail.slice(fromEmail.lastIndexOf("@") + 1).replace(/[^A-Za-z0-9.-]/g, "") || "localhost";
  return `<${randomHex(18)}@${domain}>`;
}

export async function tellDelayed(by: By, waits: Awaited<ReturnType<typeof store.writeWaits>>) {
  const fresh = waits.filter(({ isNew }) => isNew);
  if (fresh.length === 0) return;
  await record(
    by,
    ...fresh.map(({ id, contactId, sequenceId, holdCode }) => ({
      type: "message.delayed" as const,
      subject: { type: "message" as const, id },
      data: { contact_id: contactId, sequence_id: sequenceId, code: holdCode },
    })),
  );
}

/** Once, until there is room again. */
async function tellLimited(by: By, mailboxId: string, until: Temporal.Instant) {
  if (!(await store.noteLimited(by.db, by.teamId, mailboxId, until, by.now))) return;
  await record(by, {
    type: "email_account.limited",
    subject: { type: "email_account", id: mailboxId },
    data: { until },
  });
}
