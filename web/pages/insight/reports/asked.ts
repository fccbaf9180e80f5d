// What a report asks, as the address and a kept report hold it: a call of reports/sync_report.

import type { Input } from "@cadenza/sdk";

type Call = Input<"reports", "sync">;
export type Metric = Call["metrics"][number]["value"];
export type Dimension = NonNullable<Call["group_by"]>[number]["name"];
export type Period = NonNullable<Call["date_ranges"]>[number]["modality"];
export type Filters = NonNullable<Call["filters"]>;

export type ReportQuery = {
  metrics: Metric[];
  by: Dimension | null;
  across: Dimension | null;
  period: Period;
  filters: Filters;
  skipped: string[];
};

/** A group that nothing belongs to says nothing where it is asked which of them does what. */
const NONE = "none";

export function callOf({ metrics, by, across, period, filters, skipped }: ReportQuery): Call {
  return {
    metrics: metrics.map((value) => ({ value })),
    ...(by && { group_by: [{ name: by, limit: 500 }] }),
    ...(across && { pivot_group_by: [{ name: across, limit: 24 }] }),
    date_ranges: [{ modality: period }],
    ...(Object.keys(filters).length > 0 && { filters }),
    ...(skipped.length > 0 && { skip_group_by_values: skipped }),
  };
}

/** Whatever cannot be understood is another one: an address may say anything. */
export function readAsked(filter: Record<string, unknown>, otherwise: ReportQuery): ReportQuery {
  const call = filter as Partial<Call>;
  if (!Array.isArray(call.metrics) || call.metrics.length === 0) return otherwise;
  return {
    metrics: call.metrics.map(({ value }) => value),
    by: call.group_by?.[0]?.name ?? null,
    across: call.pivot_group_by?.[0]?.name ?? null,
    period: call.date_ranges?.[0]?.modality ?? "last_30_days",
    filters: call.filters ?? {},
    skipped: [...(call.skip_group_by_values ?? [])],
  };
}

export function asks(
  metrics: readonly Metric[],
  by: Dimension | null,
  rest: Partial<Pick<ReportQuery, "across" | "period">> & { withoutNone?: true } = {},
): ReportQuery {
  const { withoutNone, ...more } = rest;
  const skipped = withoutNone ? [NONE] : [];
  return { metrics: [...metrics], by, across: null, period: "last_30_days", filters: {}, skipped, ...more };
}
