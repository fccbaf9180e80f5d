import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api } from "../../../session.ts";
import { callOf, type Dimension, type Metric, type ReportQuery } from "./asked.ts";
import { sayGroup } from "./axis.ts";

export type Figures = Partial<Record<Metric, number | null>>;
type ReportGroup = { key: string; name: string; figures: Figures; pivots: Map<string, Figures> };
export type ReportFigures = {
  totals: Figures;
  groups: ReportGroup[];
  pivots: { key: string; name: string }[];
  unfit: Record<string, string[]>;
};

export const reportQuery = (asked: ReportQuery) =>
  queryOptions({
    queryKey: ["reports", callOf(asked)],
    queryFn: async ({ signal }): Promise<ReportFigures> => {
      const totals = { group_by_totals_selected: true };
      const found = await api.reports.sync({ ...callOf(asked), ...totals }, { signal });
      const { table_response, group_by_total_response } = found.response;
      const groups = asked.by ? bucketsIn(table_response, asked.by) : [];
      const columns = asked.by && asked.across ? bucketsIn(group_by_total_response, asked.across) : [];
      const whole =
        asked.by && asked.across
          ? await wholeOf(asked, signal)
          : asked.by
            ? group_by_total_response
            : table_response;
      return {
        totals: figuresIn(whole),
        groups: groups.map((bucket) => ({
          key: String(bucket.key),
          name: sayGroup(asked.by as Dimension, String(bucket.key), String(bucket.readable_key)),
          figures: figuresIn(bucket),
          pivots: new Map(
            asked.across
              ? bucketsIn(bucket, asked.across).map((one) => [String(one.key), figuresIn(one)])
              : [],
          ),
        })),
        pivots: columns.map(({ key, readable_key }) => ({
          key: String(key),
          name: sayGroup(asked.across as Dimension, String(key), String(readable_key)),
        })),
        unfit: found.incompatible_filters,
      };
    },
    placeholderData: keepPreviousData,
  });

/** With a pivot, the totals stand one for each of its values; all of it together is a question of its own. */
async function wholeOf(asked: ReportQuery, signal: AbortSignal) {
  const { response } = await api.reports.sync(callOf({ ...asked, by: null, across: null, skipped: [] }), {
    signal,
  });
  return response.table_response;
}

type Bucket = Record<string, unknown>;

function bucketsIn(of: Record<string, unknown>, name: Dimension): Bucket[] {
  const found = of[name] as { buckets?: Bucket[] } | undefined;
  return found?.buckets ?? [];
}

function figuresIn(of: Record<string, unknown>): Figures {
  return Object.fromEntries(
    Object.entries(of).filter(([, value]) => typeof value === "number" || value === null),
  ) as Figures;
}

export type ReportCell = { metric: Metric; group: string | null; pivot: string | null };

const PAGE = 25;

/** What stands behind a number, as many rows as it says. */
export const behindQuery = (asked: ReportQuery, { metric, group, pivot }: ReportCell) => {
  const { filters, date_ranges } = callOf(asked);
  const by = (name: Dimension | null, key: string | null) => (name && key !== null ? { name, key } : null);
  const [inGroup, inPivot] = [by(asked.by, group), by(asked.across, pivot)];
  const cell = {
    metric,
    ...(filters && { filters }),
    ...(date_ranges && { date_ranges }),
    ...(inGroup && { group: inGroup }),
    ...(inPivot && { pivot: inPivot }),
  };
  return infiniteQueryOptions({
    queryKey: ["reports", "behind", cell],
    queryFn: ({ pageParam, signal }) =>
      api.reports.behind({ ...cell, page: pageParam, per_page: PAGE }, { signal }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : undefined),
  });
};

export type ReportSchedule = Awaited<ReturnType<typeof api.reportSchedules.list>>["report_schedules"][number];

export const schedulesQuery = (viewId: string) =>
  queryOptions({
    queryKey: ["report-schedules", viewId],
    queryFn: async () => (await api.reportSchedules.list({ view_id: viewId })).report_schedules,
  });

export const runsQuery = (id: string) =>
  queryOptions({
    queryKey: ["report-schedules", "runs", id],
    queryFn: async () => (await api.reportSchedules.runs({ id })).report_runs,
  });

function useWrite<Wish, Answer>(write: (wish: Wish) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["report-schedules"] }),
  });
}

export type ReportScheduleInput = Parameters<typeof api.reportSchedules.create>[0];
export const useSchedule = () => useWrite((wish: ReportScheduleInput) => api.reportSchedules.create(wish));
export const useSwitch = () =>
  useWrite((wish: { id: string; active: boolean }) => api.reportSchedules.update(wish));
export const useUnschedule = () => useWrite((id: string) => api.reportSchedules.delete({ id }));
