// What lanes of a team do together: claims, gates and outcomes of many mails share a transaction (batches.ts).

import { setTimeout as sleep } from "node:timers/promises";
import { isAway, lostARace } from "../../db/away.ts";
import { isLockTimeout, waitForLocks } from "../../db/lock-waits.ts";
import type { ClaimedOutgoingMail, Claims } from "../../features/sending/outbox/claiming.ts";
import type { GatePassage } from "../../features/sending/outbox/gate.ts";
import { claimMails, noteEnded, noteSent, passGate } from "../../features/sending/outbox/mail-life.ts";
import type { Ended } from "../../features/sending/outbox/recording.ts";
import { crashPoint } from "../../seams.ts";
import { batchOf } from "../running/each-team.ts";
import { byEngine, type Engine } from "../running/engine.ts";
import { batchedBy, LOCK_PATIENCE_MS, openBusySequences } from "./batches.ts";
import { type ReadMailbox, readMailboxes } from "./open-sender.ts";
import { countClaimed, noteClaim } from "./telling.ts";

/** The mails of so many mailboxes are claimed together. */
const MAILBOXES_AT_ONCE = 24;

type MailboxOfTeam = { teamId: string; mailboxId: string };

export type SharedWork = {
  claim(asked: MailboxOfTeam): Promise<Claims>;
  read(asked: MailboxOfTeam): Promise<ReadMailbox>;
  gate(claimed: ClaimedOutgoingMail): Promise<GatePassage>;
  record(ended: Ended & { teamId: string }): Promise<void>;
};

export function sharedWork(
  engine: Engine,
  coming: ReadonlyMap<string, number>,
): SharedWork & { late: ReadonlyMap<string, Promise<void>> } {
  const { app, stopping } = engine;
  const busy = openBusySequences();
  const late = new Map<string, Promise<void>>();
  const claims = batchedBy<MailboxOfTeam, Claims>(
    ({ teamId }) => teamId,
    async (teamId, asks) => {
      const since = performance.now();
      const mailboxIds = asks.map(({ mailboxId }) => mailboxId);
      const wish = { mailboxIds, engineId: engine.id, publicUrl: app.config.publicUrl };
      const claimed = await batchOf(app, teamId, (by, manner) => claimMails(by, wish, manner), "once");
      countClaimed(app.metrics, claimed.values(), since);
      for (const { claimed: mails } of claimed.values()) noteClaim(app.traces, mails, since);
      return mailboxIds.map((id) => claimed.get(id) ?? claimedNone(id));
    },
    { most: MAILBOXES_AT_ONCE, isOfOne },
  );
  const reads = batchedBy<MailboxOfTeam, ReadMailbox>(
    ({ teamId }) => teamId,
    (teamId, asks) =>
      readMailboxes(
        app,
        teamId,
        asks.map(({ mailboxId }) => mailboxId),
      ),
    { isOfOne },
  );
  const gates = batchedBy<ClaimedOutgoingMail & { teamId: string }, GatePassage>(
    ({ teamId }) => teamId,
    async (teamId, asks) => {
      const passages = new Map<string, GatePassage>();
      const begun = engine.fence.releases?.begin() ?? 0;
      const left = await busy.workPast(asks, sequenceOf, async (some) => {
        const passed = await app.db.inTeam(
          teamId,
          (db) => passGate(byEngine(app, db, teamId), some, engine.fence, LOCK_PATIENCE_MS),
          "once",
        );
        for (const [id, passage] of passed) passages.set(id, passage);
      });
      for (const { slot } of left) passages.set(slot.id, { is: "busy" });
      const passing = asks.filter(({ slot }) => passages.get(slot.id)?.is === "pass");
      engine.fence.hasSent ||= passing.length > 0;
      const attemptIds = passing.map(({ claim }) => claim.attemptId);
      if (attemptIds.length > 0) engine.fence.releases?.note(teamId, attemptIds, begun);
      await crashPoint("gate-after-commit");
      return asks.map(({ slot }) => passages.get(slot.id) ?? { is: "lost" as const });
    },
    { isAnybodyComing: (teamId) => (coming.get(teamId) ?? 0) > 0, isOfOne },
  );
  const write = (teamId: string, ended: readonly Ended[], patienceMs: number) =>
    surely(app, stopping, () =>
      app.db.inTeam(
        teamId,
        async (db) => {
          const by = byEngine(app, db, teamId);
          const [first] = ended;
          await Promise.all([
            waitForLocks(db, patienceMs),
            isAccepted(first) ? noteSent(by, ended) : noteEnded(by, first as Ended),
          ]);
        },
        isAccepted(ended[0]) ? "once" : "each",
      ),
    );
  /** Of sequences that are being changed: written as soon as that is over, one after the other, so that they hold one connection. */
  const writeLate = (teamId: string, ended: Ended) => {
    const key = sequenceOf(ended.claimed) ?? teamId;
    const written = (late.get(key) ?? Promise.resolve())
      .then(() => write(teamId, [ended], 0))
      .catch((error) => app.log.error({ err: error }, "the result of an email could not be recorded"))
      .finally(() => late.get(key) === written && late.delete(key));
    late.set(key, written);
  };
  const outcomes = batchedBy<Ended & { teamId: string }, void>(
    ({ teamId }) => teamId,
    async (teamId, ended) => {
      const taken = ended.filter(isAccepted);
      const others = ended.filter((one) => !isAccepted(one));
      for (const some of [taken, ...others.map((one) => [one])]) {
        if (some.length === 0) continue;
        const left = await busy.workPast(
          some,
          ({ claimed }) => sequenceOf(claimed),
          (open) => write(teamId, open, LOCK_PATIENCE_MS),
        );
        for (const one of left) writeLate(teamId, one);
      }
      await crashPoint("result-after-commit");
      return ended.map(() => undefined);
    },
    { isAnybodyComing: (teamId) => (coming.get(teamId) ?? 0) > 0 },
  );
  return {
    claim: claims,
    read: reads,
    gate: (claimed) => gates({ ...claimed, teamId: teamOf(claimed) }),
    record: (ended) => outcomes(ended),
    late,
  };
}

function claimedNone(mailboxId: string): never {
  throw new Error(`a claim answers for each mailbox, and not for ${mailboxId}`);
}

function sequenceOf({ slot }: ClaimedOutgoingMail) {
  return slot.sequenceId;
}

function isAccepted(ended: Ended | undefined) {
  return ended?.outcome.kind === "accepted";
}

/** What one mail of a batch may be to blame for: then each is tried by itself. */
export const isOfOne = (error: unknown) => !isAway(error) && !lostARace(error);

/** Whose mail a claim is. */
export const teams = new WeakMap<ClaimedOutgoingMail, string>();
export function teamOf(claimed: ClaimedOutgoingMail) {
  return teams.get(claimed) ?? "";
}

/** The outcome is known only here, so it is written down even if the database has to come back first. */
export async function surely<T>(app: Engine["app"], stopping: AbortSignal, write: () => Promise<T>) {
  for (let tries = 0; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (isLockTimeout(error)) throw error;
      app.log.warn({ err: error, tries }, "the result of an email could not be recorded yet");
      if (tries >= (stopping.aborted ? 5 : 600)) throw error;
      await sleep(Math.min(50 * 2 ** tries, 2_000));
    }
  }
}
