// How promising a contact is, from 0 to 100, by a formula that users can read: up to 25 signals, each with its points,
// and how many points make a hundred. The score decides what is sent first. The same formula is compiled to SQL for a
// million contacts at once (features/contacts/scoring/expression.ts), and a test holds both to the same result.
//
// Easy to get wrong: scaling uses whole numbers, so that Postgres and we round alike. A contact who must not be
// contacted has 0, whatever else is known.

import { codeWords } from "../../kernel/code-words.ts";
import { say, texts, toSay } from "../../kernel/say.ts";
import {
  type Fact,
  type FieldKind,
  fieldOf,
  OPERANDS,
  type Operator,
  passes,
  type ScoreFieldName,
  type ScoreTest,
} from "./score-fields.ts";

export type ScoreSignal = ScoreTest & {
  field: ScoreFieldName;
  /** Of the team's own fields: which. */
  customFieldId: string | null;
  kind: FieldKind;
  /** What people call it; null: said from the rest. */
  name: string | null;
  weight: number;
};

export type Formula = {
  signals: readonly ScoreSignal[];
  /** So many points are a hundred. */
  outOf: number;
  /** Reaching one of these scores, or falling below it, is an event. */
  marks: readonly number[];
};

export const MOST_SIGNALS = 25;

const LEADERS = ["owner", "founder", "c_suite", "partner"];
const HEADS = ["vp", "head", "director", "manager"];

/** Until a team has its own. */
export const DEFAULT_FORMULA: Formula = {
  outOf: 100,
  marks: [75],
  signals: [
    signal("email_status", "is_any_of", 25, toSay("A verified email address"), ["verified"]),
    signal("email_status", "is_none_of", 10, toSay("An unverified email address"), ["verified"]),
    signal("phone", "is_known", 10, toSay("A phone number")),
    signal("seniority", "is_any_of", 15, toSay("Leads the company"), LEADERS),
    signal("seniority", "is_any_of", 10, toSay("Leads a department"), HEADS),
    signal("account", "is_known", 10, toSay("Works at a company in your list")),
    signal("linkedin_url", "is_known", 5, toSay("A LinkedIn profile")),
    signal("time_zone", "is_known", 5, toSay("A known time zone")),
    signal("job_change", "is_known", 10, toSay("Changed jobs")),
    signal("opened", "is_known", 5, toSay("Opened an email")),
    signal("clicked", "is_known", 15, toSay("Clicked a link")),
  ],
};

function signal(
  field: ScoreFieldName,
  operator: Operator,
  weight: number,
  name: string,
  value: readonly string[] | null = null,
): ScoreSignal {
  return { field, operator, weight, name, value, kind: fieldOf(field).kind, customFieldId: null };
}

/** Under which a signal's fact is handed over. */
export function factKey({ field, customFieldId }: Pick<ScoreSignal, "field" | "customFieldId">) {
  return customFieldId === null ? field : `${field} ${customFieldId}`;
}

export type ScoreFacts = { mayBeContacted: boolean; facts: Readonly<Record<string, Fact>> };

type ScorePart = {
  code: string;
  /** Its place in the formula, from 1; null where the formula was not asked. */
  signal: number | null;
  points: number;
  says: string;
  /** The value that earned the points. */
  seen: string | null;
};

export type Score = { score: number; parts: ScorePart[] };

export function prospectScore(formula: Formula, { mayBeContacted, facts }: ScoreFacts): Score {
  if (!mayBeContacted) {
    const says = say("Must not be contacted");
    return { score: 0, parts: [{ code: "not_to_be_contacted", signal: null, points: 0, says, seen: null }] };
  }
  const parts = formula.signals.flatMap((one, i): ScorePart[] => {
    const fact = facts[factKey(one)] ?? null;
    if (!passes(one.kind, fact, one)) return [];
    return [
      { code: one.field, signal: i + 1, points: one.weight, says: sayOf(one), seen: seenOf(one, fact) },
    ];
  });
  return { score: scaled(sumOf(parts), formula.outOf), parts };
}

function sumOf(parts: readonly ScorePart[]) {
  return parts.reduce((sum, { points }) => sum + points, 0);
}

/** Rounded half up, in whole numbers. */
function scaled(points: number, outOf: number) {
  return Math.min(100, Math.floor((200 * Math.max(0, points) + outOf) / (2 * outOf)));
}

/** The sum of all points that can be earned: it counts as a hundred by default. */
export function fullPoints(signals: readonly Pick<ScoreSignal, "weight">[]) {
  return Math.max(
    1,
    signals.reduce((sum, { weight }) => sum + Math.max(0, weight), 0),
  );
}

/** The marks between two scores, and which way they were passed. */
export function marksCrossed(marks: readonly number[], from: number, to: number) {
  return marks
    .filter((mark) => from < mark !== to < mark)
    .map((mark) => ({ mark, direction: to > from ? ("up" as const) : ("down" as const) }));
}

const ASKS: Record<Operator, string> = texts({
  is_any_of: "is",
  is_none_of: "is not",
  has_any_of: "has",
  has_none_of: "does not have",
  at_least: "at least",
  at_most: "at most",
  within_days: "in the last",
  not_within_days: "not in the last",
  is_after: "after",
  is_before: "before",
  is_true: "is true",
  is_false: "is false",
  is_known: "is known",
  is_unknown: "is not known",
});

/** What a signal asks, in words. Ids say nothing to a person, so they are counted. */
export function sayOf({ name, field, operator, value }: ScoreSignal): string {
  if (name !== null) return say(name); // a name of the default formula is one of our texts
  const of = fieldOf(field);
  if (OPERANDS[operator] === "days")
    return say("{name} {operator} {value, plural, one {# day} other {# days}}", {
      name: say(of.name),
      operator: ASKS[operator],
      value: Number(value),
    });
  const compared =
    OPERANDS[operator] === "nothing"
      ? ""
      : Array.isArray(value)
        ? of.ids
          ? say(" one of {length}", { length: value.length })
          : ` ${value.map((one) => (of.choices ? codeWords(one) : one)).join(", ")}`
        : ` ${value}`;
  return `${say(of.name)} ${ASKS[operator]}${compared}`;
}

function seenOf({ kind, field }: ScoreSignal, fact: Fact): string | null {
  if (fact === null) return null;
  if (fieldOf(field).choices) return codeWords(fact);
  if (kind === "age")
    return Number(fact) <= 0
      ? say("today")
      : say("{days, plural, one {a day ago} other {# days ago}}", { days: Number(fact) });
  return Array.isArray(fact) ? fact.join(", ") : String(fact);
}
