// From the queue of a mailbox to mails that are ready to go: the first are taken, as many as limits leave room for, each
// is judged by the gate's rules, and what will be sent is fixed. Nobody has been connected to yet.

import { randomBytes } from "node:crypto";
import type { GateFacts, MailboxFacts } from "../../domain/gate-facts.ts";
import { unreadInbox } from "../../domain/gate-times.ts";
import { DAY, fullWindow, HOUR, tooSoon } from "../../domain/limits.ts";
import { newId } from "../../ids.ts";
import { reachedBy } from "../address-claims/commands.ts";
import { timeOf } from "../engines/store.ts";
import { type By, record } from "../events/store.ts";
import { mailboxFacts } from "../explaining/around.ts";
import { readLimits } from "../explaining/sending-store.ts";
import { findSenders, type Sender } from "../mailboxes/store.ts";
import { inParts, type Manner } from "../set-aside/commands.ts";
import { insertLinks } from "../tracking/store.ts";
import { type Judgement, judge } from "./judging.ts";
import { proofsAmong } from "./proofs-store.ts";
import * as store from "./store.ts";
import { factsOf, type Surrounded, surroundingsOf, touchedOf } from "./surroundings.ts";
import { dressed, type Written, writeMails } from "./writing.ts";

export type Claimed = {
  slot: store.Slot;
  claim: store.Claim;
  surrounded: Surrounded;
  facts: GateFacts;
  sender: Sender;
};

/** Not to be sent after all; to be settled by whoever asked, in a transaction of its own. */
export type Dropped = {
  slot: store.Slot;
  judgement: Extract<Judgement, { is: "fail" | "cancel" | "skip" }> | { is: "gone" };
};

/** Its first copy arrived, and what came back of it says so. To be settled by whoever asked, like those. */
export type Proved = { id: string; kind: string };

export type Claims = {
  claimed: Claimed[];
  dropped: Dropped[];
  proved: Proved[];
  /** Nothing more is to be taken from this mailbox before. */
  restUntil: Temporal.Instant | null;
  /** No limit is near: more may be claimed before these have gone. */
  hasRoom: boolean;
};

const AT_ONCE = 24;

type Wish = { mailboxId: string; engineId: string; publicUrl: string };

export async function claimMails(asked: By, wish: Wish, manner: Manner = "together"): Promise<Claims> {
  const { db, teamId } = asked;
  const { mailboxId } = wish;
  const [now, [sending], [sender]] = await Promise.all([
    timeOf(db),
    readLimits(db, teamId, [mailboxId]),
    findSenders(db, teamId, [mailboxId]),
  ]);
  const by = { ...asked, now };
  const none = { claimed: [], dropped: [], proved: [], hasRoom: false };
  if (!sending || !sender) return { ...none, restUntil: now.add({ minutes: 1 }) };
  const mailbox = mailboxFacts(sending);
  const room = roomIn(mailbox, now);
  if (room.count === 0) {
    if (room.isLimit) await tellLimited(by, mailboxId, room.freeAt);
    return { ...none, restUntil: room.freeAt };
  }
  const queued = await store.lockQueue(db, teamId, mailboxId, Math.min(AT_ONCE, room.count));
  if (queued.length === 0) return { ...none, restUntil: null };
  const proofs = await proofsOfFirst(by, queued);
  const slots = queued
    .filter(({ id }) => !proofs.has(id))
    .map((slot) => ({ ...slot, token: slot.token ?? newToken() }));
  const proved = [...proofs].map(([id, kind]) => ({ id, kind }));
  if (slots.length === 0) return { ...none, proved, restUntil: null };

  const claimed: Claimed[] = [];
  const dropped: Dropped[] = [];
  await inParts(by, { loop: "send-mails", manner }, slots, async (some) => {
    const done = await claimThese(by, some, sender, wish);
    claimed.push(...done.claimed);
    dropped.push(...done.dropped);
  });
  const hasRoom = room.count >= AT_ONCE && queued.length === AT_ONCE && mailbox.isConnected;
  return { claimed, dropped, proved, restUntil: null, hasRoom: hasRoom && !isLimited(mailbox) };
}

async function claimThese(
  by: By,
  slots: readonly store.Slot[],
  sender: Sender,
  { mailboxId, engineId, publicUrl }: Wish,
): Promise<Pick<Claims, "claimed" | "dropped">> {
  const { db, teamId } = by;
  const judged = await judgeSlots(by, slots, sender, publicUrl);

  const waits: store.Wait[] = [];
  const dropped: Dropped[] = [];
  const claimed: Claimed[] = [];
  for (const { surrounded, mail, facts, judgement } of judged) {
    const { slot } = surrounded;
    if (!facts || !judgement) dropped.push({ slot, judgement: { is: "gone" } });
    else if (judgement.is === "wait")
      waits.push({
        id: slot.id,
        code: judgement.code,
        evidence: judgement.evidence,
        lookAt: judgement.lookAt,
      });
    else if (judgement.is !== "send") dropped.push({ slot, judgement });
    else claimed.push({ slot, claim: claimFor(by, surrounded, mail), surrounded, facts, sender });
  }
  if (waits.length > 0) await tellDelayed(by, await store.writeWaits(db, teamId, waits));
  const claims = claimed.map(({ claim }) => claim);
  if (claims.length > 0) await store.writeClaims(db, teamId, { engineId, mailboxId, claims });
  await insertLinks(db, teamId, linksIn(claims, publicUrl));
  return { claimed, dropped };
}

/** Of mails that were in doubt and are to be sent once more: what has come back of the first copy meanwhile. */
export async function proofsOfFirst(
  { db, teamId }: By,
  slots: readonly Pick<store.Slot, "id" | "isAgain">[],
) {
  const again = slots.filter(({ isAgain }) => isAgain).map(({ id }) => id);
  return again.length === 0 ? new Map<string, string>() : proofsAmong(db, teamId, again);
}

/** Null where whoever it was for is gone: then there is nothing to judge. */
async function judgeSlots(by: By, slots: readonly store.Slot[], sender: Sender, publicUrl: string) {
  const surroundings = await surroundingsOf(by, slots);
  const written = await writeMails(by, surroundings.mails, sender, publicUrl);
  return surroundings.mails.map((surrounded) => {
    const mail = written.get(surrounded.slot.id) ?? null;
    const facts = factsOf(surrounded, surroundings, mail?.facts ?? null, by.now);
    const { dueAtManuallyChanged: isByHand, copyOf } = surrounded.slot;
    const how = { isByHand, isCopy: copyOf !== null };
    return { surrounded, mail, facts, judgement: facts && judge(facts, how) };
  });
}

/** As it would be judged if it were claimed now. */
export async function judgeAlone(by: By, slot: store.Slot): Promise<Judgement | { is: "gone" } | null> {
  const { db, teamId } = by;
  const [sender] = await findSenders(db, teamId, [slot.mailboxId]);
  if (!sender) return null;
  const [judged] = await judgeSlots({ ...by, now: await timeOf(db) }, [slot], sender, "");
  return judged?.judgement ?? { is: "gone" };
}

/** How many may leave now. Where none may, when the next one can. */
function isLimited({ lastDay, lastHour, gapSeconds }: MailboxFacts) {
  return lastDay.limit !== null || lastHour.limit !== null || Boolean(gapSeconds);
}

type Room = { count: number; freeAt: Temporal.Instant; isLimit?: boolean };

function roomIn(mailbox: MailboxFacts, now: Temporal.Instant): Room {
  const soon = now.add({ seconds: 30 }); // people change limits
  if (!mailbox.isConnected) return { count: AT_ONCE, freeAt: soon }; // each is told to wait, or given up
  if (unreadInbox({ mailbox, now })) return { count: 0, freeAt: soon };
  const rests = mailbox.restsUntil;
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

function linksIn(claims: readonly store.Claim[], publicUrl: string) {
  return claims
    .filter(({ clickTracking }) => clickTracking)
    .map((claim) => ({ messageId: claim.id, links: dressed(claim, publicUrl, null).links }));
}

function claimFor(by: By, surrounded: Surrounded, mail: Written | null): store.Claim {
  const { slot } = surrounded;
  const { now } = by;
  const content = mail?.content ?? slot;
  const { companyKey } = touchedOf(surrounded);
  return {
    ...content,
    // In doubt before, it keeps its words, for somebody may have read them, and is dated anew all the same.
    composedAt: slot.isAgain ? now : (content.composedAt ?? now),
    ...reachedBy(by, { email: content.toEmail, companyKey }),
    id: slot.id,
    attemptId: newId(),
    internetMessageId: slot.internetMessageId ?? messageIdFor(content.fromEmail ?? ""),
    token: slot.token,
    openTracking: mail?.openTracking ?? slot.openTracking,
    clickTracking: mail?.clickTracking ?? slot.clickTracking,
  };
}

/** In lower case: it may stand in an address. */
function newToken() {
  return randomBytes(24).toString("hex");
}

function messageIdFor(fromEmail: string) {
  const domain =
    fromEmail.slice(fromEmail.lastIndexOf("@") + 1).replace(/[^A-Za-z0-9.-]/g, "") || "localhost";
  return `<${randomBytes(18).toString("hex")}@${domain}>`;
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
