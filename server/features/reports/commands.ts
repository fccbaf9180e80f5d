import type { Act } from "../../app.ts";
import { countsFor, type Dimension, knows, type Metric, sourceOf } from "../../domain/report-metrics.ts";
import { both, type PeriodName, periodOf, rangeOf } from "../../domain/report-period.ts";
import {
  type Cut,
  cutsFor,
  gather,
  type Table,
  type TableWish,
  tableOf,
  type Unfit,
} from "../../domain/report-table.ts";
import { readMoment } from "../../moments.ts";
import { Refusal } from "../../refusal.ts";
import { visibleSequences } from "../message-search/store.ts";
import { findTeam } from "../teams/store.ts";
import { count, type Filter } from "./counting-store.ts";
import { namesOf } from "./names-store.ts";

export type Wish = TableWish & {
  among: Omit<Filter, "visible" | "period">;
  /** A period that is named, and the ends of a range: what lies in both. */
  time: { name: PeriodName; min: string | null; max: string | null };
};

const MOST_LINES = 200_000;

type Asking = Pick<Act, "db" | "caller" | "now">;

export async function makeReport(asking: Asking, wish: Wish): Promise<Table & { unfit: Unfit }> {
  refuseContradictions(wish);
  const { db, caller } = asking;
  const zone = (await findTeam(db, caller.teamId))?.timeZone ?? "UTC";
  const filter = {
    ...wish.among,
    period: periodIn(wish, asking.now, zone),
    visible: await visibleTo(asking),
  };
  const unfit = unfitIn(wish);
  const counts = countsFor(wish.metrics.filter((metric) => !unfit.has(metric)));
  const asked = { group: wish.group?.dimension ?? null, pivot: wish.pivot?.dimension ?? null };
  const cuts = cutsFor(wish.group !== null, wish.pivot !== null);
  const lines = await Promise.all(
    [...counts].map(([source, some]) =>
      count(db, caller.teamId, { source, counts: some, ...asked, cuts, filter, zone }, MOST_LINES),
    ),
  );
  if (lines.some((some) => some.length > MOST_LINES))
    throw new Refusal("report_too_large", { most: MOST_LINES });
  const gathered = gather(lines.flat());
  const keysOf = (cut: Cut) => [...(gathered.get(cut)?.keys() ?? [])];
  const [group, pivot] = await Promise.all([
    namesOf(db, caller.teamId, asked.group, keysOf("g")),
    namesOf(db, caller.teamId, asked.pivot, keysOf("p")),
  ]);
  return { ...tableOf(gathered, wish, unfit, { group, pivot }), unfit };
}

function refuseContradictions({ metrics, sort, group, pivot }: Wish) {
  if (sort && !metrics.includes(sort.metric))
    throw new Refusal("parameter_invalid", {
      name: "sorts.0.metric",
      why: "must be one of the metrics asked for",
    });
  if (group && group.dimension === pivot?.dimension)
    throw new Refusal("parameter_invalid", {
      name: "pivot_group_by.0.name",
      why: "must differ from group_by",
    });
}

async function visibleTo({ db, caller: { teamId, userId, role } }: Asking) {
  if (role === "admin") return null;
  return { userId, sequenceIds: await visibleSequences(db, teamId, userId) };
}

function periodIn({ time: { name, min, max } }: Wish, now: Temporal.Instant, zone: string) {
  if (name === "custom_range" && min === null && max === null)
    throw new Refusal("parameter_missing", { name: "filters.smart_datetime_range" });
  const range = rangeOf(min, max, zone, readMoment);
  if (range.from && range.until && Temporal.Instant.compare(range.from, range.until) >= 0)
    throw new Refusal("parameter_invalid", {
      name: "filters.smart_datetime_range",
      why: "must begin before it ends",
    });
  return both(periodOf(name, now, zone), range);
}

function unfitIn({ metrics, group, pivot, among }: Wish): Unfit {
  const asked = [group?.dimension, pivot?.dimension, ...among.among.map(({ dimension }) => dimension)];
  const said = new Set(asked.filter((one) => one !== undefined));
  const unfit = metrics.map((metric): [Metric, Dimension[]] => {
    const source = sourceOf(metric);
    return [metric, [...said].filter((one) => !knows(source, one))];
  });
  return new Map(unfit.filter(([, dimensions]) => dimensions.length > 0));
}
