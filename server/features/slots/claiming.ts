// From the queue of a mailbox to mails that are ready to go: the first are taken, as many as limits leave room for, each
// is judged by the gate's rules, and what will be sent is fixed. Nobody has been connected to yet.

import { randomBytes } from "node:crypto";
import type { GateFacts, MailboxFacts } from "../../domain/gate-facts.ts";
import { DAY, fullWindow, HOUR, tooSoon } from "../../domain/limits.ts";
import { newId } from "../../ids.ts";
import { type By, record } from "../events/store.ts";
import { mailboxFacts } from "../explaining/around.ts";
import { readLimits } from "../explaining/sending-store.ts";
import { findSenders, type Sender } from "../mailboxes/store.ts";
import { insertLinks } from "../tracking/store.ts";
import { type Judgement, judge } from "./judging.ts";
import * as store from "./store.ts";
import { factsOf, type Surrounded, surroundingsOf } from "./surroundings.ts";
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
  judgement: Extract<Judgement, { is: "fail" | "cancel" }> | { is: "gone" };
};

export type Claims = {
  claimed: Claimed[];
  dropped: Dropped[];
  /** Nothing more is to be taken from this mailbox before. */
  restUntil: Temporal.Instant | null;
  /** No limit is near: more may be claimed before these have gone. */
  hasRoom: boolean;
};

const AT_ONCE = 24;

export async function claimMails(
  by: By,
  { mailboxId, engineId, publicUrl }: { mailboxId: string; engineId: string; publicUrl: string },
): Promise<Claims> {
  const { db, teamId, now } = by;
  const [[sending], [sender]] = await Promise.all([
    readLimits(db, teamId, [mailboxId]),
    findSenders(db, teamId, [mailboxId]),
  ]);
  if (!sending || !sender)
    return { claimed: [], dropped: [], restUntil: now.add({ minutes: 1 }), hasRoom: false };
  const mailbox = mailboxFacts(sending);
  const room = roomIn(mailbox, now);
  if (room.count === 0) {
    if (room.isLimit) await tellLimited(by, mailboxId, room.freeAt);
    return { claimed: [], dropped: [], restUntil: room.freeAt, hasRoom: false };
  }
  const queued = await store.lockQueue(db, teamId, mailboxId, Math.min(AT_ONCE, room.count));
  const slots = queued.map((slot) => ({ ...slot, token: slot.token ?? newToken() }));
  if (slots.length === 0) return { claimed: [], dropped: [], restUntil: null, hasRoom: false };

  const surroundings = await surroundingsOf(by, slots);
  const written = await writeMails(by, surroundings.mails, sender, publicUrl);
  const judged = surroundings.mails.map((surrounded) => {
    const mail = written.get(surrounded.slot.id) ?? null;
    const facts = factsOf(surrounded, surroundings, mail?.facts ?? null, now);
    const isByHand = surrounded.slot.dueAtManuallyChanged;
    return { surrounded, mail, facts, judgement: facts && judge(facts, { isByHand }) };
  });

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
    else claimed.push({ slot, claim: claimFor(slot, mail), surrounded, facts, sender });
  }
  if (waits.length > 0) await tellDelayed(by, await store.writeWaits(db, teamId, waits));
  const claims = claimed.map(({ claim }) => claim);
  if (claims.length > 0) await store.writeClaims(db, teamId, { engineId, mailboxId, claims });
  await insertLinks(db, teamId, linksIn(claims, publicUrl));
  const hasRoom = room.count >= AT_ONCE && slots.length === AT_ONCE && mailbox.isConnected;
  return { claimed, dropped, restUntil: null, hasRoom: hasRoom && !isLimited(mailbox) };
}

/** How many may leave now. Where none may, when the next one can. */
function isLimited({ lastDay, lastHour, gapSeconds }: MailboxFacts) {
  return lastDay.limit !== null || lastHour.limit !== null || Boolean(gapSeconds);
}

type Room = { count: number; freeAt: Temporal.Instant; isLimit?: boolean };

function roomIn(mailbox: MailboxFacts, now: Temporal.Instant): Room {
  const soon = now.add({ seconds: 30 }); // people change limits
  if (!mailbox.isConnected) return { count: AT_ONCE, freeAt: soon }; // each is told to wait, or given up
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

function claimFor(slot: store.Slot, mail: Written | null): store.Claim {
  const content = mail?.content ?? slot;
  return {
    ...content,
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
