// What a call asks of a report, in our own words. A kept report is such a call, kept.

import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Dimension } from "../../../domain/insight/report-metrics.ts";
import type { ReportRequest, ReportScope } from "./commands.ts";
import type { ReportFilter } from "./counting-store.ts";

export type Input = z.output<typeof contract.reports.sync.input>;
type Name = NonNullable<Input["group_by"][number]>["name"];

export const DIMENSION: Readonly<Record<Name, Dimension>> = {
  smart_user_id: "user",
  user_id: "user",
  smart_subteam_id: "subteam",
  subteam_id: "subteam",
  emailer_campaign_id: "sequence",
  emailer_step_id: "step",
  emailer_touch_id: "touch",
  email_account_id: "mailbox",
  contact_stage_id: "contact_stage",
  account_stage_id: "account_stage",
  opportunity_stage_id: "deal_stage",
  day: "day",
  week: "week",
  month: "month",
  hour_of_day: "hour_of_day",
  day_of_week: "weekday",
  reply_class: "reply_class",
  recipient_domain: "recipient_domain",
  bounce_cause: "bounce_cause",
  reply_hour: "reply_hour",
  reply_day_of_week: "reply_weekday",
  not_sent_reason: "not_sent_reason",
  task_type: "task_type",
  phone_call_outcome_id: "call_outcome",
};

/** The filters by what rows belong to. Everybody's rows have a person, so those are filters of their own. */
const AMONG = {
  emailer_campaign_ids: "sequence",
  email_account_ids: "mailbox",
  contact_stage_ids: "contact_stage",
  account_stage_ids: "account_stage",
  opportunity_stage_ids: "deal_stage",
} as const satisfies Partial<Record<keyof Input["filters"], Dimension>>;

export function wishOf(input: Input): ReportRequest {
  const [group, pivot, sort] = [input.group_by[0], input.pivot_group_by[0], input.sorts[0]];
  return {
    ...scopeIn(input),
    skipped: input.skip_group_by_values,
    leastWhole: input.min_ratio_denominator,
    metrics: [...new Set(input.metrics.map(({ value }) => value))],
    group: group ? { dimension: DIMENSION[group.name], limit: group.limit } : null,
    pivot: pivot ? { dimension: DIMENSION[pivot.name], limit: pivot.limit } : null,
    sort: sort
      ? {
          metric: typeof sort.metric === "string" ? sort.metric : sort.metric.value,
          isAscending: sort.asc,
        }
      : null,
  };
}

type Scoped = Pick<Input, "filters" | "date_ranges">;

export function scopeIn(input: Scoped): ReportScope {
  const { min = null, max = null } = input.filters.smart_datetime_range ?? {};
  return {
    among: filterOf(input),
    time: { name: input.date_ranges[0]?.modality ?? "all_time", min, max },
  };
}

function filterOf({ filters }: Scoped): Omit<ReportFilter, "visible" | "period"> {
  const among = Object.entries(AMONG).flatMap(([name, dimension]) => {
    const ids = filters[name as keyof typeof AMONG];
    return ids && ids.length > 0 ? [{ dimension, ids }] : [];
  });
  const some = (ids: readonly string[] | undefined) => (ids && ids.length > 0 ? ids : null);
  return { userIds: some(filters.smart_user_id), subteamIds: some(filters.smart_subteam_id), among };
}

export function namesIn({ group_by, pivot_group_by }: Input) {
  return { group: group_by[0]?.name ?? null, pivot: pivot_group_by[0]?.name ?? null };
}

/** What was said in the call that comes down to this dimension. */
export function saidFor(dimension: Dimension, { group_by, pivot_group_by, filters }: Input): string[] {
  const grouped = [...group_by, ...pivot_group_by].map(({ name }) => name);
  const filtered = (Object.keys(AMONG) as (keyof typeof AMONG)[]).filter((name) => filters[name]?.length);
  return [
    ...grouped.filter((name) => DIMENSION[name] === dimension),
    ...filtered.filter((name) => AMONG[name] === dimension),
  ];
}

/** Of a saved report; null where it is not valid (any more). */
export function readDefinition(kept: Record<string, unknown>): Input | null {
  return contract.reports.sync.input.safeParse(kept).data ?? null;
}
