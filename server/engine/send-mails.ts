// Sends what is queued. Each mailbox is a lane of its own, because mailboxes are what limits, threads and logins belong
// to: mails are claimed a batch at a time, a few of them are on their way at once, and what became of each is written
// down before it is forgotten.
//
// Any number of engines may work on the same mailbox: claims pass over each other's rows, and limits are taken in the
// gate. Gates and outcomes of all lanes of a team share transactions (batches.ts).

import { setTimeout as sleep } from "node:timers/promises";
import { mailboxesWithQueues } from "../features/engines/store.ts";
import { type Claimed, type Claims, claimMails } from "../features/slots/claiming.ts";
import { type Passage, passGate } from "../features/slots/gate.ts";
import { drop, type Ended, noteEnded, noteSent } from "../features/slots/outcomes.ts";
import { freeClaimsOf } from "../features/slots/proofs-store.ts";
import { crashPoint } from "../seams.ts";
import { batchedBy } from "./batches.ts";
import { byEngine, type Engine, goRound } from "./engine.ts";
import { type OpenSender, openSender } from "./open-sender.ts";

const LOOK_EVERY_MS = 200;
/** As many as there are connections to a mailbox's server (mail/connections.ts). */
const AT_ONCE_EACH = 5;
/** People change limits and reconnect mailboxes, and clocks are moved in tests. */
const LONGEST_REST_MS = 2_000;
const STALE_MS = 30_000;
/** Batches after which a mailbox lets another one go first. */
const FAIR_SHARE = 4;
const REOPENED_AFTER = 10;

export type Sending = Engine & {
  /** How many mails of each team are on their way to the gate. */
  coming: Map<string, number>;
  gate(claimed: Claimed): Promise<Passage>;
  record(ended: Ended & { teamId: string }): Promise<void>;
  /** More mailboxes wait than may be sent from at once. */
  isCrowded: boolean;
};

export function startSending(engine: Engine) {
  const coming = new Map<string, number>();
  const sending: Sending = { ...engine, ...sharedWork(engine, coming), coming, isCrowded: false };
  const lanes = new Map<string, Promise<void>>();
  const restingUntil = new Map<string, number>();
  const launch = (teamId: string, mailboxId: string) => {
    const lane = runLane(sending, teamId, mailboxId)
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
      .filter(({ mailboxId }) => !lanes.has(mailboxId) && rest(mailboxId) <= performance.now())
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
  };
}

/** What it had claimed and not begun is free again. */
async function failLane({ app, id, stopping }: Sending, teamId: string, mailboxId: string, error: unknown) {
  app.log.warn({ err: error, mailboxId }, "a mailbox could not be sent from, and is tried again");
  await surely(app, stopping, () =>
    app.db.inTeam(teamId, (db) => freeClaimsOf(db, teamId, { engineId: id, mailboxId })),
  ).catch(() => {}); // found by their age
  return LONGEST_REST_MS;
}

function sharedWork(engine: Engine, coming: Sending["coming"]): Pick<Sending, "gate" | "record"> {
  const { app, stopping } = engine;
  const gates = batchedBy<Claimed & { teamId: string }, Passage>(
    ({ teamId }) => teamId,
    async (teamId, asks) => {
      const passages = await app.db.inTeam(
        teamId,
        (db) => passGate(byEngine(app, db, teamId), asks, engine.fence),
        "once",
      );
      engine.fence.hasSent ||= [...passages.values()].some(({ is }) => is === "pass");
      await crashPoint("gate-after-commit");
      return asks.map(({ slot }) => passages.get(slot.id) ?? { is: "lost" as const });
    },
    { isAnybodyComing: (teamId) => (coming.get(teamId) ?? 0) > 0 },
  );
  const outcomes = batchedBy<Ended & { teamId: string }, void>(
    ({ teamId }) => teamId,
    async (teamId, ended) => {
      const taken = ended.filter(({ outcome }) => outcome.kind === "accepted");
      if (taken.length > 0)
        await surely(app, stopping, () =>
          app.db.inTeam(teamId, (db) => noteSent(byEngine(app, db, teamId), taken), "once"),
        );
      for (const one of ended)
        if (one.outcome.kind !== "accepted")
          await surely(app, stopping, () =>
            app.db.inTeam(teamId, (db) => noteEnded(byEngine(app, db, teamId), one, app.secrets)),
          );
      await crashPoint("result-after-commit");
      return ended.map(() => undefined);
    },
  );
  return {
    gate: (claimed) => gates({ ...claimed, teamId: teamOf(claimed) }),
    record: (ended) => outcomes(ended),
  };
}

const teams = new WeakMap<Claimed, string>();
function teamOf(claimed: Claimed) {
  return teams.get(claimed) ?? "";
}

/** The outcome is known only here, so it is written down even if the database has to come back first. */
async function surely(app: Engine["app"], stopping: AbortSignal, write: () => Promise<unknown>) {
  for (let tries = 0; ; tries++) {
    try {
      return await write();
    } catch (error) {
      app.log.warn({ err: error, tries }, "what became of a mail could not be written down yet");
      if (tries >= (stopping.aborted ? 5 : 600)) throw error;
      await sleep(Math.min(50 * 2 ** tries, 2_000));
    }
  }
}

/** Until the queue is empty or has to wait. Answers for how long to leave the mailbox alone. */
async function runLane(sending: Sending, teamId: string, mailboxId: string): Promise<number> {
  const { app, stopping, fence } = sending;
  const claim = () =>
    app.db.inTeam(
      teamId,
      (db) =>
        claimMails(byEngine(app, db, teamId), {
          ...{ mailboxId, engineId: sending.id, publicUrl: app.config.publicUrl },
        }),
      "once",
    );
  const isWanted = () => !stopping.aborted && fence.isOpen;
  let sender: OpenSender | null = null;
  const next: { claims: Promise<Claims> | null } = { claims: null };
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for (let batches = 0; isWanted() && !(batches >= FAIR_SHARE && sending.isCrowded); batches++) {
      const claims = await (next.claims ?? claim());
      next.claims = null;
      await crashPoint("after-claim");
      const { claimed, dropped, restUntil } = claims;
      for (const one of dropped) await app.db.inTeam(teamId, (db) => drop(byEngine(app, db, teamId), one));
      if (restUntil) return restMs(restUntil, app.now());
      if (claimed.length === 0 && dropped.length === 0) return 0;
      if (claimed.length === 0) continue;
      for (const one of claimed) teams.set(one, teamId);
      if (batches % REOPENED_AFTER === 0) sender = null; // a token may have run out
      sender ??= await openSender(app, teamId, mailboxId);
      // Where no limit is near, the next are claimed while the last of these are on their way.
      const claimAhead = () => {
        if (!claims.hasRoom || !isWanted() || next.claims) return;
        next.claims = claim();
        next.claims.catch(() => {}); // told when its turn comes
      };
      const recorded = await sendAll(sending, teamId, sender, claimed, claimAhead);
      await writing;
      writing = Promise.all(recorded);
      writing.catch(() => {});
      if (!claims.hasRoom) await writing;
    }
    await writing;
    return 0;
  } finally {
    await writing.catch(() => {});
    const left = await next.claims?.catch(() => null);
    if (left && left.claimed.length > 0)
      await app.db.inTeam(teamId, (db) => freeClaimsOf(db, teamId, { engineId: sending.id, mailboxId }));
    for (const one of left?.dropped ?? [])
      await app.db.inTeam(teamId, (db) => drop(byEngine(app, db, teamId), one));
  }
}

function restMs(until: Temporal.Instant, now: Temporal.Instant) {
  return Math.min(Math.max(until.since(now).total("milliseconds"), 20), LONGEST_REST_MS);
}

/**
 * A few at a time. While what became of one is written down the next is on its way, so that is answered: what is still
 * being written. Where the mailbox itself fails, those that were not begun go back at once.
 */
async function sendAll(
  sending: Sending,
  teamId: string,
  sender: OpenSender,
  claimed: readonly Claimed[],
  claimAhead: () => void,
) {
  const waiting = [...claimed];
  const recorded: Promise<void>[] = [];
  let isLost = false;
  const work = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      if (waiting.length < AT_ONCE_EACH && !isLost) claimAhead();
      const ended = isLost || sending.stopping.aborted ? unbegun(one) : await sendOne(sending, sender, one);
      isLost ||= isOfMailbox(ended);
      const written = sending.record({ ...ended, teamId });
      written.catch(() => {}); // told to whoever waits for all of them
      recorded.push(written);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE_EACH }, work));
  return recorded;
}

async function sendOne(sending: Sending, sender: OpenSender, claimed: Claimed): Promise<Ended> {
  let passage: Passage | null = null;
  const arrived = onTheWay(sending, teamOf(claimed));
  const outcome = await sender
    .send(claimed, async () => {
      const askedAt = performance.now();
      arrived();
      passage = await sending.gate(claimed).catch((error) => unanswered(sending, error));
      // Stopped meanwhile, we may have been given up: somebody may be about to send it again.
      return passage.is === "pass" && performance.now() - askedAt < STALE_MS;
    })
    .finally(arrived); // or it turned back before it came to the gate
  return { claimed, outcome, passage, signedInWith: sender.signsInWith };
}

/** Answers what tells that it is there. */
function onTheWay({ coming }: Sending, teamId: string) {
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

/** Our own database could not be asked: the mail is kept back, and nothing is held against its mail server. */
function unanswered({ app }: Sending, error: unknown): Passage {
  app.log.warn({ err: error }, "the gate could not be asked, and is asked again");
  return { is: "lost" };
}

function unbegun(claimed: Claimed): Ended {
  return { claimed, outcome: { kind: "held_back" }, passage: { is: "lost" } };
}

function isOfMailbox({ outcome }: Ended) {
  if (outcome.kind === "not_started") return true;
  return outcome.kind === "refused" && ["connect", "tls", "login"].includes(outcome.phase);
}
