// Kept reports (views of the subject `reports`) sent at set times, by mail to people of the team or by webhook.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const every = z.enum(["day", "weekday", "week", "month"]);
const time = fields
  .sized(5)
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, as 08:30")
  .describe("As clocks show it: 08:30");
const weekday = z
  .int()
  .min(1)
  .max(7)
  .describe("Of every week; Monday is 1, and is meant where nothing is said");
const day = z
  .int()
  .min(1)
  .max(31)
  .describe("Of every month, its last one where it is shorter; the first unless said");
const people = z.array(fields.id).max(50).describe("People of the team; without any, whoever schedules it");

const reportSchedule = z.strictObject({
  id: fields.id,
  view_id: fields.id,
  view_name: z.string(),
  user_id: fields.id.describe("With whose eyes it is counted"),
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

const reportRun = z.strictObject({
  id: fields.id,
  report_schedule_id: fields.id,
  due_at: fields.stamp,
  state: z.enum(["due", "made", "sent", "failed"]),
  made_at: fields.stamp.nullable(),
  ended_at: fields.stamp.nullable(),
  failure: z.string().nullable().describe("Why, in words"),
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
    summary: "Sends a kept report at set times, by mail to people of the team or by webhook",
    description:
      "`view_id` is a view of the subject `reports`. Either `email_account_id`, the mailbox it goes out from, or `webhook_subscription_id`, " +
      "which is told by an event `report.made`. What was due while nothing ran is made up for once. docs/reports.md says more.",
    input: z.object({
      view_id: fields.id,
      every,
      time,
      weekday: weekday.nullish(),
      day: day.nullish(),
      time_zone: fields.timeZone.optional().describe("Without it, the team's"),
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
    summary: "Lists when kept reports are sent: one's own, and to admins everybody's",
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
    summary: "Changes when and to whom a kept report is sent, or switches that off and on",
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
    summary: "No longer sends a kept report, and forgets how it was sent",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ report_schedule: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  runs: endpoint({
    method: "GET",
    path: "/report_schedules/{id}/runs",
    scope: "report_schedules/runs",
    access: "scoped",
    effect: "read",
    summary: "Lists when a kept report was sent, with what became of it, the latest first; for 90 days",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ report_runs: z.array(reportRun) }),
  }),

  run: endpoint({
    method: "GET",
    path: "/report_runs/{id}",
    scope: "report_runs/show",
    access: "scoped",
    effect: "read",
    summary: "One sending of a kept report, with the report as it was made",
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
