import type { Act } from "../../../app.ts";
import {
  countBehind,
  countsFor,
  type Dimension,
  knows,
  type Metric,
  reportSourceOf,
} from "../../../domain/insight/report-metrics.ts";
import { both, type PeriodName, periodOf, periodRangeOf } from "../../../domain/insight/report-period.ts";
import {
  type Cut,
  cutsFor,
  gatherLines,
  NONE,
  type Table,
  type TableWish,
  tableOf,
  type Unfit,
} from "../../../domain/insight/report-table.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { visibleSequences } from "../../sending/message-search/store.ts";
import { listRowsBehind, type PageBounds } from "./behind-store.ts";
import type { ReportFilter } from "./counting-store.ts";
import { countSoon } from "./days-store.ts";
import { namesOf } from "./names-store.ts";

/** What counts at all. */
export type ReportScope = {
  among: Omit<ReportFilter, "visible" | "period">;
  /** A period that is named, and the ends of a range: what lies in both. */
  time: { name: PeriodName; min: string | null; max: string | null };
};

export type ReportRequest = TableWish & ReportScope;

const MOST_LINES = 200_000;

type Asking = Pick<Act, "db" | "caller" | "now">;

export async function makeReport(asking: Asking, wish: ReportRequest): Promise<Table & { unfit: Unfit }> {
  refuseContradictions(wish);
  const { db, caller } = asking;
  const { zone, filter } = await scopeOf(asking, wish);
  const unfit = unfitIn(wish);
  const counts = countsFor(wish.metrics.filter((metric) => !unfit.has(metric)));
  const asked = { group: wish.group?.dimension ?? null, pivot: wish.pivot?.dimension ?? null };
  const cuts = cutsFor(wish.group !== null, wish.pivot !== null);
  const lines = await Promise.all(
    [...counts].map(([source, some]) =>
      countSoon(db, caller.teamId, { source, counts: some, ...asked, cuts, filter, zone }, MOST_LINES),
    ),
  );
  if (lines.some((some) => some.length > MOST_LINES))
    throw new Refusal("report_too_large", { most: MOST_LINES });
  const gathered = gatherLines(lines.flat());
  const keysOf = (cut: Cut) => [...(gathered.get(cut)?.keys() ?? [])];
  const [group, pivot] = await Promise.all([
    namesOf(db, caller.teamId, asked.group, keysOf("g")),
    namesOf(db, caller.teamId, asked.pivot, keysOf("p")),
  ]);
  return { ...tableOf(gathered, wish, unfit, { group, pivot }), unfit };
}

/** One place in a report's table: which number, and of which group and value of the pivot, by their keys. */
type CellWish = ReportScope & {
  metric: Metric;
  group: { dimension: Dimension; key: string } | null;
  pivot: { dimension: Dimension; key: string } | null;
};

/** What stands behind a number: as many as it says, a page of them. */
export async function lookBehind(asking: Asking, wish: CellWish, page: PageBounds) {
  const { db, caller } = asking;
  const { zone, filter } = await scopeOf(asking, wish);
  const { metric, group, pivot, among } = wish;
  const source = reportSourceOf(metric);
  const unknown = [group?.dimension, pivot?.dimension, ...among.among.map(({ dimension }) => dimension)].find(
    (one) => one !== undefined && !knows(source, one),
  );
  if (unknown)
    throw new Refusal("parameter_invalid", {
      name: "metric",
      why: say("cannot be combined with this group or filter"),
    });
  const keyOf = (part: typeof group) => (part === null ? undefined : part.key === NONE ? null : part.key);
  const cell = { g: keyOf(group), p: keyOf(pivot) };
  const dimensions = { group: group?.dimension ?? null, pivot: pivot?.dimension ?? null };
  const asked = { source, ...dimensions, filter, zone, count: countBehind(metric), cell };
  return listRowsBehind(db, caller.teamId, asked, page);
}

async function scopeOf(asking: Asking, { among, time }: ReportScope) {
  const { db, caller, now } = asking;
  const zone = (await findTeam(db, caller.teamId))?.timeZone ?? "UTC";
  return { zone, filter: { ...among, period: periodIn(time, now, zone), visible: await visibleTo(asking) } };
}

function refuseContradictions({ metrics, sort, group, pivot }: ReportRequest) {
  if (sort && !metrics.includes(sort.metric))
    throw new Refusal("parameter_invalid", {
      name: "sorts.0.metric",
      why: say("must be one of the metrics asked for"),
    });
  if (group && group.dimension === pivot?.dimension)
    throw new Refusal("parameter_invalid", {
      name: "pivot_group_by.0.name",
      why: say("must differ from group_by"),
    });
}

async function visibleTo({ db, caller: { teamId, userId, role } }: Asking) {
  if (role === "admin") return null;
  return { userId, sequenceIds: await visibleSequences(db, teamId, userId) };
}

function periodIn({ name, min, max }: ReportScope["time"], now: Temporal.Instant, zone: string) {
  if (name === "custom_range" && min === null && max === null)
    throw new Refusal("parameter_missing", { name: "filters.smart_datetime_range" });
  const range = periodRangeOf(min, max, zone, readMoment);
  if (range.from && range.until && Temporal.Instant.compare(range.from, range.until) >= 0)
    throw new Refusal("parameter_invalid", {
      name: "filters.smart_datetime_range",
      why: say("must start before it ends"),
    });
  return both(periodOf(name, now, zone), range);
}

function unfitIn({ metrics, group, pivot, among }: ReportRequest): Unfit {
  const asked = [group?.dimension, pivot?.dimension, ...among.among.map(({ dimension }) => dimension)];
  const said = new Set(asked.filter((one) => one !== undefined));
  const unfit = metrics.map((metric): [Metric, Dimension[]] => {
    const source = reportSourceOf(metric);
    return [metric, [...said].filter((one) => !knows(source, one))];
  });
  return new Map(unfit.filter(([, dimensions]) => dimensions.length > 0));
}
