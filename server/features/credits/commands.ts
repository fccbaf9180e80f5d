import type { Act } from "../../app.ts";
import { type Balance, balanceOf, CREDIT_KINDS, type CreditKind, creditCycle } from "../../domain/credits.ts";
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
  const rows = new Map((await store.listCredits(db, caller.teamId, cycle)).map((row) => [row.kind, row]));
  const balances = Object.fromEntries(
    CREDIT_KINDS.map((kind) => [kind, balanceOf(rows.get(kind)?.amount ?? 0, rows.get(kind)?.spent ?? 0)]),
  ) as Record<CreditKind, Balance>;
  return { ...cycle, balances };
}

/** Spends credits for something, or refuses where the cycle's limit would be passed. */
export async function spendCredits(
  { db, now, caller }: Act,
  wish: { kind: CreditKind; amount: number; reason: string; subjectId: string | null },
) {
  const limit = await store.lockLimit(db, caller.teamId, wish.kind);
  const spent = await store.spentIn(db, caller.teamId, wish.kind, creditCycle(now));
  if (spent + wish.amount > limit) {
    const left = balanceOf(limit, spent).leftOver;
    throw new Refusal("credits_used_up", { kind: wish.kind, needed: wish.amount, left });
  }
  await store.insertCreditEntry(db, caller.teamId, { ...wish, userId: caller.userId }, now);
}

/** Gives credits back, for what was paid for and turned out to be nothing. */
export async function refundCredits(
  { db, now, caller }: Act,
  wish: { kind: CreditKind; amount: number; reason: string; subjectId: string | null },
) {
  const entry = { ...wish, amount: -wish.amount, userId: caller.userId };
  await store.insertCreditEntry(db, caller.teamId, entry, now);
}
