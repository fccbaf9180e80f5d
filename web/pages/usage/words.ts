import type { Credits } from "./queries.ts";

const NAMES: Record<keyof Credits["credit_usage_stats"], string> = {
  lead_credit: "People's addresses",
  direct_dial_credit: "Phone numbers",
  export_credit: "Exports",
  conversation_credit: "Conversations",
  ai_credit: "AI",
  power_up_credit: "Power-ups",
  inbound_website_visitor_credit: "Website visitors, companies",
  contact_website_visitor_credit: "Website visitors, people",
  web_search_record_credit: "Web searches",
  dialer: "Minutes on the phone",
};

/** So much stands for no limit: the wire has no other word for it. */
const NO_LIMIT = 2_000_000_000;

export function isLimited(limit: number) {
  return limit > 0 && limit < NO_LIMIT;
}

/** Those that are limited or used, so that nobody reads ten lines of nothing; the first two always. */
export function creditsOf({ credit_usage_stats }: Credits) {
  return (Object.keys(NAMES) as (keyof typeof NAMES)[])
    .map((key) => ({ key, name: NAMES[key], ...credit_usage_stats[key] }))
    .filter(
      ({ key, limit, consumed }) =>
        isLimited(limit) || consumed > 0 || key === "lead_credit" || key === "direct_dial_credit",
    );
}

export function sayLeft(consumed: number, limit: number) {
  const used = consumed.toLocaleString("en-GB");
  return isLimited(limit) ? `${used} of ${limit.toLocaleString("en-GB")} used` : `${used} used, no limit`;
}
