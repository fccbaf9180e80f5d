import { type Balance, balanceOf, type CreditKind } from "../../../domain/identity/credits.ts";
import { stored } from "../../../kernel/moments.ts";
import { UNLIMITED } from "../../../kernel/usage.ts";
import type { CreditUsageRow, MovementRow } from "./ledger-store.ts";
import type { CreditStandingRow } from "./store.ts";

type Credits = {
  balances: Record<CreditKind, Balance>;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
};

export function presentCredits({ balances: b, startsAt, endsAt }: Credits) {
  return {
    credit_usage_stats: {
      lead_credit: balance(b.lead_credit),
      direct_dial_credit: balance(b.direct_dial_credit),
      export_credit: balance(b.export_credit),
      conversation_credit: balance(b.conversation_credit),
      ai_credit: balance(b.ai_credit),
      power_up_credit: balance(b.power_up_credit),
      inbound_website_visitor_credit: balance(b.inbound_website_visitor_credit),
      contact_website_visitor_credit: balance(b.contact_website_visitor_credit),
      web_search_record_credit: balance(b.web_search_record_credit),
      dialer: balance(b.dialer),
    },
    current_credit_cycle: { start_date: stored(startsAt), end_date: stored(endsAt) },
  };
}

/** The figures that `users/api_profile` adds when it is asked to. The remainder is that of the five it names. */
export function presentProfileCredits({ balances: b }: Credits) {
  const lead = balance(b.lead_credit);
  const dial = balance(b.direct_dial_credit);
  const exported = balance(b.export_credit);
  const ai = balance(b.ai_credit);
  const powerUp = balance(b.power_up_credit);
  const named = [lead, dial, exported, ai, powerUp];
  return {
    num_credits_remaining: Math.min(sum(named, "left_over"), UNLIMITED),
    effective_num_lead_credits: lead.limit,
    num_lead_credits_used: lead.consumed,
    effective_num_direct_dial_credits: dial.limit,
    num_direct_dial_credits_used: dial.consumed,
    effective_num_export_credits: exported.limit,
    num_export_credits_used: exported.consumed,
    effective_num_ai_credits: ai.limit,
    num_ai_credits_used: ai.consumed,
    effective_num_power_up_credits: powerUp.limit,
    num_power_up_credits_used: powerUp.consumed,
    total_unified_credits_used: sum(named, "consumed"),
  };
}

/** Apollo's clients read numbers, so no limit is one too large to be reached. */
function balance({ limit, consumed, leftOver }: Balance) {
  return {
    limit: limit ?? UNLIMITED,
    consumed,
    left_over: leftOver ?? Math.max(0, UNLIMITED - consumed),
  };
}

type Figures = ReturnType<typeof balance>;

function sum(figures: readonly Figures[], what: keyof Figures) {
  return figures.reduce((total, one) => total + one[what], 0);
}

/** In our own words no limit is null. */
export function presentAllowances(rows: readonly CreditStandingRow[]) {
  return rows.map((row) => {
    const { limit, consumed, reserved, leftOver } = balanceOf(row);
    return { user_id: row.userId, kind: row.kind, limit, consumed, reserved, left_over: leftOver };
  });
}

export function presentCreditUsage(row: CreditUsageRow) {
  return {
    day: row.day,
    user_id: row.userId,
    user_name: row.userName,
    action: row.action,
    kind: row.kind,
    spent: row.spent,
    refunded: row.refunded,
  };
}

export function presentMovement(row: MovementRow) {
  return {
    id: row.id,
    type: row.type,
    kind: row.kind,
    action: row.action,
    user_id: row.userId,
    reservation_id: row.reservationId,
    occurred_at: stored(row.occurredAt),
    counted_at: stored(row.countedAt),
    legs: row.legs,
  };
}
