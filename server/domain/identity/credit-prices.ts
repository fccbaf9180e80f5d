// The price of each action that costs credits. An action without a result is free, so the least of every price is zero.

import type { CreditKind, Price } from "./credits.ts";

export const PRICES = {
  add_net_new_contact: { kind: "lead_credit", each: 1 },
  person_match: { kind: "lead_credit", each: 1 },
  phone_reveal: { kind: "direct_dial_credit", each: 8 },
  organization_enrich: { kind: "lead_credit", each: 1 },
  organization_search_page: { kind: "export_credit", each: 1 },
  news_search_page: { kind: "export_credit", each: 1 },
  conversation_insight: { kind: "conversation_credit", each: 1 },
  waterfall_email: { kind: "lead_credit", each: 20 },
  waterfall_phone: { kind: "direct_dial_credit", each: 45 },
  email_verification: { kind: "lead_credit", each: 0 },
} as const satisfies Record<string, { kind: CreditKind; each: number }>;

export type PricedAction = keyof typeof PRICES;

/** `share` is the estimated part of the batch that yields something; the real one is known only afterwards. */
export function quote(action: PricedAction, count: number, share = 1): Price & { kind: CreditKind } {
  const { kind, each } = PRICES[action];
  return { kind, least: 0, expected: Math.round(count * share) * each, most: count * each };
}

/** An address that was paid for, and turned out not to exist. */
export const REFUNDED_WITHIN_DAYS = 30;

const BUYS_ADDRESS: ReadonlySet<string> = new Set<PricedAction>([
  "add_net_new_contact",
  "person_match",
  "waterfall_email",
]);

export const ACTIONS_THAT_BUY_ADDRESSES: readonly string[] = [...BUYS_ADDRESS];

export function isRefunded(
  purchase: { action: string; boughtAt: Temporal.Instant },
  bouncedAt: Temporal.Instant,
): boolean {
  const last = purchase.boughtAt.add({ hours: REFUNDED_WITHIN_DAYS * 24 });
  return BUYS_ADDRESS.has(purchase.action) && Temporal.Instant.compare(bouncedAt, last) <= 0;
}
