// Claims: the first mails of a mailbox's queue are taken, as many as its limits leave room for. Once they are composed
// (composing.ts), each is judged by the gate's rules, and what will be sent is written down. No connection is open yet.

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
import { type ComposedMails, compose, dressed, type WrittenContent } from "./composing.ts";
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

export type ClaimWish = { mailboxId: string; engineId: string; publicUrl: string };

/** What was taken from a queue: it is locked. Without a sender there is nothing to compose. */
type Taken = { by: By; sender: MailboxForSending | null; slots: store.Slot[]; claims: Claims };

/** The first mails of a mailbox's queue, as many as its limits leave room for. */
export async function claim(asked: By, { mailboxId }: Pick<ClaimWish, "mailboxId">): Promise<Taken> {
  const { db, teamId } = asked;
  const [now, [sending], [sender]] = await Promise.all([
    timeOf(db),
    readLimits(db, teamId, [mailboxId]),
    findSenders(db, teamId, [mailboxId]),
  ]);
  const by = { ...asked, now };
  const nothing = (restUntil: Temporal.Instant | null, proved: Proved[] = []): Taken => {
    const claims = { claimed: [], dropped: [], proved, putOff: 0, restUntil, hasRoom: false };
    return { by, sender: null, slots: [], claims };
  };
  if (!sending || !sender) return nothing(now.add({ minutes: 1 }));
  const mailbox = mailboxFacts(sending);
  const room = roomIn(mailbox, now);
  if (room.count === 0) {
    if (room.isLimit) await tellLimited(by, mailboxId, room.freeAt);
    return nothing(room.freeAt);
  }
  const queued = await store.lockQueue(db, teamId, mailboxId, Math.min(AT_ONCE, room.count));
  if (queued.length === 0) return nothing(null);
  const proofs = await proofsOfFirst(by, queued);
  const slots = queued
    .filter(({ id }) => !proofs.has(id))
    .map((slot) => ({ ...slot, token: slot.token ?? newToken() }));
  const proved = [...proofs].map(([id, kind]) => ({ id, kind }));
  if (slots.length === 0) return nothing(null, proved);
  const isFull = room.count >= AT_ONCE && queued.length === AT_ONCE && mailbox.isConnected;
  const hasRoom = isFull && !isLimited(mailbox);
  const claims = { claimed: [], dropped: [], proved, putOff: 0, restUntil: null, hasRoom };
  return { by, sender, slots, claims };
}

/** Judged as composed. What will be sent is written down; what will not waits, or is dropped. */
export async function keepClaims(
  by: By,
  composed: ComposedMails,
  sender: MailboxForSending,
  { mailboxId, engineId, publicUrl }: ClaimWish,
): Promise<Pick<Claims, "claimed" | "dropped" | "putOff">> {
  const { db, teamId } = by;
  const waits: store.MailWait[] = [];
  const dropped: Dropped[] = [];
  const claimed: ClaimedOutgoingMail[] = [];
  for (const { surrounded, mail, facts, judgement } of judgeComposed(by, composed)) {
    const { slot } = surrounded;
    if (!facts || !judgement) dropped.push({ slot, judgement: { is: "gone" } });
    else if (judgement.is === "wait")
      waits.push({
        id: slot.id,
        code: judgement.code,
        evidence: judgement.evidence,
        nextCheckAt: judgement.nextCheckAt,
      });
    else if (judgement.is !== "send") dropped.push({ slot, judgement });
    else claimed.push({ slot, claim: claimFor(by, surrounded, mail, composed), surrounded, facts, sender });
  }
  if (waits.length > 0) await tellDelayed(by, await store.writeWaits(db, teamId, waits));
  const claims = claimed.map(({ claim }) => claim);
  if (claims.length > 0) await store.writeClaims(db, teamId, { engineId, mailboxId, claims });
  const links = linksIn(claims, linkBase(publicUrl, sender.trackingDomain));
  if (links.length > 0) await insertLinks(db, teamId, links);
  return { claimed, dropped, putOff: waits.length };
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
  const [judged] = judgeComposed(then, await compose(then, [slot], sender, ""));
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

function linksIn(claims: readonly store.ClaimedOutboxMail[], linksAt: string) {
  return claims
    .filter(({ clickTracking }) => clickTracking)
    .map((claim) => ({ messageId: claim.id, links: dressed(claim, linksAt, null).links }));
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
