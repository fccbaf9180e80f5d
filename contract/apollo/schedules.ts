import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";

export const schedule = z.strictObject({
  id: fields.id,
  name: z.string(),
  default: z.boolean(),
  time_zone: z.string(),
  schedule_hash: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
  created_at: fields.stamp,
  use_contacts_time_zone: z.boolean(),
  skip_holidays: z.boolean(),
  etag: etag(),
});

const hash = fields
  .freeForm(z.unknown())
  .describe(
    'Sending hours by weekday: {"monday": [[8, 17]]}. Write times as hours (8.5) or as "08:30". Nothing is sent on weekdays you leave out.',
  );

const answer = z.strictObject({ emailer_schedule: schedule });

export const schedules = {
  list: endpoint({
    method: "GET",
    path: "/emailer_schedules",
    scope: "emailer_schedules/index",
    oauth: "emailer_schedules_list",
    access: "scoped",
    effect: "read",
    summary: "List sending schedules",
    description: "The default schedule comes first.",
    input: z.object({}),
    output: z.strictObject({ emailer_schedules: z.array(schedule) }),
  }),

  show: endpoint({
    method: "GET",
    path: "/emailer_schedules/{id}",
    scope: "emailer_schedules/show",
    access: "scoped",
    effect: "read",
    summary: "Show a sending schedule",
    input: z.object({ id: fields.id }),
    output: answer,
  }),

  create: endpoint({
    method: "POST",
    path: "/emailer_schedules",
    scope: "emailer_schedules/create",
    access: "scoped",
    effect: "write",
    summary: "Create a sending schedule",
    wrapper: "emailer_schedule",
    input: z.object({
      name: fields.name(),
      time_zone: fields.timeZone.optional().describe("Default: the team's time zone"),
      schedule_hash: hash.nullish(),
      use_contacts_time_zone: fields.flag.default(false),
      skip_holidays: fields.flag.default(false),
      default: fields.flag.optional(),
    }),
    output: answer,
  }),

  update: endpoint({
    method: "PUT",
    also: ["PATCH"],
    path: "/emailer_schedules/{id}",
    scope: "emailer_schedules/update",
    access: "scoped",
    effect: "write",
    summary: "Update a sending schedule",
    description: "The change applies to every sequence that uses it.",
    wrapper: "emailer_schedule",
    ifMatch: { record: schedule },
    input: z.object({
      id: fields.id,
      name: fields.name().optional(),
      time_zone: fields.timeZone.optional(),
      schedule_hash: hash.optional(),
      use_contacts_time_zone: fields.flag.optional(),
      skip_holidays: fields.flag.optional(),
      default: fields.flag.optional(),
    }),
    output: answer,
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/emailer_schedules/{id}",
    scope: "emailer_schedules/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete an unused sending schedule",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ emailer_schedule: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};
