// A workflow keeps its filters as the body of a search. To be shown as chips they are read back; whatever the chips would not say in
// the very same words is kept beside them and never lost.

import { t } from "../../../language/t.ts";
import type { Between, FilterValues } from "../../../parts/filters/filter.ts";
import { isHeld } from "../../../parts/filters/filter.ts";
import type { Entity } from "./queries.ts";

export type Body = Readonly<Record<string, unknown>>;
type ReadBack = { filter: FilterValues; rest: Body };

type Kind = "as" | "comma" | "semicolon" | "numbers" | "range" | "days" | "not";

const CONTACT: Record<string, readonly [key: string, kind: Kind]> = {
  q_keywords: ["q", "as"],
  contact_stage_ids: ["stage", "as"],
  contact_owner_ids: ["owner", "as"],
  contact_label_ids: ["list", "as"],
  q_organization_name: ["company", "as"],
  q_organization_domains: ["domain", "as"],
  organization_num_employees_ranges: ["employees", "range"],
  q_industry: ["industry", "as"],
  q_title: ["title", "as"],
  q_location: ["location", "as"],
  email_statuses: ["email", "as"],
  do_not_contact: ["barred", "as"],
  has_phone_number: ["phone", "as"],
  has_linkedin_url: ["profile", "as"],
  email_unsubscribed: ["unsubscribed", "as"],
  emailer_campaign_ids: ["sequence", "as"],
  prospect_score_range: ["score", "numbers"],
  contact_created_at_range: ["added", "days"],
  contact_last_activity_date_range: ["active", "days"],
};

const PERSON: typeof CONTACT = {
  q_keywords: ["q", "as"],
  person_titles: ["title", "comma"],
  include_similar_titles: ["exact", "not"],
  person_not_titles: ["notTitle", "comma"],
  person_seniorities: ["seniority", "as"],
  person_departments: ["department", "as"],
  person_locations: ["place", "semicolon"],
  contact_email_status: ["email", "as"],
  prospected_by_current_team: ["saved", "as"],
  q_organization_name: ["company", "as"],
  q_organization_domains_list: ["domain", "comma"],
  organization_num_employees_ranges: ["employees", "as"],
  organization_industry_tag_ids: ["industry", "as"],
  q_organization_keyword_tags: ["keywords", "comma"],
  organization_locations: ["companyPlace", "semicolon"],
  organization_not_locations: ["notCompanyPlace", "semicolon"],
  currently_using_any_of_technology_uids: ["technology", "as"],
  currently_not_using_any_of_technology_uids: ["notTechnology", "as"],
  revenue_range: ["revenue", "numbers"],
  total_funding_range: ["funding", "numbers"],
  latest_funding_amount_range: ["latestFunding", "numbers"],
  q_organization_job_titles: ["jobTitle", "comma"],
  organization_job_locations: ["jobPlace", "semicolon"],
  organization_num_jobs_range: ["jobs", "numbers"],
  organization_job_posted_at_range: ["jobsPosted", "days"],
};

const ACCOUNT: typeof CONTACT = {
  q_keywords: ["q", "as"],
  account_stage_ids: ["stage", "as"],
  account_owner_ids: ["owner", "as"],
  account_label_ids: ["list", "as"],
  q_organization_name: ["name", "as"],
  q_organization_domains_list: ["domain", "comma"],
  organization_num_employees_ranges: ["employees", "range"],
  q_industry: ["industry", "as"],
};

const TABLES: Record<Entity, typeof CONTACT> = { contact: CONTACT, person: PERSON, account: ACCOUNT };

const STATUSES = "contact_campaign_statuses_or_failure_reasons";

/** `ask`: what the chips would ask for. */
export function readBack(entity: Entity, body: Body, ask: (filter: FilterValues) => object): ReadBack {
  const table = TABLES[entity];
  const filter: Record<string, unknown> = {};
  const keysOf: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(body)) {
    const read = table[name] ? { [table[name][0]]: back(value, table[name][1]) } : special(name, value);
    Object.assign(filter, read);
    keysOf[name] = Object.keys(read);
  }
  const asked = ask(filter) as Body;
  const lost = Object.keys(body).filter((name) => isHeld(body[name]) && !isSame(asked[name], body[name]));
  for (const key of lost.flatMap((name) => keysOf[name] ?? [])) delete filter[key];
  return { filter, rest: Object.fromEntries(lost.map((name) => [name, body[name]])) };
}

function back(value: unknown, kind: Kind): unknown {
  switch (kind) {
    case "as":
      return value;
    case "comma":
      return Array.isArray(value) ? value.join(", ") : value;
    case "semicolon":
      return Array.isArray(value) ? value.join("; ") : value;
    case "not":
      return value === false ? true : undefined;
    case "numbers":
      return between(value, String);
    case "range":
      return rangeIn(value);
    case "days":
      return between(value, dayOf);
  }
}

/** Of one range; several are kept as they are. */
function rangeIn(value: unknown): Between {
  const [min = "", max = ""] = Array.isArray(value) ? String(value[0]).split(",") : [];
  return { ...(min && { min }), ...(max && { max }) };
}

function between(value: unknown, say: (end: unknown) => string): Between {
  const { min, max } = (value ?? {}) as { min?: unknown; max?: unknown };
  return { ...(min !== undefined && { min: say(min) }), ...(max !== undefined && { max: say(max) }) };
}

/** The viewer's own day. */
function dayOf(at: unknown) {
  const date = new Date(String(at));
  return Number.isNaN(date.getTime()) ? "" : new Intl.DateTimeFormat("sv-SE").format(date);
}

function special(name: string, value: unknown): Record<string, unknown> {
  if (name === STATUSES && Array.isArray(value)) {
    const pairs = value.map(String);
    return {
      sequence: [...new Set(pairs.map((pair) => pair.slice(0, 24)))],
      status: [...new Set(pairs.map((pair) => pair.slice(24)))],
    };
  }
  if (name === "typed_custom_fields" && Array.isArray(value))
    return Object.fromEntries(
      (value as ({ id: string; values?: string[] } & Between)[]).map(({ id, values, ...range }) => [
        `field:${id}`,
        values ?? range,
      ]),
    );
  return {};
}

function isSame(one: unknown, other: unknown) {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

/** The order of a list, and of what an object says, means nothing here. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => JSON.stringify(ordered(one))).sort();
  if (typeof value !== "object" || value === null) return value;
  const named = value as Body;
  return Object.keys(named)
    .sort()
    .map((key) => [key, ordered(named[key])]);
}

/** Filters all of whose sequences are hidden from the viewer: the server leaves those out. */
export function unseenIn(body: Body): Body {
  const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
  return Object.fromEntries(
    ["emailer_campaign_ids", STATUSES].flatMap((name) => (isEmpty(body[name]) ? [[name, body[name]]] : [])),
  );
}

/** Whether everybody there is would be found. */
export function isEverybody(body: Body) {
  if (Object.keys(unseenIn(body)).length > 0) return false;
  return Object.entries(body).every(([name, value]) => name === "include_similar_titles" || !isHeld(value));
}

/** The key of the chip that says a filter, where one does. */
export function chipOf(entity: Entity, name: string): string | undefined {
  return TABLES[entity][name]?.[0];
}

/** "contact_stage_ids" as "Stage". */
export function sayFilterName(name: string) {
  const words = name
    .replace(/^(?:q|contact|person|account)_/, "")
    .replace(/_(?:ids|ranges?|list)$/, "")
    .replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Told = {
  code: string | null;
  sentence: string;
  filters: readonly { filter: string; holds: boolean }[];
};

/** What is known of a contact; filters by the names they have on the screen. */
export function sayTold({ code, sentence, filters }: Told) {
  const unmet = filters.filter(({ holds }) => !holds).map(({ filter }) => sayFilterName(filter));
  if (code !== "filter_not_met" || unmet.length === 0) return sentence;
  return t("{unmet, plural, one {This filter does} other {These filters do}} not match: {unmet2}.", {
    unmet: unmet.length,
    unmet2: unmet.join(", "),
  });
}
