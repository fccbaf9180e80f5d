// What a decision asks beside the row itself, gathered only where something asks for it: whether the address is barred,
// and which of a sequence's rules hold.

import type { Rulings, TransitionFacts, TransitionRequest } from "../../../domain/enrollments/deciding.ts";
import { TRANSITIONS, type TransitionGuard } from "../../../domain/enrollments/transitions.ts";
import { barsAmong } from "../../contacts/suppressions/barring.ts";
import type { By } from "../../events/events/store.ts";
import { findSequence } from "../../sequences/sequences/store.ts";
import { rulesOf } from "../../sequences/sequences/whole.ts";
import type { EnrollmentFacts } from "./locking-store.ts";
import { leaversAmong } from "./store.ts";

type Asking = Pick<By, "db" | "teamId">;

const RULED: readonly TransitionGuard[] = [
  "finishesOnReply",
  "finishesOnInterest",
  "finishesOnClick",
  "pausesOnOutOfOffice",
];

type OfRuleset = Omit<Rulings, "failsWhenNotSent">;

const NOTHING_RULED: OfRuleset = {
  finishesOnReply: false,
  finishesOnInterest: false,
  finishesOnClick: false,
  pausesOnOutOfOffice: false,
};

export async function gatherGuards(
  asking: Asking,
  rows: readonly EnrollmentFacts[],
  wishes: readonly TransitionRequest["is"][],
): Promise<(row: EnrollmentFacts) => TransitionFacts> {
  const guards = wishes.flatMap((wish) => (wish === "move" ? [] : TRANSITIONS[wish].guards));
  const isAsked = guards.includes("eligible");
  const [barred, leavers, rulings] = await Promise.all([
    isAsked ? barredAmong(asking, rows) : new Set<string>(),
    isAsked ? leaversAmong(asking.db, asking.teamId, rows) : new Set<string>(),
    guards.some((guard) => RULED.includes(guard)) ? rulingsOf(asking, rows) : null,
  ]);
  return (row) => ({
    ...row,
    isUnsubscribed: row.isUnsubscribed || leavers.has(`${row.sequenceId} ${row.contactId}`),
    isSuppressed: row.email !== null && barred.has(row.email),
    rulings: { ...(rulings?.get(row.sequenceId) ?? NOTHING_RULED), failsWhenNotSent: row.failsWhenNotSent },
  });
}

/** The given addresses that no user of the team may mail. */
export async function barredAmong(
  { db, teamId }: Asking,
  rows: readonly { email: string | null }[],
): Promise<ReadonlySet<string>> {
  const addresses = [...new Set(rows.flatMap(({ email }) => email ?? []))];
  if (addresses.length === 0) return new Set();
  const { isBarred } = await barsAmong(db, teamId, addresses);
  return new Set(addresses.filter(isBarred));
}

async function rulingsOf({ db, teamId }: Asking, rows: readonly EnrollmentFacts[]) {
  const ids = [...new Set(rows.map(({ sequenceId }) => sequenceId))];
  const rulings = new Map<string, OfRuleset>();
  for (const id of ids) {
    const sequence = await findSequence(db, teamId, id);
    if (!sequence) continue;
    const rules = await rulesOf(db, teamId, sequence);
    rulings.set(id, {
      finishesOnReply: rules.markFinishedIfReply.value === true,
      finishesOnInterest: rules.markFinishedIfInterested.value === true,
      finishesOnClick: rules.markFinishedIfClick.value === true,
      pausesOnOutOfOffice: rules.markPausedIfOoo.value === true,
    });
  }
  return rulings;
}
