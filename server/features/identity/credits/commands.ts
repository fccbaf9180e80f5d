// Spending is recorded when its amount is known. Otherwise the highest possible cost is held first, the work runs in
// its own transactions, and then the real cost is settled. Spending and holding lock the row of their limit, so that no
// credit is promised twice. Without a limit, credits are only counted.

import type { Act } from "../../../app.ts";
import {
  holdLegs,
  type Spent,
  settleLegs,
  spendLegs,
  total,
} from "../../../domain/identity/credit-movements.ts";
import { type PricedAction, quote } from "../../../domain/identity/credit-prices.ts";
import {
  type Balance,
  balanceOf,
  CREDIT_KINDS,
  type CreditBalance,
  type CreditKind,
  creditCycle,
  shortageOf,
} from "../../../domain/identity/credits.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { findUser } from "../users/store.ts";
import { insertMovements } from "./ledger-store.ts";
import * as reservations from "./reservations-store.ts";
import * as store from "./store.ts";

export type Credits = {
  balances: Record<CreditKind, Balance>;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
};

type Asking = Pick<Act, "db" | "now" | "caller">;

const NOTHING: CreditBalance = { limit: null, spent: 0, reserved: 0 };

/** What the team may spend and has spent in the cycle of now. */
export async function readCredits({ db, now, caller }: Asking): Promise<Credits> {
  const cycle = creditCycle(now);
  const rows = await store.listStandings(db, caller.teamId, cycle, now);
  const teams = new Map(rows.filter(({ userId }) => userId === null).map((row) => [row.kind, row]));
  const balances = Object.fromEntries(
    CREDIT_KINDS.map((kind) => [kind, balanceOf(teams.get(kind) ?? NOTHING)]),
  ) as Record<CreditKind, Balance>;
  return { ...cycle, balances };
}

/** The same for each of its people too. */
export function readAllowances({ db, now, caller }: Asking) {
  return store.listStandings(db, caller.teamId, creditCycle(now), now);
}

/** What a batch would cost, and whether there is enough of it. Nothing is spent or held. */
export async function quoteCredits(
  act: Asking,
  wish: { action: PricedAction; count: number; share?: number },
) {
  const price = quote(wish.action, wish.count, wish.share);
  const each = wish.count > 0 ? price.most / wish.count : 0;
  const standings = await standingsOf(act, price.kind);
  const left = Object.values(standings).flatMap((one) => balanceOf(one).leftOver ?? []);
  const balance = left.length > 0 ? Math.min(...left) : null;
  const short = shortageOf({ amount: price.most, each }, standings);
  return { ...price, balance, fits: short ? short.fits : wish.count };
}

type CreditWish = {
  kind: CreditKind;
  action: string;
  /** What one of the batch may cost at most. */
  each?: number;
};

/** Spends credits for something, or refuses where the cycle's limit would be passed. */
export async function spendCredits(act: Asking, wish: CreditWish & { spent: readonly Spent[] }) {
  await refuseUnlessLeft(act, { ...wish, amount: total(wish.spent) });
  const { db, now, caller } = act;
  const { kind, action } = wish;
  const legs = spendLegs(wish.spent);
  const head = { kind, type: "spend", action, reservationId: null, countedAt: now } as const;
  await insertMovements(db, caller.teamId, [{ ...head, userId: caller.userId, legs }], now);
}

type HoldWish = CreditWish & {
  amount: number;
  subjectId: string | null;
  heldUntil: Temporal.Instant;
};

/** Holds credits for work whose price is not known yet. Answers what it is settled by. */
export async function reserveCredits(act: Asking, wish: HoldWish) {
  await refuseUnlessLeft(act, wish);
  const { db, now, caller } = act;
  const id = newId();
  const { kind, action } = wish;
  await reservations.insertReservation(db, caller.teamId, { ...wish, id, userId: caller.userId }, now);
  const head = { kind, type: "hold", action, reservationId: id, countedAt: now } as const;
  const legs = holdLegs(wish.amount);
  await insertMovements(db, caller.teamId, [{ ...head, userId: caller.userId, legs }], now);
  return id;
}

/**
 * Spends what the work really cost, and frees the rest. Only once: a repeated call answers the first amount. After the
 * hold has expired, others may have used its credits, so the call is refused where none are left. What a provider has
 * been paid is always spent, even above an allowance, and reported.
 */
export async function settleCredits(
  act: Asking,
  reservationId: string,
  came: number | readonly Spent[],
  isPaid: "was_paid" | "to_be_paid" = "to_be_paid",
) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const kind = await reservations.kindOfReservation(db, teamId, reservationId);
  if (kind === null) throw new Refusal("record_not_found");
  await store.lockLimit(db, teamId, kind);
  const held = await reservations.lockReservation(db, teamId, reservationId);
  if (!held) throw new Refusal("record_not_found");
  if (held.spent !== null) return held.spent;
  const lines = typeof came === "number" ? [{ subjectId: held.subjectId, amount: came }] : came;
  const spent = total(lines);
  if (!lines.every(({ amount }) => Number.isSafeInteger(amount) && amount >= 0) || spent > held.amount)
    throw new Error(`${spent} of ${held.amount} credits cannot be settled`);
  const isOver = held.settledAt !== null || Temporal.Instant.compare(held.heldUntil, now) <= 0;
  const { action, userId } = held;
  if (isOver && spent > 0) {
    const wish = { kind, action, amount: spent };
    await (isPaid === "was_paid" ? tellIfPassed(act, wish) : refuseUnlessLeft(act, wish));
  }
  await reservations.closeReservations(db, teamId, [reservationId], spent, now);
  // What was let go when its time was over is held no more: then it is plainly spent.
  const legs = held.settledAt === null ? settleLegs(held.amount, lines) : spendLegs(lines);
  const head = { kind, type: "settle", action, userId, reservationId, countedAt: now } as const;
  await insertMovements(db, teamId, [{ ...head, legs }], now);
  return spent;
}

/** The work came to nothing. */
export function releaseCredits(act: Asking, reservationId: string) {
  return settleCredits(act, reservationId, 0);
}

type Amount = CreditWish & { amount: number };

async function refuseUnlessLeft(act: Asking, wish: Amount) {
  const facts = await shortageFor(act, wish);
  if (facts) throw new Refusal("insufficient_credits", facts, facts);
}

async function tellIfPassed(act: Asking, wish: Amount) {
  const facts = await shortageFor(act, wish);
  if (!facts) return;
  const origin = { requestId: null, address: null, cause: "settling" };
  await record(byCaller({ ...act, origin }), {
    type: "credits.allowance_passed",
    subject: { type: "team", id: act.caller.teamId },
    data: { kind: wish.kind, spent: wish.amount, balance: facts.balance, whose: facts.whose },
  });
}

/** What there is too little of; null where it is enough. Where it is limited it stays as it is until the transaction ends. */
export async function shortageFor(act: Asking, { kind, amount, each = 1 }: Omit<Amount, "action">) {
  const { db, caller } = act;
  if (!(await store.isLimited(db, caller.teamId, caller.userId, kind))) return null;
  await store.lockLimit(db, caller.teamId, kind);
  const short = shortageOf({ amount, each }, await standingsOf(act, kind));
  return short && { kind, needed: amount, ...short };
}

async function standingsOf({ db, now, caller }: Asking, kind: CreditKind) {
  const rows = await store.listStandings(db, caller.teamId, creditCycle(now), now, kind);
  const of = (userId: string | null) => rows.find((row) => row.userId === userId) ?? NOTHING;
  return { team: of(null), user: of(caller.userId) };
}

/** How much the team, or one of its people, may spend in a cycle; null: as much as they like. */
export async function allowCredits(
  act: Act,
  wish: { userId: string | null; kind: CreditKind; limit: number | null },
) {
  const { db, caller } = act;
  if (wish.userId !== null && !(await findUser(db, caller.teamId, wish.userId)))
    throw new Refusal("record_not_found");
  await store.lockLimit(db, caller.teamId, wish.kind);
  await store.setLimit(db, caller.teamId, wish.userId, wish.kind, wish.limit);
  await record(byCaller(act), {
    type: "credits.allowance_changed",
    subject: { type: wish.userId === null ? "team" : "user", id: wish.userId ?? caller.teamId },
    data: { kind: wish.kind, limit: wish.limit },
  });
  return readAllowances(act);
}
