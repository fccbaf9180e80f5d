import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContactSchedule, ScheduleZone } from "../time/schedule.ts";
import { dueAfter, type WaitingStep } from "./cadence.ts";
import { atUsualHour, usualHourOf } from "./usual-hour.ts";

const seconds = (text: string) => Temporal.Instant.from(text).epochMilliseconds / 1000;
const at = (text: string) => Temporal.Instant.from(`${text}:00Z`);

const always = (from: number, to: number, weekdays = [1, 2, 3, 4, 5, 6, 7]): ContactSchedule => ({
  windows: weekdays.map((weekday) => ({ weekday, startsAt: from * 60, endsAt: to * 60 })),
  holidays: null,
});

test("an hour is usual on three days and a third of all days, by the clock of the zone", () => {
  const days = ["2026-06-01T12:05:00Z", "2026-06-02T12:50:00Z", "2026-06-04T12:00:00Z"].map(seconds);
  assert.deepEqual(usualHourOf(days, "UTC"), { hour: 12, days: 3, of: 3 });
  assert.equal(usualHourOf(days, "Europe/Stockholm")?.hour, 14);
  const within = days.map((second) => second + 0.123456);
  assert.equal(usualHourOf(within, "UTC")?.hour, 12, "in the middle of a millisecond");
  assert.equal(usualHourOf(days.slice(1), "UTC"), null, "two days are no habit");
  const sameDay = ["2026-06-01T12:05:00Z", "2026-06-01T12:06:00Z", "2026-06-01T12:50:00Z"].map(seconds);
  assert.equal(usualHourOf(sameDay, "UTC"), null, "nor is one email that is opened again and again");
  const others = [1, 2, 3, 4, 5, 6, 7].map((n) => seconds(`2026-05-0${n}T0${n}:00:00Z`));
  assert.equal(usualHourOf([...days, ...others], "UTC"), null, "three of ten days: they read at any hour");
  assert.deepEqual(usualHourOf([...days, ...others.slice(1)], "UTC"), { hour: 12, days: 3, of: 9 });
});

test("of two hours that are as usual the earlier one counts, whatever the order of what was read", () => {
  const read = [1, 2, 3].flatMap((n) => [`2026-06-0${n}T15:00:00Z`, `2026-06-0${n}T09:00:00Z`]).map(seconds);
  for (const some of [read, read.toReversed()]) assert.equal(usualHourOf(some, "UTC")?.hour, 9);
});

test("an hour is kept when the clocks are turned", () => {
  const read = ["2026-03-26T13:00:00Z", "2026-03-27T13:00:00Z", "2026-03-30T12:00:00Z"].map(seconds);
  assert.deepEqual(usualHourOf(read, "Europe/Berlin"), { hour: 14, days: 3, of: 3 });
});

test("an email waits for the hour within a day, and never for closed hours", () => {
  const office = { schedule: always(8, 17), zone: "UTC" };
  const wait = (opens: string, hour: number, place: ScheduleZone = office) =>
    atUsualHour(place, at(opens), hour).toString().slice(0, 16);
  assert.equal(wait("2026-06-01T09:30", 14), "2026-06-01T14:00");
  assert.equal(wait("2026-06-01T14:30", 14), "2026-06-01T14:30", "it is that hour");
  assert.equal(wait("2026-06-01T15:30", 14), "2026-06-02T14:00");
  assert.equal(wait("2026-06-01T15:30", 22), "2026-06-01T15:30", "the schedule is closed then");
  const halfPast = { schedule: always(8.5, 17), zone: "UTC" };
  assert.equal(wait("2026-06-01T15:30", 8, halfPast), "2026-06-02T08:30", "open for a part of it");
  const weekdays = { schedule: always(8, 17, [1, 2, 3, 4, 5]), zone: "UTC" };
  assert.equal(wait("2026-06-05T15:30", 14, weekdays), "2026-06-05T15:30", "tomorrow is a Saturday");
  const anyTime = { schedule: null, zone: "America/New_York" };
  assert.equal(
    wait("2026-03-08T06:30", 2, anyTime),
    "2026-03-09T06:00",
    "the clock leaves it out on the 8th",
  );
});

test("only automatic emails without a fixed date wait for it", () => {
  const step = (rest: Partial<WaitingStep>): WaitingStep => ({
    type: "auto_email",
    waitTime: 2,
    waitMode: "day",
    exactAt: null,
    ...rest,
  });
  const from = at("2026-06-01T09:30");
  const due = (rest: Partial<WaitingStep>) =>
    dueAfter({ step: step(rest), schedule: always(0, 24), zone: "UTC", usualHour: { hour: 14 }, from })
      ?.toString()
      .slice(0, 16);
  assert.equal(due({}), "2026-06-03T14:00");
  assert.equal(due({ waitMode: "hour" }), "2026-06-01T14:00");
  assert.equal(due({ type: "call" }), "2026-06-03T00:00");
  assert.equal(due({ type: "manual_email" }), "2026-06-03T09:30");
  assert.equal(due({ exactAt: at("2026-06-04T10:00") }), "2026-06-04T10:00");
});
