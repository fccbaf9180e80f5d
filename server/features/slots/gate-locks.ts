// The locks of the gate: for each kind that a rule of the table names, what is taken. A kind that no rule names is not taken, and a
// kind that is not here does not compile.

import type { Db } from "../../db/connect.ts";
import { waitForLocks } from "../../db/lock-waits.ts";
import { GATE, GATE_CODES } from "../../domain/gate.ts";
import { type Check, type GateLock, LOCK_ORDER } from "../../domain/gate-rules.ts";
import { shareAddresses } from "../answer-holds/store.ts";
import { holdContacts } from "../contacts/holding-store.ts";
import * as store from "./gate-store.ts";

/** What stands before the gate together. */
export type Standing = {
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

type Take = (db: Db, teamId: string, standing: Standing) => Promise<unknown>[];

/** Names are taken together, by the first kind. The team is locked as it is read (teamRules), the fence asked last (readStands). */
const TAKE: Record<GateLock, Take> = {
  gates: (db, teamId, { caps }) => [
    store.lockNames(db, teamId, {
      shared: SHARED,
      alone: NAMED.has("caps") ? [...new Set(caps)].sort() : [],
    }),
  ],
  addresses: () => [],
  caps: () => [],
  answers: (db, teamId, { addressKeys, patienceMs }) =>
    patiently(db, patienceMs, () => shareAddresses(db, teamId, addressKeys)),
  contact: (db, teamId, { contactIds, patienceMs }) =>
    patiently(db, patienceMs, () => holdContacts(db, teamId, contactIds)),
  enrollment: (db, teamId, { enrollmentIds, patienceMs }) =>
    patiently(db, patienceMs, () => store.lockEnrollments(db, teamId, enrollmentIds)),
  mailbox: (db, teamId, { limitedIds, unlimitedIds }) => [
    store.lockLimited(db, teamId, limitedIds),
    store.holdUnlimited(db, teamId, unlimitedIds),
  ],
  message: (db, teamId, { messageIds }) => [store.lockMessages(db, teamId, messageIds)],
  team: () => [],
  fence: () => [],
};

function patiently(db: Db, ms: number, take: () => Promise<unknown>) {
  return ms === 0 ? [take()] : [waitForLocks(db, ms), take(), waitForLocks(db, 0)];
}

const NAMED: ReadonlySet<GateLock> = new Set(GATE_CODES.flatMap((code) => (GATE[code] as Check).locks));

/** Who adds a suppression takes `suppressions` alone. Nobody takes `gates` alone: a change looks who holds it (db/connect.ts). */
const SHARED = [
  ...(NAMED.has("gates") ? ["gates"] : []),
  ...(NAMED.has("addresses") ? ["suppressions"] : []),
];

/** For whoever judges without letting anything go: a change of a rule is acknowledged after that, or seen by it. */
export function holdRules(db: Db, teamId: string) {
  return store.lockNames(db, teamId, { shared: SHARED, alone: [] });
}

/** On their way together: each begins when the one before it has ended. */
export function takeLocks(db: Db, teamId: string, standing: Standing): Promise<unknown>[] {
  return LOCK_ORDER.filter((kind) => NAMED.has(kind)).flatMap((kind) => TAKE[kind](db, teamId, standing));
}
