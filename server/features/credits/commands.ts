// What is spent is written down when it is known. Where it is not known beforehand, the most it may cost is held, the work
// is done in transactions of its own, and then what it came to is settled. Whoever spends or holds has the limit's row, so
// nothing is promised twice.

import type { Act } from "../../app.ts";
import { type Balance, balanceOf, CREDIT_KINDS, type CreditKind, creditCycle } from "../../domain/credits.ts";
import { newId } from "../../ids.ts";
import { Refusal } from "../../refusal.ts";
import * as store from "./store.ts";

export type Credits = {
  balances: Record<CreditKind, Balance>;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
};

/** What the team may spend and has spent in the cycle of now. */
export async function readCredits({ db, now, caller }: Pick<Act, "db" | "now" | "caller">): Promise<Credits> {
  const cycle = creditCycle(now);
  const rows = new Map(
    (await store.listCredits(db, caller.teamId, cycle, now)).map((row) => [row.kind, row]),
  );
  const balances = Object.fromEntries(
    CREDIT_KINDS.map((kind) => [kind, balanceOf(rows.get(kind) ?? { limit: 0, spent: 0, reserved: 0 })]),
  ) as Record<CreditKind, Balance>;
  return { ...cycle, balances };
}

export type CreditWish = { kind: CreditKind; amount: number; reason: string; subjectId: string | null };

/** Spends credits for something, or refuses where the cycle's limit would be passed. */
export async function spendCredits(act: Act, wish: CreditWish) {
  await refuseUnlessLeft(act, wish);
  const { db, now, caller } = act;
  await store.insertCreditEntry(db, caller.teamId, { ...wish, userId: caller.userId }, now);
}

/** Holds credits for work whose price is not known yet. Answers what it is settled by. */
export async function reserveCredits(act: Act, wish: CreditWish & { heldUntil: Temporal.Instant }) {
  await refuseUnlessLeft(act, wish);
  const { db, now, caller } = act;
  const id = newId();
  await store.insertReservation(db, caller.teamId, { ...wish, id, userId: caller.userId }, now);
  return id;
}

/**
 * What the work came to, spent; the rest is free again. Once: said again, it answers what was spent the first time.
 * Whoever comes when the time is over finds that others may have what was held, and is refused where nothing is left.
 */
export async function settleCredits(act: Act, reservationId: string, spent: number): Promise<number> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const kind = await store.kindOfReservation(db, teamId, reservationId);
  if (kind === null) throw new Refusal("record_not_found");
  await store.lockLimit(db, teamId, kind);
  const held = await store.lockReservation(db, teamId, reservationId);
  if (!held) throw new Refusal("record_not_found");
  if (held.spent !== null) return held.spent;
  if (!Number.isSafeInteger(spent) || spent < 0 || spent > held.amount)
    throw new Error(`${spent} of ${held.amount} credits cannot be settled`);
  const isOver = held.settledAt !== null || Temporal.Instant.compare(held.heldUntil, now) <= 0;
  if (isOver && spent > 0) await refuseUnlessLeft(act, { kind, amount: spent });
  await store.settleReservation(db, teamId, reservationId, spent, now);
  const { reason, subjectId, userId } = held;
  if (spent > 0)
    await store.insertCreditEntry(db, teamId, { kind, amount: spent, reason, subjectId, userId }, now);
  return spent;
}

/** The work came to nothing. */
export function releaseCredits(act: Act, reservationId: string) {
  return settleCredits(act, reservationId, 0);
}

async function refuseUnlessLeft(
  { db, now, caller }: Act,
  { kind, amount }: Pick<CreditWish, "kind" | "amount">,
) {
  await store.lockLimit(db, caller.teamId, kind);
  const rows = await store.listCredits(db, caller.teamId, creditCycle(now), now);
  const row = rows.find((one) => one.kind === kind);
  const { leftOver: balance, reserved } = balanceOf(row ?? { limit: 0, spent: 0, reserved: 0 });
  if (amount <= balance) return;
  const facts = { kind, needed: amount, balance, reserved };
  throw new Refusal("insufficient_credits", facts, facts);
}

/** Gives credits back, for what was paid for and turned out to be nothing. */
export async function refundCredits({ db, now, caller }: Act, wish: CreditWish) {
  const entry = { ...wish, amount: -wish.amount, userId: caller.userId };
  await store.insertCreditEntry(db, caller.teamId, entry, now);
}
