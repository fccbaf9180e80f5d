// The locks of the gate: for each kind that a rule of the table names, what is taken. A kind that no rule names is not taken, and a
// kind that is not here does not compile.

import type { Db } from "../../../db/connect.ts";
import { inOrder, type Steps } from "../../../db/in-order.ts";
import { LOCK_NAMES } from "../../../db/lock-names.ts";
import { waitForLocks } from "../../../db/lock-waits.ts";
import { GATE, GATE_CODES } from "../../../domain/gate/gate.ts";
import { type Check, type GateLock, LOCK_ORDER } from "../../../domain/gate/gate-rules.ts";
import { shareAddresses } from "../../contacts/answer-holds/store.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import * as store from "../../gate/facts/gate-store.ts";

/** What stands before the gate together. */
type GateLockKeys = {
  caps: readonly string[];
  addressKeys: readonly string[];
  contactIds: readonly string[];
  enrollmentIds: readonly string[];
  /** Mailboxes of which something is counted, and those of which nothing is. */
  limitedIds: readonly string[];
  unlimitedIds: readonly string[];
  messageIds: readonly string[];
  /** How long to wait for contacts and enrollments, which a change to many locks for seconds; 0: for as long as it takes. */
  patienceMs: number;
};

type Take = (db: Db, teamId: string, standing: GateLockKeys) => Promise<unknown>[];

/** Names are taken together, by the first kind. The team is locked as it is read (teamRules), the fence asked last (readStands). */
const TAKE: Record<GateLock, Take> = {
  gates: (db, teamId, { caps }) => [
    store.lockNames(db, {
      shared: sharedIn(teamId),
      alone: NAMED.has("caps") ? [...new Set(caps)].sort().map((key) => LOCK_NAMES.caps(teamId, key)) : [],
    }),
  ],
  addresses: () => [],
  caps: () => [],
  answers: (db, teamId, { addressKeys }) => [shareAddresses(db, teamId, addressKeys)],
  contact: (db, teamId, { contactIds }) => [holdContacts(db, teamId, contactIds)],
  enrollment: (db, teamId, { enrollmentIds }) => [store.lockEnrollmentRows(db, teamId, enrollmentIds)],
  mailbox: (db, teamId, { limitedIds, unlimitedIds }) => [
    store.lockLimited(db, teamId, limitedIds),
    store.holdUnlimited(db, teamId, unlimitedIds),
  ],
  message: (db, teamId, { messageIds }) => [store.lockMessages(db, teamId, messageIds)],
  team: () => [],
  fence: () => [],
};

/** Changes to many contacts hold these for seconds. They stand next to each other in the order. */
const PATIENT: ReadonlySet<GateLock> = new Set(["answers", "contact", "enrollment"]);

const NAMED: ReadonlySet<GateLock> = new Set(GATE_CODES.flatMap((code) => (GATE[code] as Check).locks));

/**
 * Adding a suppression takes `suppressions` alone. `gates` is never taken alone: a change checks who holds it
 * (db/connect.ts).
 */
function sharedIn(teamId: string) {
  return [
    ...(NAMED.has("gates") ? [LOCK_NAMES.gates(teamId)] : []),
    ...(NAMED.has("addresses") ? [LOCK_NAMES.addresses(teamId)] : []),
  ];
}

/** For judging without release: a change of a rule is acknowledged after that, or seen by it. */
export function holdRules(db: Db, teamId: string) {
  return store.lockNames(db, { shared: sharedIn(teamId), alone: [] });
}

/** In the order of LOCK_ORDER. */
export function takeLocks(db: Db, teamId: string, standing: GateLockKeys): Promise<unknown> {
  const taken: Promise<unknown>[] = [];
  let patienceMs = 0;
  for (const kind of LOCK_ORDER.filter((kind) => NAMED.has(kind))) {
    const wanted = PATIENT.has(kind) ? standing.patienceMs : 0;
    if (wanted !== patienceMs) taken.push(waitForLocks(db, wanted));
    patienceMs = wanted;
    taken.push(...TAKE[kind](db, teamId, standing));
  }
  if (patienceMs !== 0) taken.push(waitForLocks(db, 0));
  return Promise.all(taken);
}

/** Statements that lock, each by the kind of its lock: they are carried out in the order of LOCK_ORDER, however they are written. */
export function inLockOrder<S extends Steps>(steps: S & Record<Exclude<keyof S, GateLock>, never>) {
  const named: Steps = steps;
  const ordered = LOCK_ORDER.flatMap((kind) => (named[kind] ? [[kind, named[kind]] as const] : []));
  return inOrder(Object.fromEntries(ordered) as S);
}
