// What there is to spend, and in which span. A cycle is a calendar month in UTC: everybody's begins at the
// same instant, whatever zone the team lives in, so a movement belongs to one cycle and no other.

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

/** A null limit is no limit: no admin has set one. */
export type CreditBalance = { limit: number | null; spent: number; reserved: number };

export type Balance = {
  limit: number | null;
  consumed: number;
  /** Held for work at hand, whose price is not known yet. */
  reserved: number;
  /** What may still be spent or held; null: as much as one likes. */
  leftOver: number | null;
};

/** What was given back can bring `consumed` below nothing, which is not shown, but may be spent once more. */
export function balanceOf({ limit, spent, reserved }: CreditBalance): Balance {
  const consumed = Math.max(0, spent);
  return { limit, consumed, reserved, leftOver: leftOf({ limit, spent, reserved }) };
}

function leftOf({ limit, spent, reserved }: CreditBalance) {
  return limit === null ? null : Math.max(0, limit - spent - reserved);
}

type Shortage = {
  /** Whose allowance it is that does not reach. */
  whose: "team" | "user";
  balance: number;
  reserved: number;
  /** How many of the batch could be paid for. */
  fits: number;
};

/**
 * Whether an amount may be spent, by the team's limit and by the person's own. The tighter of the two speaks.
 * `each` is what one of the batch costs at most.
 */
export function shortageOf(
  wish: { amount: number; each: number },
  standings: Record<"team" | "user", CreditBalance>,
): Shortage | null {
  const tight = (["team", "user"] as const)
    .map((whose) => ({ whose, left: leftOf(standings[whose]), reserved: standings[whose].reserved }))
    .filter((one): one is { whose: "team" | "user"; left: number; reserved: number } => one.left !== null)
    .sort((a, b) => a.left - b.left)[0];
  if (!tight || wish.amount <= tight.left) return null;
  const { whose, left: balance, reserved } = tight;
  return { whose, balance, reserved, fits: Math.floor(balance / Math.max(1, wish.each)) };
}

/** What a request will cost: at least, as it looks, and at most. */
export type Price = { least: number; expected: number; most: number };

/**
 * Adding saved contacts costs nothing. Net-new ones cost one each if an address is found and verified, which is known
 * only afterwards; `findable` estimates how many have one.
 */
export function priceOfAdding({ netNew, findable }: { netNew: number; findable?: number }): Price {
  return { least: 0, expected: Math.min(findable ?? netNew, netNew), most: netNew };
}
