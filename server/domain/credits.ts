// What there is to spend, and in which span. A cycle is a calendar month in UTC: everybody's begins at the
// same instant, whatever zone the team lives in, so an entry belongs to one cycle and no other.

export const CREDIT_KINDS = [
  "lead_credit",
  "direct_dial_credit",
  "export_credit",
  "conversation_credit",
  "ai_credit",
  "power_up_credit",
  "inbound_website_visitor_credit",
  "contact_website_visitor_credit",
  "web_search_record_credit",
  "dialer",
] as const;

export type CreditKind = (typeof CREDIT_KINDS)[number];

export type CreditCycle = { startsAt: Temporal.Instant; endsAt: Temporal.Instant };

export function creditCycle(now: Temporal.Instant): CreditCycle {
  const start = now.toZonedDateTimeISO("UTC").with({ day: 1 }).startOfDay();
  return { startsAt: start.toInstant(), endsAt: start.add({ months: 1 }).toInstant() };
}

export type Balance = {
  limit: number;
  consumed: number;
  /** Held for work at hand, whose price is not known yet. */
  reserved: number;
  /** What may still be spent or held. */
  leftOver: number;
};

/** Refunds can bring `consumed` below what was spent, never below nothing. */
export function balanceOf({
  limit,
  spent,
  reserved,
}: Record<"limit" | "spent" | "reserved", number>): Balance {
  const consumed = Math.max(0, spent);
  return { limit, consumed, reserved, leftOver: Math.max(0, limit - consumed - reserved) };
}

/** What a request will cost: at least, as it looks, and at most. */
export type Price = { least: number; expected: number; most: number };

/**
 * Adding saved contacts costs nothing. Net-new ones cost one each where an address is found and verified, which nobody
 * knows before; `findable` is how many are thought to have one.
 */
export function priceOfAdding({ netNew, findable }: { netNew: number; findable?: number }): Price {
  return { least: 0, expected: Math.min(findable ?? netNew, netNew), most: netNew };
}
