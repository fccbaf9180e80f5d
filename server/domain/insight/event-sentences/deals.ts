// How a change of a deal is said: what was changed, and of one figure or day also from what to what.

import { dayWords, listed, say, spokenRegion, texts } from "../../../kernel/say.ts";

const WORDS: Record<string, string> = texts({
  name: "name",
  owner_id: "owner",
  account_id: "company",
  amount: "amount",
  currency_code: "currency",
  closed_date: "close date",
  description: "description",
  next_step: "next step",
  next_step_date: "day of the next step",
  closed_lost_reason: "reason lost",
  closed_won_reason: "reason won",
  deal_probability: "probability",
  opportunity_contact_roles: "contacts",
  typed_custom_fields: "custom fields",
  salesforce_id: "Salesforce id",
  crm_id: "CRM id",
});

type Told = { name?: unknown; changed?: unknown; from?: unknown; to?: unknown };

/** Behind who did it: "changed the amount of the deal Boiler from 10,000 to 48,500". */
export function changedDeal({ name, changed, from, to }: Told) {
  const names = Array.isArray(changed) ? changed.flatMap((one) => WORDS[String(one)] ?? []) : [];
  if (names.length === 0) return say("changed the deal {name}", { name });
  const [only, ...others] = Array.isArray(changed) ? changed.map(String) : [];
  const values = others.length === 0 && only ? fromTo(only, from, to) : "";
  return say("changed the {names} of the deal {name}{values}", { names: listed(names), name, values });
}

function fromTo(key: string, from: unknown, to: unknown) {
  const [before, after] = [said(key, valueIn(from, key)), said(key, valueIn(to, key))];
  if (before && after) return say(" from {before} to {after}", { before, after });
  return after ? say(" to {after}", { after }) : before ? say(", which was {before}", { before }) : "";
}

function valueIn(values: unknown, key: string) {
  return typeof values === "object" && values !== null ? (values as Record<string, unknown>)[key] : null;
}

function said(key: string, value: unknown) {
  if (value === null || value === undefined) return "";
  if (/_date$/.test(key)) return dayWords(value);
  if (key === "deal_probability") return `${value} %`;
  return typeof value === "number" ? value.toLocaleString(spokenRegion()) : String(value);
}
