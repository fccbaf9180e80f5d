import {
  COUNTS_OF_PEOPLE,
  countBehind,
  type Metric,
  type ReportSource,
  reportSourceOf,
} from "../../../domain/insight/report-metrics.ts";
import type { MetricValues, ReportBucket, Table } from "../../../domain/insight/report-table.ts";
import { storedOrNull } from "../../../kernel/moments.ts";
import type { Behind } from "./behind-store.ts";

/** What the dimensions are called in the call that is answered. */
type DimensionNames = { group: string | null; pivot: string | null };
export type Totals = { ofGroups: boolean; ofPivots: boolean };

type Plain = Record<string, number | string | null>;
type Shown = { buckets: (Plain | Record<string, number | string | null | { buckets: Plain[] }>)[] };

export function presentReport(
  { whole, groups, pivots }: Table,
  { group, pivot }: DimensionNames,
  totals: Totals,
) {
  const [byGroup, byPivot] = [
    group ? { [group]: listed(groups, null) } : null,
    pivot ? { [pivot]: listed(pivots, null) } : null,
  ];
  const table = group ? { [group]: listed(groups, pivot) } : byPivot;
  return {
    table_response: table ?? plain(whole),
    group_by_total_response: totals.ofGroups ? (byPivot ?? plain(whole)) : {},
    pivot_group_by_total_response: totals.ofPivots ? (byGroup ?? plain(whole)) : {},
  };
}

const plain = (values: MetricValues): Record<string, number | null> => Object.fromEntries(values);

function listed(buckets: readonly ReportBucket[], pivot: string | null): Shown {
  return {
    buckets: buckets.map(({ key, name, values, pivots }) => ({
      key,
      readable_key: name,
      ...plain(values),
      ...(pivot && { [pivot]: { buckets: listed(pivots, null).buckets as Plain[] } }),
    })),
  };
}

/** The table as lines of a file: whatever it is grouped by, and then the metrics. */
export function presentLines(
  { whole, groups, pivots }: Table,
  { group, pivot }: DimensionNames,
): (string | number | null)[][] {
  const cells = (values: MetricValues) => [...values.values()];
  const line = ({ key, name, values }: ReportBucket) => [key, name, ...cells(values)];
  if (group && pivot)
    return groups.flatMap(({ key, name, pivots: inner }) => inner.map((one) => [key, name, ...line(one)]));
  if (group || pivot) return (group ? groups : pivots).map(line);
  return [cells(whole)];
}

export function columnsFor(
  metrics: readonly { value: Metric; display_name?: string | undefined }[],
  { group, pivot }: DimensionNames,
) {
  const named = new Map(metrics.map(({ value, display_name }) => [value, display_name || value]));
  return [...[group, pivot].flatMap((name) => (name ? [name, `${name}_readable`] : [])), ...named.values()];
}

const OF = {
  mails: "emailer_messages",
  planned: "emailer_messages",
  calls: "phone_calls",
  tasks_created: "tasks",
  tasks_completed: "tasks",
  tasks_skipped: "tasks",
  tasks_open: "tasks",
  members: "contact_campaign_statuses",
  deals: "opportunities",
  closed_deals: "opportunities",
} as const satisfies Record<ReportSource, string>;

export function presentBehind(
  metric: Metric,
  rows: readonly Behind[],
  { page, perPage, total }: { page: number; perPage: number; total: number },
) {
  const isOfPeople = COUNTS_OF_PEOPLE.includes(countBehind(metric));
  return {
    of: isOfPeople ? ("contacts" as const) : OF[reportSourceOf(metric)],
    rows: rows.map(({ id, at, contactId, contactName, title }) => ({
      id,
      at: storedOrNull(at),
      contact_id: contactId,
      contact_name: contactName,
      title,
    })),
    pagination: { page, per_page: perPage, total_entries: total, total_pages: Math.ceil(total / perPage) },
  };
}
