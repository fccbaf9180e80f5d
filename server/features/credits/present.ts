import type { Balance, CreditKind } from "../../domain/credits.ts";
import { stored } from "../../moments.ts";

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
  const named = [b.lead_credit, b.direct_dial_credit, b.export_credit, b.ai_credit, b.power_up_credit];
  return {
    num_credits_remaining: sum(named, "leftOver"),
    effective_num_lead_credits: b.lead_credit.limit,
    num_lead_credits_used: b.lead_credit.consumed,
    effective_num_direct_dial_credits: b.direct_dial_credit.limit,
    num_direct_dial_credits_used: b.direct_dial_credit.consumed,
    effective_num_export_credits: b.export_credit.limit,
    num_export_credits_used: b.export_credit.consumed,
    effective_num_ai_credits: b.ai_credit.limit,
    num_ai_credits_used: b.ai_credit.consumed,
    effective_num_power_up_credits: b.power_up_credit.limit,
    num_power_up_credits_used: b.power_up_credit.consumed,
    total_unified_credits_used: sum(named, "consumed"),
  };
}

function balance({ limit, consumed, leftOver }: Balance) {
  return { limit, consumed, left_over: leftOver };
}

function sum(balances: readonly Balance[], what: keyof Balance) {
  return balances.reduce((total, one) => total + one[what], 0);
}
