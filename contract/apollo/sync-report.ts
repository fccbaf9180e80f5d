// Apollo's report: activity and its results, grouped by one dimension or two. Apollo shows the full list of names only in
// its product; these are the names that its clients send, and what else can be counted here.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const REPORT_METRICS = [
  ...(["num_emails_sent", "num_emails_delivered", "num_emails_bounced", "num_emails_hard_bounced"] as const),
  ...(["num_emails_spam_blocked", "num_emails_opened", "num_emails_clicked", "num_emails_replied"] as const),
  ...(["num_emails_auto_replied", "num_emails_unsubscribed", "num_emails_demoed"] as const),
  ...(["num_emails_open_tracked", "num_emails_click_tracked", "num_emails_opened_tracked"] as const),
  ...([
    "num_emails_clicked_tracked",
    "num_emails_opened_by_machines",
    "num_emails_clicked_by_machines",
  ] as const),
  ...([
    "num_contacts_emailed",
    "num_contacts_opened",
    "num_contacts_replied",
    "num_contacts_unsubscribed",
  ] as const),
  ...(["num_emails_scheduled", "num_emails_not_sent"] as const),
  ...(["num_phone_calls", "num_phone_calls_connect", "num_phone_calls_inbound"] as const),
  ...(["num_tasks_created", "num_tasks_completed", "num_tasks_skipped", "num_tasks_open"] as const),
  ...(["num_contacts_added_to_sequence", "num_contacts_finished_sequence"] as const),
  ...(["num_opportunities_created", "num_opportunities_won", "num_opportunities_lost"] as const),
  ...([
    "num_opportunities_closed",
    "percent_emails_delivered",
    "percent_emails_bounced",
    "percent_emails_hard_bounced",
  ] as const),
  ...(["percent_emails_spam_blocked", "percent_emails_opened", "percent_emails_clicked"] as const),
  ...(["percent_emails_replied", "percent_emails_unsubscribed", "percent_emails_demoed"] as const),
  ...([
    "percent_emails_opened_tracked",
    "percent_emails_clicked_tracked",
    "percent_emails_opened_per_sent",
  ] as const),
  ...(["percent_emails_clicked_per_sent", "percent_emails_replied_per_sent"] as const),
  ...(["percent_emails_unsubscribed_per_sent", "percent_emails_demoed_per_sent"] as const),
  ...(["percent_contacts_replied", "percent_phone_calls_connect", "percent_opportunities_won"] as const),
] as const;

export const REPORT_DIMENSIONS = [
  ...(["smart_user_id", "user_id", "smart_subteam_id", "subteam_id"] as const),
  ...(["emailer_campaign_id", "emailer_step_id", "emailer_touch_id", "email_account_id"] as const),
  ...(["contact_stage_id", "account_stage_id", "opportunity_stage_id"] as const),
  ...(["day", "week", "month", "hour_of_day", "day_of_week", "reply_class", "recipient_domain"] as const),
  ...([
    "bounce_cause",
    "reply_hour",
    "reply_day_of_week",
    "not_sent_reason",
    "task_type",
    "phone_call_outcome_id",
  ] as const),
] as const;

export const REPORT_PERIODS = [
  ...(["today", "yesterday", "last_7_days", "last_14_days", "last_30_days", "last_60_days"] as const),
  ...(["last_90_days", "current_week", "last_week", "current_month", "last_month", "last_3_months"] as const),
  ...(["last_6_months", "last_12_months", "current_quarter", "last_quarter", "current_year"] as const),
  ...(["last_year", "all_time", "custom_range"] as const),
] as const;

const LONGEST_TABLE = 10_000;

const by = z.object({
  name: z.enum(REPORT_DIMENSIONS),
  limit: z
    .int()
    .min(1)
    .max(LONGEST_TABLE)
    .default(1000)
    .describe("Maximum number of rows, in the sort order"),
});

const ids = z.array(fields.id).max(1000);
const end = fields.moment.describe("A date means that whole day in the team's time zone");

const value = z.union([z.number(), z.string()]).nullable();
const inner = z.strictObject({ buckets: z.array(z.record(z.string(), value)) });
const outer = z.strictObject({
  buckets: z.array(z.record(z.string(), z.union([z.number(), z.string(), inner]).nullable())),
});
const table = z
  .record(z.string(), z.union([z.number(), outer]).nullable())
  .describe("One value per metric, or for a grouping `buckets` with `key`, `readable_key` and each metric");

const filters = z
  .object({
    smart_user_id: ids.optional(),
    smart_subteam_id: ids.optional(),
    emailer_campaign_ids: ids.optional(),
    email_account_ids: ids.optional(),
    contact_stage_ids: ids.optional(),
    account_stage_ids: ids.optional(),
    opportunity_stage_ids: ids.optional(),
    smart_datetime_range: z.object({ min: end.optional(), max: end.optional() }).optional(),
  })
  .default({})
  .describe("All filters must match, and the period");

const dateRanges = z
  .array(z.object({ modality: z.enum(REPORT_PERIODS) }))
  .max(1)
  .default([])
  .describe("For `custom_range`, set `filters.smart_datetime_range`. Default: all time");

const cell = z
  .object({ name: z.enum(REPORT_DIMENSIONS), key: fields.text(300) })
  .describe("The dimension and the `key` of a group in it");

const references = {
  smart_datetime_reference: fields
    .text(200)
    .optional()
    .describe("Accepted without effect: each metric has its own time"),
  smart_user_id_reference: fields
    .text(200)
    .optional()
    .describe("Accepted without effect: each metric has its own user"),
};

export const syncReport = {
  sync: endpoint({
    method: "POST",
    path: "/reports/sync_report",
    scope: "reports/sync_report",
    oauth: "report_sync",
    access: "scoped",
    effect: "read",
    summary: "Run a report",
    description:
      "Counts emails, calls, tasks, enrollments and deals by up to two dimensions. Days, weeks (from Monday), months and hours are in the team's time zone. An email and all its results count on the day it was sent. Shares are in percent, null if there is nothing to divide by. A metric that does not fit a grouping or filter is null; `incompatible_filters` says why. /help/guides/reports describes each metric. With `Accept: text/csv` you get the table as a file.",
    alsoCsv: true,
    input: z.object({
      metrics: z
        .array(
          z.object({
            value: z.enum(REPORT_METRICS),
            display_name: fields.text(200).optional().describe("Column name in the CSV file"),
            ...references,
          }),
        )
        .min(1)
        .max(60),
      group_by: z.array(by).max(1).default([]),
      pivot_group_by: z.array(by).max(1).default([]),
      sorts: z
        .array(
          z.object({
            metric: z
              .union([z.enum(REPORT_METRICS), z.object({ value: z.enum(REPORT_METRICS), ...references })])
              .describe("One of the requested metrics; by its name, or as it is requested"),
            asc: fields.flag.default(false),
          }),
        )
        .max(1)
        .default([])
        .describe("Default: times in order, everything else by the first metric, highest first"),
      filters,
      date_ranges: dateRanges,
      group_by_totals_selected: fields.flag.default(false),
      pivot_group_by_totals_selected: fields.flag.default(false),
      skip_group_by_values: z
        .array(fields.text(300))
        .max(500)
        .default([])
        .describe("Group keys to leave out of the table; totals still count them"),
      min_ratio_denominator: z
        .int()
        .min(0)
        .max(1_000_000_000)
        .default(0)
        .describe("Shares with a smaller total are null"),
    }),
    output: z.strictObject({
      response: z.strictObject({
        table_response: table,
        group_by_total_response: table.describe("Total of all groups; with a pivot, one per pivot value"),
        pivot_group_by_total_response: table.describe("Total of all pivot values, for each group"),
      }),
      incompatible_filters: z
        .record(z.string(), z.array(z.string()))
        .describe("By metric: groupings and filters that do not fit it"),
      goals: z.array(z.unknown()).describe("Always empty"),
    }),
  }),

  behind: endpoint({
    method: "POST",
    path: "/reports/rows",
    scope: "reports/rows",
    access: "scoped",
    effect: "read",
    summary: "List the records behind a report number",
    description:
      "Newest first. Send the filters and period of the report, the metric, and the group and pivot of the number. For a share you get the records of its numerator. `of` names the kind of records.",
    input: z.object({
      metric: z.enum(REPORT_METRICS),
      group: cell.optional(),
      pivot: cell.optional(),
      filters,
      date_ranges: dateRanges,
      ...fields.paging,
    }),
    output: z.strictObject({
      of: z.enum([
        "emailer_messages",
        "contacts",
        "phone_calls",
        "tasks",
        "contact_campaign_statuses",
        "opportunities",
      ]),
      rows: z.array(
        z.strictObject({
          id: fields.id,
          at: fields.stamp.nullable().describe("The time that counts for the report"),
          contact_id: fields.id.nullable(),
          contact_name: z.string().nullable(),
          title: z.string().nullable(),
        }),
      ),
      pagination: fields.pagination,
    }),
  }),
};
