// How promising a contact is, from 0 to 100, by a formula anybody can read: up to 25 signals, each with its points, and how
// many points make a hundred. What is sent first goes by it. The same formula is compiled to SQL for a million contacts
// at once (features/scoring/expression.ts), and a test holds both to the same verdict.
//
// Easy to get wrong: scaling is whole numbers, so that Postgres and we round alike; and whoever must not be contacted has 0
// whatever else is known of them.

import {
  type Fact,
  type FieldKind,
  fieldOf,
  OPERANDS,
  type Operator,
  passes,
  type ScoreFieldName,
  type Test,
} from "./score-fields.ts";

export type Signal = Test & {
  field: ScoreFieldName;
  /** Of the team's own fields: which. */
  customFieldId: string | null;
  kind: FieldKind;
  /** What people call it; null: said from the rest. */
  name: string | null;
  weight: number;
};

export type Formula = {
  signals: readonly Signal[];
  /** So many points are a hundred. */
  outOf: number;
  /** A contact whose score comes to one of these, or falls below it, is an event. */
  marks: readonly number[];
};

export const MOST_SIGNALS = 25;
export const MOST_MARKS = 5;

const LEADERS = ["owner", "founder", "c_suite", "partner"];
const HEADS = ["vp", "head", "director", "manager"];

/** Until a team has its own. */
export const DEFAULT_FORMULA: Formula = {
  outOf: 100,
  marks: [75],
  signals: [
    signal("email_status", "is_any_of", 25, "A verified email address", ["verified"]),
    signal("email_status", "is_none_of", 10, "An email address nobody verified", ["verified"]),
    signal("phone", "is_known", 10, "A phone number"),
    signal("seniority", "is_any_of", 15, "Leads the company", LEADERS),
    signal("seniority", "is_any_of", 10, "Leads a part of the company", HEADS),
    signal("account", "is_known", 10, "Works at a company of ours"),
    signal("linkedin_url", "is_known", 5, "A LinkedIn profile"),
    signal("time_zone", "is_known", 5, "A known time zone"),
    signal("job_change", "is_known", 10, "Changed jobs"),
    signal("opened", "is_known", 5, "Opened a mail"),
    signal("clicked", "is_known", 15, "Clicked a link"),
  ],
};

function signal(
  field: ScoreFieldName,
  operator: Operator,
  weight: number,
  name: string,
  value: readonly string[] | null = null,
): Signal {
  return { field, operator, weight, name, value, kind: fieldOf(field).kind, customFieldId: null };
}

/** Under which a signal's fact is handed over. */
export function factKey({ field, customFieldId }: Pick<Signal, "field" | "customFieldId">) {
  return customFieldId === null ? field : `${field} ${customFieldId}`;
}

export type ScoreFacts = { mayBeContacted: boolean; facts: Readonly<Record<string, Fact>> };

export type ScorePart = {
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
    const says = "Must not be contacted";
    return { score: 0, parts: [{ code: "not_to_be_contacted", signal: null, points: 0, says, seen: null }] };
  }
  const parts = formula.signals.flatMap((one, i): ScorePart[] => {
    const fact = facts[factKey(one)] ?? null;
    if (!passes(one.kind, fact, one)) return [];
    return [
      { code: one.field, signal: i + 1, points: one.weight, says: sayOf(one), seen: seenOf(one.kind, fact) },
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

/** All that can be earned: what a hundred is where nobody says otherwise. */
export function fullPoints(signals: readonly Pick<Signal, "weight">[]) {
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

const ASKS: Record<Operator, string> = {
  is_any_of: "is",
  is_none_of: "is not",
  has_any_of: "has",
  has_none_of: "has not",
  at_least: "at least",
  at_most: "at most",
  within_days: "within days:",
  not_within_days: "not within days:",
  is_after: "after",
  is_before: "before",
  is_true: "is so",
  is_false: "is not so",
  is_known: "is known",
  is_unknown: "is not known",
};

/** What a signal asks, in words. Ids say nothing to a person, so they are counted. */
export function sayOf({ name, field, operator, value }: Signal): string {
  if (name !== null) return name;
  const of = fieldOf(field);
  const compared =
    OPERANDS[operator] === "nothing"
      ? ""
      : Array.isArray(value)
        ? of.ids
          ? ` one of ${value.length}`
          : ` ${value.join(", ")}`
        : ` ${value}`;
  return `${of.name} ${ASKS[operator]}${compared}`;
}

function seenOf(kind: FieldKind, fact: Fact): string | null {
  if (fact === null) return null;
  if (kind === "age")
    return Number(fact) <= 0 ? "today" : Number(fact) === 1 ? "a day ago" : `${fact} days ago`;
  return Array.isArray(fact) ? fact.join(", ") : String(fact);
}
