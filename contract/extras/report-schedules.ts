// Kept reports (views of the subject `reports`) sent at set times, by mail to people of the team or by webhook.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const every = z.enum(["day", "weekday", "week", "month"]);
const time = fields
  .sized(5)
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, such as 08:30")
  .describe("Time of day, such as 08:30");
const weekday = z.int().min(1).max(7).describe("For weekly reports: 1 is Monday, 7 is Sunday; default: 1");
const day = z
  .int()
  .min(1)
  .max(31)
  .describe("For monthly reports; shorter months use their last day; default: 1");
const people = z
  .array(fields.id)
  .max(50)
  .describe("Teammates who get it; default: the user who schedules it");

export const reportSchedule = z.strictObject({
  id: fields.id,
  view_id: fields.id,
  view_name: z.string(),
  user_id: fields.id.describe("The report counts what this user may see"),
  every,
  time: z.string(),
  weekday: z.int().nullable(),
  day: z.int().nullable(),
  time_zone: z.string(),
  email_account_id: fields.id.nullable(),
  user_ids: z.array(fields.id),
  webhook_subscription_id: fields.id.nullable(),
  active: z.boolean(),
  next_run_at: fields.stamp.nullable(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
});

export const reportRun = z.strictObject({
  id: fields.id,
  report_schedule_id: fields.id,
  due_at: fields.stamp,
  state: z.enum(["due", "made", "sent", "failed"]),
  made_at: fields.stamp.nullable(),
  ended_at: fields.stamp.nullable(),
  failure: z.string().nullable().describe("Why it failed, as a sentence"),
  mails: z.array(
    z.strictObject({
      user_id: fields.id,
      email: z.string(),
      state: z.enum(["planned", "claimed", "dot", "sent", "failed", "unconfirmed"]),
      said: z.string().nullable(),
    }),
  ),
});

const one = z.strictObject({ report_schedule: reportSchedule });

export const reportSchedules = {
  create: endpoint({
    method: "POST",
    path: "/report_schedules",
    scope: "report_schedules/create",
    access: "scoped",
    effect: "write",
    summary: "Schedule a saved report by email or webhook",
    description:
      "`view_id` is a saved view of `reports`. Set `email_account_id` to send it by email, or `webhook_subscription_id` to get the event `report.made`. A report missed while the server was off is sent once. See /help/guides/reports.",
    input: z.object({
      view_id: fields.id,
      every,
      time,
      weekday: weekday.nullish(),
      day: day.nullish(),
      time_zone: fields.timeZone.optional().describe("Default: the team's time zone"),
      email_account_id: fields.id.optional(),
      user_ids: people.optional(),
      webhook_subscription_id: fields.id.optional(),
    }),
    output: one,
  }),

  list: endpoint({
    method: "GET",
    path: "/report_schedules",
    scope: "report_schedules/index",
    access: "scoped",
    effect: "read",
    summary: "List report schedules",
    description: "Your own; admins see all.",
    input: z.object({ view_id: fields.id.optional() }),
    output: z.strictObject({ report_schedules: z.array(reportSchedule) }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/report_schedules/{id}",
    scope: "report_schedules/update",
    access: "scoped",
    effect: "write",
    summary: "Update, pause or resume a report schedule",
    input: z.object({
      id: fields.id,
      every: every.optional(),
      time: time.optional(),
      weekday: weekday.nullish(),
      day: day.nullish(),
      time_zone: fields.timeZone.optional(),
      user_ids: people.optional(),
      active: fields.flag.optional(),
    }),
    output: one,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/report_schedules/{id}",
    scope: "report_schedules/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a report schedule and its history",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ report_schedule: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  runs: endpoint({
    method: "GET",
    path: "/report_schedules/{id}/runs",
    scope: "report_schedules/runs",
    access: "scoped",
    effect: "read",
    summary: "List the runs of a report schedule",
    description: "Newest first, with their results. Kept for 90 days.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ report_runs: z.array(reportRun) }),
  }),

  run: endpoint({
    method: "GET",
    path: "/report_runs/{id}",
    scope: "report_runs/show",
    access: "scoped",
    effect: "read",
    summary: "Show one run of a report schedule with its report",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      report_run: z.strictObject({
        ...reportRun.shape,
        columns: z.array(z.string()).nullable(),
        lines: z.array(z.array(z.union([z.string(), z.number(), z.boolean()]).nullable())).nullable(),
      }),
    }),
  }),
};
