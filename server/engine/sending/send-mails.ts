// Sends what is queued. Each mailbox is a lane of its own, because mailboxes are what limits, threads and logins belong
// to: mails are claimed a batch at a time, a few of them are on their way at once, and what became of each is written
// down before it is forgotten.
//
// Any number of engines may work on the same mailbox: claims pass over each other's rows, and limits are taken in the
// gate. Gates and outcomes of all lanes of a team share transactions (batches.ts).

import { isLockTimeout, waitForLocks } from "../../db/lock-waits.ts";
import { putAside } from "../../features/events/set-aside/commands.ts";
import { mailboxesWithQueues } from "../../features/gate/engines/store.ts";
import { putMailOff } from "../../features/gate/outbox-rows/store.ts";
import type { ClaimedOutgoingMail, Claims, Dropped } from "../../features/sending/outbox/claiming.ts";
import { noteDraft } from "../../features/sending/outbox/drafts-store.ts";
import type { GatePassage } from "../../features/sending/outbox/gate.ts";
import { drop } from "../../features/sending/outbox/outcomes.ts";
import { proveSent } from "../../features/sending/outbox/reconciliation.ts";
import { freeClaimsOf } from "../../features/sending/outbox/reconciliation-store.ts";
import type { Ended } from "../../features/sending/outbox/recording.ts";
import type { DraftIds } from "../../mail/transmit.ts";
import { crashPoint } from "../../seams.ts";
import { queueMailsOf } from "../planning/plan-steps.ts";
import { byEngine, type Engine, goRound } from "../running/engine.ts";
import { batchedBy, LOCK_PATIENCE_MS } from "./batches.ts";
import { lookForFirst } from "./look-for-first.ts";
import { type OpenSender, openSender } from "./open-sender.ts";
import { isOfOne, type SharedWork, sharedWork, surely, teamOf, teams } from "./shared-work.ts";
import { SlowMails } from "./slow-mails.ts";
import { countEnded, countGate, countSending, tellAttempt, tellRecorded } from "./telling.ts";

const LOOK_EVERY_MS = 200;
/** People change limits and reconnect mailboxes, and clocks are moved in tests. */
const LONGEST_REST_MS = 2_000;
const STALE_MS = 30_000;
/** Batches after which a mailbox lets another one go first. */
const FAIR_SHARE = 4;
const REOPENED_AFTER = 10;

type SendingContext = Engine &
  SharedWork & {
    /** How many mails of each team are on their way to the gate. */
    coming: Map<string, number>;
    /** More mailboxes wait than may be sent from at once. */
    isCrowded: boolean;
    slow: SlowMails;
  };

export function startSending(engine: Engine) {
  const coming = new Map<string, number>();
  const { late, ...shared } = sharedWork(engine, coming);
  const sending: SendingContext = { ...engine, ...shared, coming, isCrowded: false, slow: new SlowMails() };
  const lanes = new Map<string, Promise<void>>();
  const restingUntil = new Map<string, number>();
  const rested = new Set<string>();
  // For the place that a limit has made free, what fell due meanwhile competes with those that waited for it.
  const queueDue = batchedBy<string, void>(
    (teamId) => teamId,
    async (teamId, asks) => {
      await queueMailsOf(engine, teamId);
      return asks.map(() => undefined);
    },
  );
  const compete = async (teamId: string, mailboxId: string) => {
    if (rested.delete(mailboxId)) await queueDue(teamId);
  };
  const launch = (teamId: string, mailboxId: string) => {
    const lane = compete(teamId, mailboxId)
      .then(() => runLane(sending, teamId, mailboxId))
      .then((until) => {
        if (until === null) return 0;
        rested.add(mailboxId);
        return restMs(until, engine.app.now());
      })
      .catch((error) => failLane(sending, teamId, mailboxId, error))
      .then((restMs) => {
        restingUntil.set(mailboxId, performance.now() + restMs);
        lanes.delete(mailboxId);
      });
    lanes.set(mailboxId, lane);
  };
  const look = async () => {
    const queues = engine.fence.isOpen ? await engine.app.db.inTransaction(mailboxesWithQueues) : [];
    const rest = (mailboxId: string) => restingUntil.get(mailboxId) ?? 0;
    const free = queues
      .filter(({ mailboxId }) => !lanes.has(mailboxId) && !sending.slow.isFull(mailboxId))
      .filter(({ mailboxId }) => rest(mailboxId) <= performance.now())
      .sort((a, b) => rest(a.mailboxId) - rest(b.mailboxId)); // whose turn was longest ago
    const room = Math.max(0, engine.app.config.engineLoops - lanes.size);
    sending.isCrowded = free.length > room;
    for (const { teamId, mailboxId } of free.slice(0, room)) launch(teamId, mailboxId);
    return 0;
  };
  const looking = goRound(engine, { everyMs: LOOK_EVERY_MS, what: "looking for mails to send" }, look);
  return async () => {
    await looking;
    await Promise.all(lanes.values());
    await sending.slow.allEnded();
    await Promise.all(late.values());
  };
}

/**
 * For a time that is moved by hand: once through all queues, each until it is empty or has to wait. Answers how many emails ended,
 * how many of them were not accepted, and until when each mailbox waits.
 */
export function openSendingByHand(engine: Engine) {
  const coming = new Map<string, number>();
  const { late, ...shared } = sharedWork(engine, coming);
  let ended = 0;
  let refused = 0;
  const record: SharedWork["record"] = (one) => {
    ended += 1;
    refused += Number(one.outcome.kind !== "accepted");
    return shared.record(one);
  };
  const sending: SendingContext = {
    ...engine,
    ...shared,
    record,
    coming,
    isCrowded: false,
    slow: new SlowMails(),
  };
  return async (queues: readonly { teamId: string; mailboxId: string }[]) => {
    ended = 0;
    refused = 0;
    const restUntil = new Map<string, Temporal.Instant>();
    const left = engine.fence.isOpen ? [...queues] : [];
    const work = async () => {
      for (let one = left.shift(); one; one = left.shift()) {
        const { teamId, mailboxId } = one;
        const until = await runLane(sending, teamId, mailboxId).catch(async (error) => {
          await failLane(sending, teamId, mailboxId, error);
          return null;
        });
        if (until) restUntil.set(mailboxId, until);
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, engine.app.config.engineLoops) }, work));
    await sending.slow.allEnded();
    await Promise.all(late.values());
    return { ended, refused, restUntil };
  };
}

/** What it had claimed and not begun is free again. */
async function failLane(
  { app, id, stopping }: SendingContext,
  teamId: string,
  mailboxId: string,
  error: unknown,
) {
  app.log.warn({ err: error, mailboxId }, "sending from a mailbox failed and is tried again");
  await surely(app, stopping, () =>
    app.db.inTeam(teamId, (db) => freeClaimsOf(db, teamId, { engineId: id, mailboxId })),
  ).catch(() => {}); // found by their age
  return LONGEST_REST_MS;
}

/** Until the queue is empty or has to wait, slow mails aside. Answers until when to leave the mailbox alone. */
async function runLane(
  sending: SendingContext,
  teamId: string,
  mailboxId: string,
): Promise<Temporal.Instant | null> {
  const { app, stopping, fence } = sending;
  const claim = () => sending.claim({ teamId, mailboxId });
  const isWanted = () => !stopping.aborted && fence.isOpen;
  let sender: OpenSender | null = null;
  const next: { claims: Promise<Claims> | null } = { claims: null };
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for (let batches = 0; isWanted() && !(batches >= FAIR_SHARE && sending.isCrowded); batches++) {
      const claims = await (next.claims ?? claim());
      next.claims = null;
      await crashPoint("after-claim");
      const { claimed, dropped, proved, putOff, restUntil } = claims;
      await settleUnsent(sending, teamId, claims);
      if (restUntil) return restUntil;
      if (claimed.length + dropped.length + proved.length + putOff === 0) return null;
      if (claimed.length === 0) continue;
      for (const one of claimed) teams.set(one, teamId);
      if (batches % REOPENED_AFTER === 0) sender = null; // a token may have run out
      sender ??= await openSender(app, teamId, mailboxId, await sending.read({ teamId, mailboxId }));
      // Where no limit is near, the next are claimed while the last of this batch are on their way.
      const claimAhead = () => {
        if (!claims.hasRoom || !isWanted() || next.claims) return;
        next.claims = claim();
        next.claims.catch(() => {}); // told when its turn comes
      };
      const lane = { teamId, mailboxId, sender };
      const { recorded, isFull, isLost } = await sendAll(sending, lane, claimed, claimAhead);
      if (isLost) sender = null; // its token may have been refused, and another is asked for
      await writing;
      writing = Promise.all(recorded);
      writing.catch(() => {});
      if (isFull) return null;
      if (!claims.hasRoom) await writing;
    }
    await writing;
    return null;
  } finally {
    await writing.catch(() => {});
    const left = await next.claims?.catch(() => null);
    if (left && left.claimed.length > 0)
      await app.db.inTeam(teamId, (db) => freeClaimsOf(db, teamId, { engineId: sending.id, mailboxId }));
    if (left) await settleUnsent(sending, teamId, left);
  }
}

/** Where its enrollment is locked by a change that takes long, the mailbox does not wait for it. */
async function dropOrPutOff({ app }: SendingContext, teamId: string, one: Dropped) {
  try {
    await app.db.inTeam(teamId, (db) =>
      Promise.all([waitForLocks(db, LOCK_PATIENCE_MS), drop(byEngine(app, db, teamId), one)]),
    );
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    const until = app.now().add({ seconds: 1 });
    await app.db.inTeam(teamId, (db) => putMailOff(db, teamId, one.slot.id, until));
  }
}

/** Of what was taken from the queue and is not to be sent. */
async function settleUnsent(sending: SendingContext, teamId: string, { dropped, proved }: Claims) {
  const { app } = sending;
  for (const one of dropped) await dropOrPutOff(sending, teamId, one);
  for (const { id, kind } of proved)
    await app.db.inTeam(teamId, (db) => proveSent(byEngine(app, db, teamId), [id], kind));
}

function restMs(until: Temporal.Instant, now: Temporal.Instant) {
  return Math.min(Math.max(until.since(now).total("milliseconds"), 20), LONGEST_REST_MS);
}

type Lane = { teamId: string; mailboxId: string; sender: OpenSender };

/**
 * A few at a time. While what became of one is written down the next is on its way, so that is answered: what is still
 * being written. Where the mailbox itself fails, or slow mails take all its connections, those that were not begun go
 * back at once.
 */
async function sendAll(
  sending: SendingContext,
  { teamId, mailboxId, sender }: Lane,
  claimed: readonly ClaimedOutgoingMail[],
  claimAhead: () => void,
) {
  const { slow, stopping } = sending;
  const waiting = [...claimed];
  const recorded: Promise<void>[] = [];
  let isLost = false;
  const write = (ended: Ended) => {
    isLost ||= isOfMailbox(ended);
    countEnded(sending.app.metrics, ended);
    const since = performance.now();
    const written = sending.record({ ...ended, teamId });
    // Where it fails, the caller that waits for all of them reports it.
    written.then(() => tellRecorded(sending.app.traces, ended, teamId, since)).catch(() => {});
    return { written };
  };
  const putBack = (one: ClaimedOutgoingMail) => recorded.push(write(unbegun(one)).written);
  const work = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      if (waiting.length < sender.atOnce && !isLost) claimAhead();
      if (isLost || stopping.aborted) {
        putBack(one);
        continue;
      }
      const sent = await slow.waitFor(mailboxId, sendOne(sending, sender, one).then(write));
      if (!sent) return; // it has this connection
      recorded.push(sent.written);
    }
  };
  const free = Math.max(0, sender.atOnce - slow.countOf(mailboxId));
  await Promise.all(Array.from({ length: free }, work));
  for (const one of waiting) putBack(one);
  const isFull = slow.countOf(mailboxId) >= sender.atOnce;
  if (isFull) slow.noteFull(mailboxId);
  return { recorded, isFull, isLost };
}

async function sendOne(
  sending: SendingContext,
  sender: OpenSender,
  claimed: ClaimedOutgoingMail,
): Promise<Ended> {
  let passage: GatePassage | null = null;
  let gate: { from: number; until: number; passage: GatePassage } | null = null;
  const arrived = onTheWay(sending, teamOf(claimed));
  const since = performance.now();
  const outcome = await sender
    .send(claimed, {
      onDraft: (draft) => keepDraft(sending, claimed, draft, teamOf(claimed)),
      async mayRelease() {
        arrived();
        if (claimed.slot.isAgain && !(await lookForFirst(sending, teamOf(claimed), claimed))) return false;
        const askedAt = performance.now();
        passage = await sending.gate(claimed).catch((error) => unanswered(sending, claimed, error));
        countGate(sending.app.metrics, askedAt);
        gate = { from: askedAt, until: performance.now(), passage };
        // This process may have been paused meanwhile and given up: another engine may be about to send it again.
        return passage.is === "pass" && performance.now() - askedAt < STALE_MS;
      },
    })
    .finally(() => {
      arrived();
      countSending(sending.app.metrics, since);
    }); // or it turned back before it came to the gate
  const ended = { claimed, outcome, passage, signedInWith: sender.signsInWith };
  const period = { from: since, until: performance.now() };
  tellAttempt(sending.app.traces, ended, { ...period, teamId: teamOf(claimed), gate });
  return ended;
}

/** Before the gate is asked: after a crash the draft tells whether it was sent. */
async function keepDraft(
  { app }: SendingContext,
  { claim }: ClaimedOutgoingMail,
  draft: DraftIds,
  teamId: string,
) {
  await app.db.inTeam(teamId, (db) => noteDraft(db, teamId, claim.attemptId, draft));
}

/** Answers what tells that it is there. */
function onTheWay({ coming }: SendingContext, teamId: string) {
  coming.set(teamId, (coming.get(teamId) ?? 0) + 1);
  let isThere = false;
  return () => {
    if (isThere) return;
    isThere = true;
    const left = (coming.get(teamId) ?? 1) - 1;
    if (left > 0) coming.set(teamId, left);
    else coming.delete(teamId);
  };
}

/** The mail is kept back, and nothing is held against its mail server. If it is to blame itself, it is put aside. */
async function unanswered(
  { app }: SendingContext,
  claimed: ClaimedOutgoingMail,
  error: unknown,
): Promise<GatePassage> {
  app.log.warn({ err: error }, "the checks before sending failed and are tried again");
  const teamId = teamOf(claimed);
  if (isOfOne(error))
    await app.db
      .inTeam(teamId, (db) => putAside(byEngine(app, db, teamId), "send-mails", claimed.slot.id, error))
      .catch((second) => app.log.error({ err: second, teamId }, "an email could not be marked for retry"));
  return { is: "lost" };
}

function unbegun(claimed: ClaimedOutgoingMail): Ended {
  return { claimed, outcome: { kind: "held_back" }, passage: { is: "lost" } };
}

function isOfMailbox({ outcome }: Ended) {
  if (outcome.kind === "not_started") return true;
  return outcome.kind === "refused" && ["connect", "tls", "login"].includes(outcome.phase);
}
