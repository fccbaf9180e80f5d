// How it all goes, in numbers.

import type { Input } from "@cadenza/sdk";
import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";

type Asked = Input<"reports", "sync">;

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, such as 08:30");
const dated = z.string().max(30).optional();

export const reporting = [
  tool({
    name: "report",
    title: "Run a report",
    description:
      "Counts emails, calls, tasks, enrollments and deals, in total or grouped by one or two dimensions. Metrics: num_emails_sent, _delivered, _opened, _clicked, _replied, _bounced, _unsubscribed, _scheduled; percent_emails_opened, _replied, _bounced, …; num_contacts_emailed, num_contacts_added_to_sequence, num_phone_calls, num_phone_calls_connect, num_tasks_completed, num_opportunities_created, _won. An unknown metric is refused with the list of all metrics. Groupings: user_id, subteam_id, emailer_campaign_id, emailer_step_id, emailer_touch_id, email_account_id, contact_stage_id, account_stage_id, opportunity_stage_id, day, week, month, hour_of_day, day_of_week, reply_class, recipient_domain, bounce_cause, reply_hour, reply_day_of_week, not_sent_reason, task_type.",
    calls: ["reports.sync"],
    reads: true,
    input: {
      metrics: z.array(z.string().max(60)).min(1).max(20),
      group_by: z.string().max(40).optional(),
      then_by: z.string().max(40).optional().describe("Second grouping, within each group"),
      period: z
        .string()
        .max(40)
        .default("last_30_days")
        .describe("today, yesterday, last_7_days, current_week, last_month, current_quarter, all_time, …"),
      from: dated.describe("First day, instead of a period"),
      until: dated.describe("Last day"),
      sequence_ids: z.array(fields.id).max(50).optional(),
      user_ids: z.array(fields.id).max(50).optional(),
      limit: z.number().int().min(1).max(200).default(25),
    },
    async run(api, { metrics, group_by, then_by, period, from, until, sequence_ids, user_ids, limit }) {
      const isCustom = from !== undefined || until !== undefined;
      const by = (name: string | undefined) => (name === undefined ? [] : [{ name, limit }]);
      // Words are checked where the list of them is: the server refuses an unknown one, and says which there are.
      const asked = {
        metrics: metrics.map((value) => ({ value })),
        group_by: by(group_by),
        pivot_group_by: by(then_by),
        date_ranges: [{ modality: isCustom ? "custom_range" : period }],
        filters: {
          ...(sequence_ids && { emailer_campaign_ids: sequence_ids }),
          ...(user_ids && { smart_user_id: user_ids }),
          ...(isCustom && {
            smart_datetime_range: { ...(from && { min: from }), ...(until && { max: until }) },
          }),
        },
        group_by_totals_selected: group_by !== undefined,
      } as Asked;
      const { response, incompatible_filters } = await api.reports.sync(asked);
      return {
        report: response.table_response,
        ...(group_by !== undefined && { in_total: response.group_by_total_response }),
        ...(Object.keys(incompatible_filters).length > 0 && { says_nothing_about: incompatible_filters }),
      };
    },
  }),

  tool({
    name: "list_report_schedules",
    title: "List scheduled reports",
    description:
      "Lists when each saved report is sent and to whom, and all saved reports. With an id, lists its latest runs and their results.",
    calls: ["reportSchedules.list", "reportSchedules.runs", "views.list"],
    reads: true,
    input: { report_schedule_id: fields.id.optional() },
    async run(api, { report_schedule_id: id }) {
      if (id !== undefined) return api.reportSchedules.runs({ id });
      const [{ report_schedules }, { views }] = await Promise.all([
        api.reportSchedules.list(),
        api.views.list({ subject: "reports" }),
      ]);
      return { report_schedules, kept_reports: views.map(({ id: view_id, name }) => ({ view_id, name })) };
    },
  }),

  tool({
    name: "schedule_report",
    title: "Schedule a saved report",
    description:
      "Sends a saved report from a mailbox to teammates, or to a webhook. With the id of a schedule, updates it; active: false pauses it.",
    calls: ["reportSchedules.create", "reportSchedules.update"],
    reads: false,
    isWeighty: true,
    input: {
      report_schedule_id: fields.id.optional(),
      view_id: fields.id.optional().describe("The saved report; needed to create a schedule"),
      every: z
        .enum(["day", "weekday", "week", "month"])
        .optional()
        .describe("Default for a new schedule: week"),
      time: clock.optional().describe("Default for a new schedule: 08:00"),
      weekday: z.number().int().min(1).max(7).optional().describe("1 is Monday"),
      day: z.number().int().min(1).max(31).optional(),
      email_account_id: fields.id.optional(),
      webhook_subscription_id: fields.id.optional(),
      user_ids: z.array(fields.id).max(50).optional(),
      active: z.boolean().optional(),
    },
    async run(
      api,
      { report_schedule_id, view_id, email_account_id, webhook_subscription_id, active, ...wish },
    ) {
      if (report_schedule_id !== undefined)
        return api.reportSchedules.update({
          id: report_schedule_id,
          ...wish,
          ...(active !== undefined && { active }),
        });
      return api.reportSchedules.create({
        view_id: view_id ?? "",
        every: "week",
        time: "08:00",
        ...wish, // the server says what is missing
        ...(email_account_id && { email_account_id }),
        ...(webhook_subscription_id && { webhook_subscription_id }),
      });
    },
  }),
];
