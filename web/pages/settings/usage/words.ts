import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import type { Allowance, AllowanceKind } from "./queries.ts";

export const KINDS: Record<AllowanceKind, string> = perLanguage(() => ({
  lead_credit: t("Email addresses"),
  direct_dial_credit: t("Phone numbers"),
  export_credit: t("Exports"),
  conversation_credit: t("Conversations"),
  ai_credit: t("AI"),
  power_up_credit: t("Power-ups"),
  inbound_website_visitor_credit: t("Website visitors, companies"),
  contact_website_visitor_credit: t("Website visitors, people"),
  web_search_record_credit: t("Web searches"),
  dialer: t("Call minutes"),
}));

const ACTIONS: Record<string, string> = perLanguage(() => ({
  add_net_new_contact: t("New contact added"),
  person_match: t("Person lookup"),
  phone_reveal: t("Phone number found"),
  organization_enrich: t("Company lookup"),
  organization_search_page: t("Company search"),
  news_search_page: t("News search"),
  conversation_insight: t("Conversation analysis"),
  waterfall_email: t("Email address found by several providers"),
  waterfall_phone: t("Phone number found by several providers"),
  email_verification: t("Email address verified"),
}));

export function actionWords(action: string) {
  return ACTIONS[action] ?? action;
}

/** No limit is told from one that is high by the wire's largest number, in calls as they are counted. */
const NO_LIMIT = 2_000_000_000;

export function isLimited(limit: number) {
  return limit > 0 && limit < NO_LIMIT;
}

/** The team's kinds of credit that are limited or used, to keep the list short; the first two always. */
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
  const held = reserved > 0 ? t(", {reserved, number} held", { reserved }) : "";
  return limit === null
    ? t("{used} used{held}, no limit", { used, held })
    : t("{used} of {limit, number} used{held}", { used, limit, held });
}
