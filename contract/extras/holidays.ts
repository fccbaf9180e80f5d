// Days on which nothing goes out: the team's own, and the public holidays of countries and regions.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";

/** A country, or a region of one as ISO 3166-2 writes it. */
export const calendarCode = fields
  .sized(16, "is not a calendar")
  .regex(/^[A-Z]{2}(?:-[A-Za-z0-9]{1,12})?$/, "is not a calendar");

export const holiday = z.strictObject({
  id: fields.id,
  name: z.string(),
  starts_on: fields.day,
  ends_on: fields.day,
  every_year: z.boolean(),
  created_at: fields.stamp,
  etag: etag(),
});

const name = fields.name(100);
const starts_on = fields.day.describe("First day, as a date");
const ends_on = fields.day.describe("Last day, included; at most 60 days in all");
const every_year = fields.flag.describe("True repeats it on these dates every year");

const answer = z.strictObject({ holiday });

export const holidays = {
  list: endpoint({
    method: "GET",
    path: "/holidays",
    scope: "holidays/index",
    access: "scoped",
    effect: "read",
    summary: "List the team's days off",
    description:
      "Earliest first. Schedules with `skip_holidays` send nothing on these days, nor on public holidays of the contact.",
    input: z.object({}),
    output: z.strictObject({ holidays: z.array(holiday) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/holidays",
    scope: "holidays/create",
    access: "admin",
    effect: "write",
    summary: "Add a day off, or several in a row",
    input: z.object({
      name,
      starts_on,
      ends_on: ends_on.optional().describe("Last day, included; default: the first day"),
      every_year: every_year.default(false),
    }),
    output: answer,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/holidays/{id}",
    scope: "holidays/update",
    access: "admin",
    effect: "write",
    summary: "Update a day off",
    ifMatch: { record: holiday, read: { call: "holidays.list" } },
    input: z.object({
      id: fields.id,
      name: name.optional(),
      starts_on: starts_on.optional(),
      ends_on: ends_on.optional(),
      every_year: every_year.optional(),
    }),
    output: answer,
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/holidays/{id}",
    scope: "holidays/destroy",
    access: "admin",
    effect: "write",
    summary: "Delete a day off",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ holiday: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  calendars: endpoint({
    method: "GET",
    path: "/holiday_calendars",
    scope: "holidays/calendars",
    access: "scoped",
    effect: "read",
    summary: "List public holiday calendars",
    description: "Countries and their regions.",
    input: z.object({}),
    output: z.strictObject({
      holiday_calendars: z.array(z.strictObject({ code: calendarCode, name: z.string() })),
    }),
  }),

  publicDays: endpoint({
    method: "GET",
    path: "/holiday_calendars/{code}/days",
    scope: "holidays/public_days",
    access: "scoped",
    effect: "read",
    summary: "List the public holidays of a country or region in a year",
    description: "Only legal holidays. If a law moves a holiday from a weekend, both days are listed.",
    input: z.object({
      code: calendarCode,
      year: fields.whole(2024, 2045).optional().describe("Default: this year"),
    }),
    output: z.strictObject({
      calendar: z.strictObject({ code: calendarCode, name: z.string() }),
      days: z.array(z.strictObject({ date: fields.day, name: z.string() })),
    }),
  }),
};
