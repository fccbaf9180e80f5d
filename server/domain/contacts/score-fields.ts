// What a score may look at: each field's kind, and what can be asked of a value of that kind. A fact is what is known of a
// contact in one field, as plain data; ages are whole days that have passed.

import { toSay } from "../../kernel/say.ts";
import { SENIORITIES } from "./people.ts";

export type FieldKind = "text" | "words" | "number" | "list" | "age" | "flag" | "date";

export const SCORE_OPERATORS = {
  text: ["is_any_of", "is_none_of", "is_known", "is_unknown"],
  words: ["has_any_of", "has_none_of", "is_known", "is_unknown"],
  number: ["at_least", "at_most", "is_known", "is_unknown"],
  list: ["has_any_of", "has_none_of", "is_known", "is_unknown"],
  age: ["is_known", "is_unknown", "within_days", "not_within_days"],
  flag: ["is_true", "is_false", "is_known", "is_unknown"],
  date: ["is_after", "is_before", "is_known", "is_unknown"],
} as const satisfies Record<FieldKind, readonly string[]>;

export type Operator = (typeof SCORE_OPERATORS)[FieldKind][number];

/** What an operator is compared with. */
type Operand = "texts" | "number" | "days" | "date" | "nothing";

export const OPERANDS: Record<Operator, Operand> = {
  is_any_of: "texts",
  is_none_of: "texts",
  has_any_of: "texts",
  has_none_of: "texts",
  at_least: "number",
  at_most: "number",
  within_days: "days",
  not_within_days: "days",
  is_after: "date",
  is_before: "date",
  is_true: "nothing",
  is_false: "nothing",
  is_known: "nothing",
  is_unknown: "nothing",
};

type FieldOf = "contact" | "company" | "activity";
/** Whose ids the values are, where they are ids. */
export type IdsOf = "labels" | "contact_stages" | "account_stages" | "users";

type ScoreField = {
  of: FieldOf;
  kind: FieldKind;
  name: string;
  choices?: readonly string[];
  ids?: IdsOf;
};

export const SCORE_FIELDS = {
  title: { of: "contact", kind: "words", name: toSay("Title") },
  seniority: { of: "contact", kind: "text", name: toSay("Seniority"), choices: SENIORITIES },
  email_status: {
    of: "contact",
    kind: "text",
    name: toSay("Email address"),
    choices: ["verified", "unverified", "likely to engage", "unavailable", "bounced"],
  },
  phone: { of: "contact", kind: "text", name: toSay("Phone number") },
  linkedin_url: { of: "contact", kind: "text", name: toSay("LinkedIn profile") },
  time_zone: { of: "contact", kind: "text", name: toSay("Time zone") },
  contact_stage: { of: "contact", kind: "text", name: toSay("Stage"), ids: "contact_stages" },
  owner: { of: "contact", kind: "text", name: toSay("Owner"), ids: "users" },
  city: { of: "contact", kind: "text", name: toSay("City") },
  state: { of: "contact", kind: "text", name: toSay("State") },
  country: { of: "contact", kind: "text", name: toSay("Country") },
  source: { of: "contact", kind: "text", name: toSay("Source") },
  lists: { of: "contact", kind: "list", name: toSay("Lists"), ids: "labels" },
  created: { of: "contact", kind: "age", name: toSay("Added") },
  job_change: { of: "contact", kind: "age", name: toSay("Job change") },
  contact_field: { of: "contact", kind: "text", name: toSay("Custom field") },
  account: { of: "company", kind: "text", name: toSay("Company") },
  industry: { of: "company", kind: "text", name: toSay("Industry") },
  head_count: { of: "company", kind: "number", name: toSay("Number of employees") },
  annual_revenue: { of: "company", kind: "number", name: toSay("Annual revenue") },
  founded_year: { of: "company", kind: "number", name: toSay("Founded") },
  company_country: { of: "company", kind: "text", name: toSay("Company country") },
  account_stage: { of: "company", kind: "text", name: toSay("Company stage"), ids: "account_stages" },
  account_lists: { of: "company", kind: "list", name: toSay("Company lists"), ids: "labels" },
  technologies: { of: "company", kind: "list", name: toSay("Technologies") },
  account_field: { of: "company", kind: "text", name: toSay("Company custom field") },
  opened: { of: "activity", kind: "age", name: toSay("Opened an email") },
  clicked: { of: "activity", kind: "age", name: toSay("Clicked a link") },
  replied: { of: "activity", kind: "age", name: toSay("Replied") },
  reply_classes: { of: "activity", kind: "list", name: toSay("Reply types") },
  last_touch: { of: "activity", kind: "age", name: toSay("Last activity") },
} as const satisfies Record<string, ScoreField>;

export type ScoreFieldName = keyof typeof SCORE_FIELDS;

export function fieldOf(name: ScoreFieldName): ScoreField {
  return SCORE_FIELDS[name];
}

export type Fact = string | number | boolean | readonly string[] | null;

export type ScoreTest = { operator: Operator; value: string | number | readonly string[] | null };

/** Whether a fact passes. Nothing known passes only what asks for that, or for what has not been lately. */
export function passes(kind: FieldKind, fact: Fact, { operator, value }: ScoreTest): boolean {
  const isKnown = Array.isArray(fact) ? fact.length > 0 : fact !== null;
  if (operator === "is_known") return isKnown;
  if (operator === "is_unknown") return !isKnown;
  if (operator === "not_within_days") return fact === null || Number(fact) >= Number(value);
  if (kind === "list") {
    const held = new Set((fact as readonly string[] | null)?.map(lowerCased) ?? []);
    return lowerCasedTexts(value).some((one) => held.has(one)) === (operator === "has_any_of");
  }
  if (fact === null) return false;
  if (kind === "words") {
    const title = paddedWords(String(fact));
    return (
      lowerCasedTexts(value).some((one) => title.includes(paddedWords(one))) === (operator === "has_any_of")
    );
  }
  if (operator === "is_any_of" || operator === "is_none_of")
    return lowerCasedTexts(value).includes(lowerCased(String(fact))) === (operator === "is_any_of");
  return COMPARISONS[operator as keyof typeof COMPARISONS](fact, value);
}

const COMPARISONS = {
  at_least: (fact: Fact, value: ScoreTest["value"]) => Number(fact) >= Number(value),
  at_most: (fact: Fact, value: ScoreTest["value"]) => Number(fact) <= Number(value),
  within_days: (fact: Fact, value: ScoreTest["value"]) => Number(fact) < Number(value),
  is_after: (fact: Fact, value: ScoreTest["value"]) => String(fact) > String(value),
  is_before: (fact: Fact, value: ScoreTest["value"]) => String(fact) < String(value),
  is_true: (fact: Fact) => fact === true,
  is_false: (fact: Fact) => fact === false,
};

/** Case makes no difference anywhere. */
function lowerCased(text: string) {
  return text.toLowerCase();
}

export function lowerCasedTexts(value: ScoreTest["value"]): string[] {
  return Array.isArray(value) ? value.map(lowerCased) : [];
}

/** What stands between words, to us and to Postgres alike: named one by one, because their ideas of white space differ. */
export const BETWEEN_WORDS = "[] \t\n\r/,.;:&()|+_–—-]+";
const BETWEEN = /[\] \t\n\r/,.;:&()|+_–—-]+/g;

/** `VP, Sales` is ` vp sales `, so that a phrase is found as whole words. */
export function paddedWords(text: string) {
  return ` ${lowerCased(text)
    .replace(BETWEEN, " ")
    .replace(/^ +|(?<! ) +$/g, "")} `;
}
