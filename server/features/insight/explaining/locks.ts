// Whose step is due, or on its way, and waits for a lock that another session has held for long.

import type { LockInTheWay } from "../../../domain/gate/standing.ts";
import { type HeldBy, holdWithSentence, lockHeld } from "../../../domain/insight/explaining.ts";
import { adviceFor, holderSays } from "../../../domain/insight/lock-words.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import { readStandings } from "../../gate/facts/facts-store.ts";
import type { EnrollmentWithContext } from "../../gate/facts/standings.ts";
import { teamRules } from "../../gate/facts/team-rules.ts";
import { namedLocksOf } from "./locks-of-gate.ts";
import { dueIn, isAnyLockOld, type LockRow, locksInTheWay, type Waiting } from "./locks-store.ts";

/** Ordinary work holds a lock for milliseconds. */
export const LONG = "5 seconds";

export async function withLocks(
  { db, caller, now }: ReadContext,
  placed: readonly EnrollmentWithContext[],
): Promise<EnrollmentWithContext[]> {
  const { teamId } = caller;
  const due = placed.filter(({ row }) => {
    const { state, dueAt } = row;
    return state === "active" && dueAt !== null && Temporal.Instant.compare(dueAt, now) <= 0;
  });
  if (due.length === 0) return [...placed];
  const waiting = due.map(({ row, standing: { facts } }) => ({
    id: row.id,
    names: namedLocksOf({ ...facts, teamId, sequenceId: row.sequenceId, email: row.email }),
  }));
  const rows = await locksInTheWay(db, teamId, waiting, LONG);
  const locks = new Map(rows.map((row) => [row.enrollmentId, lockOf(row, now)]));
  return placed.map((one) => {
    const lock = locks.get(one.row.id);
    return lock ? { ...one, standing: { ...one.standing, lock } } : one;
  });
}

function lockOf(row: LockRow, now: Temporal.Instant): LockInTheWay {
  return {
    kind: row.kind,
    heldBy: holderSays(row),
    advice: adviceFor(row),
    loginId: row.loginId,
    since: now.subtract({ milliseconds: Math.round(row.seconds * 1_000) }),
  };
}

/** Of a sequence or a mailbox with more contacts due, those that have been due longest are looked at. */
const LOOKED_AT = 1_000;

export type CrowdLocks = {
  heldBy: readonly HeldBy[] /** Every contact that is due waits for one. */;
  holdsAll: boolean;
};

/** What keeps contacts of a sequence or a mailbox waiting, each lock once, with how many of them wait for it. */
export async function locksOfCrowd(
  { db, caller, now }: ReadContext,
  where: { sequenceId: string | null; mailboxId: string | null },
  zone: string,
): Promise<CrowdLocks> {
  if (!(await isAnyLockOld(db, LONG))) return { heldBy: [], holdsAll: false };
  const ids = await dueIn(db, caller.teamId, where, now, LOOKED_AT);
  const rows = await locksInTheWay(db, caller.teamId, await waitingAmong({ db, caller, now }, ids), LONG);
  const byLock = Map.groupBy(rows, ({ kind, pid }) => `${kind} ${pid}`);
  const heldBy = [...byLock.values()]
    .toSorted((a, b) => b.length - a.length)
    .flatMap(([first, ...more]) =>
      first ? [holdWithSentence(lockHeld(lockOf(first, now), more.length + 1), zone)] : [],
    );
  return { heldBy, holdsAll: rows.length > 0 && rows.length === ids.length };
}

export async function waitingAmong(
  { db, caller, now }: ReadContext,
  ids: readonly string[],
): Promise<Waiting[]> {
  const { teamId } = caller;
  const rows = await readStandings(db, teamId, ids);
  const rules = await teamRules({ db, teamId, now, holds: false }, rows);
  return rows.map((row) => {
    const { id, sequenceId, email } = row;
    const facts = { domain: rules.domain(email), touches: rules.touches(row) };
    return { id, names: namedLocksOf({ teamId, sequenceId, email, ...facts }) };
  });
}
