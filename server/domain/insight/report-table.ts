// From counted lines, of one source or several, to a report's table: figures, names, order, limits and totals.

import { codeWords } from "../../kernel/code-words.ts";
import { say, texts } from "../../kernel/say.ts";
import { wordsFor } from "../enrollments/failure-words.ts";
import { type Count, type CountValues, type Dimension, figureOf, type Metric } from "./report-metrics.ts";

/** What lines are told apart by: the group and the pivot, one of them, or nothing. */
export type Cut = "gp" | "g" | "p" | "";

export type ReportLine = {
  cut: Cut;
  g: string | null;
  p: string | null;
  counted: Partial<Record<Count, number>>;
};

type Grouping = { dimension: Dimension; limit: number };

export type TableWish = {
  metrics: readonly Metric[];
  group: Grouping | null;
  pivot: Grouping | null;
  sort: { metric: Metric; isAscending: boolean } | null;
  skipped: readonly string[];
  leastWhole: number;
};

/** Of one line: each metric's figure, and null where what was asked says nothing about it. */
export type MetricValues = ReadonlyMap<Metric, number | null>;
export type ReportBucket = {
  key: string;
  name: string;
  values: MetricValues;
  pivots: readonly ReportBucket[];
};
export type Table = { whole: MetricValues; groups: readonly ReportBucket[]; pivots: readonly ReportBucket[] };
type NamesById = ReadonlyMap<string, string>;
/** Which dimensions say nothing about a metric. */
export type Unfit = ReadonlyMap<Metric, readonly Dimension[]>;

/** The key of whatever belongs to none. */
export const NONE = "none";

type Gathered = ReadonlyMap<Cut, ReadonlyMap<string, CountValues>>;

/** A bucket carries its own sum, which it is sorted by; sums of shares are shares of sums. */
export function cutsFor(isGrouped: boolean, isPivoted: boolean): Cut[] {
  const cuts: [Cut, boolean][] = [
    ["", true],
    ["g", isGrouped],
    ["p", isPivoted],
    ["gp", isGrouped && isPivoted],
  ];
  return cuts.flatMap(([cut, isWanted]) => (isWanted ? [cut] : []));
}

/** What was counted of several sources, line by line. */
export function gatherLines(lines: readonly ReportLine[]): Gathered {
  const table = new Map<Cut, Map<string, CountValues>>();
  for (const { cut, g, p, counted } of lines) {
    const [group, pivot] = [g ?? NONE, p ?? NONE];
    const key = { gp: pair(group, pivot), g: group, p: pivot, "": "" }[cut];
    const known = table.get(cut) ?? new Map<string, CountValues>();
    table.set(cut, known.set(key, { ...known.get(key), ...counted }));
  }
  return table;
}

const pair = (group: string, pivot: string) => `${group}\0${pivot}`;

export function tableOf(
  gathered: Gathered,
  wish: TableWish,
  unfit: Unfit,
  names: { group: NamesById; pivot: NamesById },
): Table {
  const { metrics, group, pivot, skipped, leastWhole } = wish;
  const valuesOf = (line: CountValues): MetricValues =>
    new Map(metrics.map((metric) => [metric, unfit.has(metric) ? null : figureOf(metric, line, leastWhole)]));
  const bucketsOf = (cut: "g" | "p", { dimension, limit }: Grouping, called: NamesById) =>
    [...(gathered.get(cut) ?? [])]
      .filter(([key]) => cut === "p" || !skipped.includes(key))
      .map(([key, line]): ReportBucket => {
        return { key, name: readable(dimension, key, called), values: valuesOf(line), pivots: [] };
      })
      .sort(orderFor(dimension, wish))
      .slice(0, limit);

  const pivots = pivot ? bucketsOf("p", pivot, names.pivot) : [];
  const cells = gathered.get("gp");
  const groups = (group ? bucketsOf("g", group, names.group) : []).map((bucket) => ({
    ...bucket,
    pivots: pivots.flatMap((one) => {
      const line = cells?.get(pair(bucket.key, one.key));
      return line ? [{ ...one, values: valuesOf(line) }] : [];
    }),
  }));
  return { whole: valuesOf(gathered.get("")?.get("") ?? {}), groups, pivots };
}

const BY_CLOCK: readonly Dimension[] = [
  ...(["day", "week", "month", "hour_of_day", "weekday", "reply_hour", "reply_weekday"] as const),
];

/** As asked; or times by the clock, and all else by the first metric, most first. What has no figure comes last. */
function orderFor(dimension: Dimension, { sort, metrics }: TableWish) {
  const byKey = (a: ReportBucket, b: ReportBucket) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  if (!sort && BY_CLOCK.includes(dimension)) return byKey;
  const by = sort ?? { metric: metrics[0] as Metric, isAscending: false };
  return (a: ReportBucket, b: ReportBucket) => {
    const [one, other] = [a.values.get(by.metric) ?? null, b.values.get(by.metric) ?? null];
    if (one === other) return a.name.localeCompare(b.name) || byKey(a, b);
    if (one === null || other === null) return one === null ? 1 : -1;
    return by.isAscending ? one - other : other - one;
  };
}

const WEEKDAYS = texts(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]);

function readable(dimension: Dimension, key: string, names: NamesById) {
  if (key === NONE) return say("None");
  switch (dimension) {
    case "weekday":
    case "reply_weekday":
      return WEEKDAYS[Number(key) - 1] ?? key;
    case "hour_of_day":
    case "reply_hour":
      return `${key}:00`;
    case "week":
      return say("Week of {day}", { day: key });
    case "reply_class":
    case "task_type":
      return codeWords(key);
    case "not_sent_reason":
      return wordsFor(key) ?? key;
    default:
      return names.get(key) ?? key;
  }
}
