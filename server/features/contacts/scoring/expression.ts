// A formula as SQL, over a contact `c`: the facts its signals need, and the resulting score. All values that users
// chose are parameters; the rest of the statement comes from the tables below.
//
// Easy to get wrong: the rule in domain/contacts/prospect-score.ts must give the same result for the same facts, so
// change both together. Each fact is read once, however many signals use it; an `offset 0` ensures that.

import { RANK_PATTERNS } from "../../../domain/contacts/people.ts";
import { type Formula, factKey, type ScoreSignal } from "../../../domain/contacts/prospect-score.ts";
import {
  BETWEEN_WORDS,
  lowerCasedTexts,
  type Operator,
  paddedWords,
  type ScoreFieldName,
} from "../../../domain/contacts/score-fields.ts";

/** Keeps a value as a parameter and answers its place. */
type Keep = (value: unknown) => string;

type Expression = {
  /** What follows `from contacts c`. */
  joins: string;
  /** Written when they are asked for: a parameter that no statement holds is refused. */
  score(): string;
  /** An object with the facts by their keys. */
  facts(): string;
};

/** False once unsubscribed, bounced or barred. */
export const MAY_BE_CONTACTED =
  "not (coalesce(c.email_unsubscribed, false) or c.do_not_contact or c.bounced_at is not null)";

export function expressionOf({ signals, outOf }: Pick<Formula, "signals" | "outOf">, keep: Keep): Expression {
  const columns = new Map<string, { name: string; sql: string }>();
  for (const one of signals)
    if (!columns.has(factKey(one)))
      columns.set(factKey(one), { name: `f${columns.size}`, sql: factOf(one, keep) });
  const nameOf = (one: ScoreSignal) => `f.${columns.get(factKey(one))?.name}`;
  const needsAccount = signals.some(({ field }) => ABOUT_ACCOUNT.has(field));
  const list = [...columns.values()].map(({ name, sql }) => `${sql} as ${name}`).join(", ");
  return {
    joins: `${needsAccount ? "left join accounts a on a.team_id = c.team_id and a.id = c.account_id" : ""}
      cross join lateral (select ${list || "null as f0"} offset 0) f`,
    score() {
      const points = signals.map(
        (one) => `case when ${passing(one, nameOf(one), keep)} then ${keep(one.weight)}::int else 0 end`,
      );
      const full = `${keep(outOf)}::int`;
      return `case when ${MAY_BE_CONTACTED}
        then least(100, (200 * greatest(0, ${points.join(" + ") || "0"}) + ${full}) / (2 * ${full})) else 0 end`;
    },
    facts: () =>
      `jsonb_build_object(${[...columns].map(([key, { name }]) => `${keep(key)}::text, f.${name}`).join(", ")})`,
  };
}

/** Whole days since then. */
const daysSince = (moment: string) =>
  `floor(extract(epoch from (select cadenza_now()) - ${moment}) / 86400)::int`;

const SENIORITY = `case when c.title is null or btrim(c.title) = '' then null
  ${RANK_PATTERNS.map(([rank, pattern]) => `when lower(c.title) collate "C" ~ '${inPostgres(pattern)}' then '${rank}'`).join("\n  ")}
  else 'entry' end`;

/** The patterns are ours, and hold no quotes. */
function inPostgres(pattern: string) {
  return pattern.replaceAll("\\b", "\\y").replaceAll(".*", "[^\\n\\r]*");
}

const labelsOf = (of: "contact" | "account") =>
  `array(select l.label_id::text from ${of}_labels l
          where l.team_id = c.team_id and l.${of}_id = ${of === "contact" ? "c.id" : "a.id"} order by 1)`;

const REPLIES = "incoming_mails i where i.team_id = c.team_id and i.contact_id = c.id and i.counts";

const FACTS: Record<Exclude<ScoreFieldName, "contact_field" | "account_field">, string> = {
  title: "c.title",
  seniority: SENIORITY,
  email_status: "case when c.email is not null then coalesce(c.email_status, 'unverified') end",
  phone: "c.sanitized_phone",
  linkedin_url: "c.linkedin_url",
  time_zone: "c.time_zone",
  contact_stage: "c.contact_stage_id::text",
  owner: "c.owner_id::text",
  city: "c.city",
  state: "c.state",
  country: "c.country",
  source: "c.source",
  lists: labelsOf("contact"),
  created: daysSince("c.created_at"),
  job_change: daysSince("c.job_change_detected_at"),
  account: "case when a.id is not null then coalesce(a.name, a.domain, '') end",
  industry: "a.industry",
  head_count: "a.estimated_num_employees",
  annual_revenue: "a.annual_revenue",
  founded_year: "a.founded_year",
  company_country: "a.country",
  account_stage: "a.account_stage_id::text",
  account_lists: labelsOf("account"),
  technologies: `coalesce((select o.technology_uids from organizations o
    where o.team_id = c.team_id and o.id = a.organization_id), '{}')`,
  opened: daysSince("c.email_last_opened_at"),
  clicked: daysSince("c.email_last_clicked_at"),
  replied: daysSince(`(select max(i.received_at) from ${REPLIES})`),
  reply_classes: `array(select distinct i.reply_class from ${REPLIES} and i.reply_class is not null order by 1)`,
  last_touch: daysSince("c.last_activity_at"),
};

const ABOUT_ACCOUNT: ReadonlySet<ScoreFieldName> = new Set([
  "account",
  "industry",
  "head_count",
  "annual_revenue",
  "founded_year",
  "company_country",
  "account_stage",
  "account_lists",
  "technologies",
  "account_field",
]);

const VALUES: Record<ScoreSignal["kind"], string> = {
  text: "v.text_value",
  words: "v.text_value",
  number: "v.number_value",
  list: "v.option_ids",
  flag: "v.boolean_value",
  date: "coalesce(v.date_value, (v.moment_value at time zone 'UTC')::date)::text",
  age: "null::int",
};

function factOf({ field, customFieldId, kind }: ScoreSignal, keep: Keep): string {
  if (field !== "contact_field" && field !== "account_field") return FACTS[field];
  const of = field === "contact_field" ? "contact" : "account";
  return `(select ${VALUES[kind]} from ${of}_field_values v where v.team_id = c.team_id
    and v.${of}_id = ${of === "contact" ? "c.id" : "a.id"} and v.field_id = ${keep(customFieldId)})`;
}

type Passing = (fact: string, value: ScoreSignal["value"], keep: Keep, kind: ScoreSignal["kind"]) => string;

const folded = (fact: string, kind: ScoreSignal["kind"]) =>
  kind === "list" ? `array(select lower(one) from unnest(${fact}::text[]) one)` : `lower(${fact})`;

/** ` vp sales `, as wordsOf makes it. */
const inWords = (fact: string) =>
  `(' ' || btrim(regexp_replace(lower(${fact}), E'${BETWEEN_WORDS.replaceAll("\\", "\\\\").replaceAll("'", "''")}', ' ', 'g'), ' ') || ' ')`;

const hasAny: Passing = (fact, value, keep, kind) =>
  kind === "words"
    ? `${inWords(fact)} like any (${keep(lowerCasedTexts(value).map((one) => `%${escaped(paddedWords(one))}%`))}::text[])`
    : `${folded(fact, kind)} && ${keep(lowerCasedTexts(value))}::text[]`;

function escaped(text: string) {
  return text.replace(/[\\%_]/g, "\\$&");
}

const PASSING: Record<Operator, Passing> = {
  is_known: (fact, _value, _keep, kind) =>
    kind === "list" ? `cardinality(${fact}) > 0` : `${fact} is not null`,
  is_unknown: (fact, _value, _keep, kind) =>
    kind === "list" ? `coalesce(cardinality(${fact}), 0) = 0` : `${fact} is null`,
  is_any_of: (fact, value, keep, kind) =>
    `${folded(fact, kind)} = any (${keep(lowerCasedTexts(value))}::text[])`,
  is_none_of: (fact, value, keep, kind) =>
    `${folded(fact, kind)} <> all (${keep(lowerCasedTexts(value))}::text[])`,
  has_any_of: hasAny,
  has_none_of: (fact, value, keep, kind) => `not (${hasAny(fact, value, keep, kind)})`,
  at_least: (fact, value, keep) => `${fact} >= ${keep(value)}::numeric`,
  at_most: (fact, value, keep) => `${fact} <= ${keep(value)}::numeric`,
  within_days: (fact, value, keep) => `${fact} < ${keep(value)}::int`,
  not_within_days: (fact, value, keep) => `coalesce(${fact} >= ${keep(value)}::int, true)`,
  is_after: (fact, value, keep) => `${fact} collate "C" > ${keep(value)}::text`,
  is_before: (fact, value, keep) => `${fact} collate "C" < ${keep(value)}::text`,
  is_true: (fact) => fact,
  is_false: (fact) => `not ${fact}`,
};

function passing({ operator, value, kind }: ScoreSignal, fact: string, keep: Keep) {
  return PASSING[operator](fact, value, keep, kind);
}
