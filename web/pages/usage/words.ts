import { figure } from "../../parts/figures.ts";
import type { Allowance, Kind } from "./queries.ts";

export const KINDS: Record<Kind, string> = {
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

const ACTIONS: Record<string, string> = {
  add_net_new_contact: "Somebody new added",
  person_match: "A person looked up",
  phone_reveal: "A phone number found",
  organization_enrich: "A company looked up",
  organization_search_page: "Companies searched",
  news_search_page: "News searched",
  conversation_insight: "A conversation read",
  waterfall_email: "An address found by several providers",
  waterfall_phone: "A number found by several providers",
  email_verification: "An address verified",
};

export function actionWords(action: string) {
  return ACTIONS[action] ?? action;
}

/** No limit is told from one that is high by the wire's largest number, in calls as they are counted. */
const NO_LIMIT = 2_000_000_000;

export function isLimited(limit: number) {
  return limit > 0 && limit < NO_LIMIT;
}

/** The team's that are limited or used, so that nobody reads ten lines of nothing; the first two always. */
export function ofTeam(allowances: readonly Allowance[]) {
  const order = Object.keys(KINDS);
  return allowances
    .filter(({ user_id }) => user_id === null)
    .filter(
      ({ kind, limit, consumed }) =>
        limit !== null || consumed > 0 || kind === "lead_credit" || kind === "direct_dial_credit",
    )
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** People who have an allowance of their own. */
export function ofPeople(allowances: readonly Allowance[]) {
  return allowances.filter(({ user_id, limit }) => user_id !== null && limit !== null);
}

export function sayLeft({ consumed, limit, reserved }: Pick<Allowance, "consumed" | "limit" | "reserved">) {
  const used = figure(consumed);
  const held = reserved > 0 ? `, ${figure(reserved)} held` : "";
  return limit === null ? `${used} used${held}, no limit` : `${used} of ${figure(limit)} used${held}`;
}
