import assert from "node:assert/strict";
import { test } from "node:test";
import { holidaysOf } from "./holidays.ts";
import {
  type ContactSchedule,
  closesAt,
  isOpen,
  nextOpening,
  openingOn,
  scheduleDayAfter,
  windowAt,
  zoneFor,
} from "./schedule.ts";

const EVE = { name: "Christmas Eve", startsOn: "2015-12-24", endsOn: "2015-12-24", everyYear: true };
const HOLIDAYS = holidaysOf("US", [EVE]);
const WEEKDAYS = [1, 2, 3, 4, 5];
const open = (weekdays: number[], ...hours: [from: number, to: number][]): ContactSchedule => ({
  holidays: HOLIDAYS,
  windows: weekdays.flatMap((weekday) =>
    hours.map(([from, to]) => ({ weekday, startsAt: from * 60, endsAt: to * 60 })),
  ),
});
const OFFICE = open(WEEKDAYS, [8, 17]);
const SUNDAY = 7;

const instant = (text: string) => Temporal.Instant.from(text);
const shown = (at: Temporal.Instant | null, zone: string) =>
  at?.toZonedDateTimeISO(zone).toString({ timeZoneName: "never" }) ?? null;

/** [schedule, zone, from, expected], the instants as the clock of the zone shows them. */
type Row = [schedule: ContactSchedule | null, zone: string, from: string, expected: string | null];
type Ask = (
  schedule: ContactSchedule | null,
  zone: string,
  from: Temporal.Instant,
) => Temporal.Instant | null;

function check(ask: Ask, rows: Row[]) {
  for (const [schedule, zone, from, expected] of rows)
    assert.equal(shown(ask(schedule, zone, instant(from)), zone), expected, `${zone} ${from}`);
}

test("the contact's zone counts where the schedule says so and we know it", () => {
  const theirs = { timeZone: "America/Los_Angeles", useContactsTimeZone: true };
  const own = { ...theirs, useContactsTimeZone: false };
  const cases: [typeof own | null, string | null, string][] = [
    [theirs, "Europe/Oslo", "Europe/Oslo"],
    [theirs, "europe/oslo", "Europe/Oslo"],
    [theirs, null, "America/Los_Angeles"],
    [theirs, "", "America/Los_Angeles"],
    [theirs, "Mars/Olympus", "America/Los_Angeles"],
    [theirs, "+01:00", "America/Los_Angeles"],
    [theirs, "PST", "America/Los_Angeles"],
    [own, "Europe/Oslo", "America/Los_Angeles"],
    [null, "Europe/Oslo", "Europe/Oslo"],
    [null, null, "UTC"],
    [null, "Mars/Olympus", "UTC"],
  ];
  for (const [schedule, contacts, zone] of cases) assert.equal(zoneFor(schedule, contacts), zone);
});

test("a window is open from its first instant and closed at its end", () => {
  const zone = "America/New_York";
  const cases: [string, boolean][] = [
    ["2026-06-01T07:59:59.999999999-04:00", false],
    ["2026-06-01T08:00:00-04:00", true],
    ["2026-06-01T16:59:59.999999999-04:00", true],
    ["2026-06-01T17:00:00-04:00", false],
    ["2026-06-06T12:00:00-04:00", false], // Saturday
    ["2026-07-03T12:00:00-04:00", false], // in place of a Fourth of July that is a Saturday
    ["2026-07-02T12:00:00-04:00", true],
    ["2026-11-26T12:00:00-05:00", false], // Thanksgiving
  ];
  for (const [at, expected] of cases) assert.equal(isOpen(OFFICE, zone, instant(at)), expected, at);
});

test("the window in force is told with the weekday of the zone", () => {
  const twice = open(WEEKDAYS, [8, 12], [12, 17]);
  const at = instant("2026-06-04T21:30:00Z"); // Thursday evening in London, Friday morning in Auckland
  assert.deepEqual(windowAt(twice, "Pacific/Auckland", at), { weekday: 5, startsAt: 480, endsAt: 720 });
  assert.equal(windowAt(twice, "Europe/London", at), null);
  assert.deepEqual(windowAt(twice, "America/Chicago", at), { weekday: 4, startsAt: 720, endsAt: 1020 });
  assert.deepEqual(windowAt(null, "Europe/London", at), { weekday: 4, startsAt: 0, endsAt: 1440 });
});

test("the next opening is the instant itself, a later window of the day, or one of a later day", () => {
  const zone = "America/New_York";
  const halves = open(WEEKDAYS, [13, 17], [9, 12]);
  check(nextOpening, [
    [OFFICE, zone, "2026-06-01T09:00:00.123-04:00", "2026-06-01T09:00:00.123-04:00"],
    [OFFICE, zone, "2026-06-01T07:00:00-04:00", "2026-06-01T08:00:00-04:00"],
    [OFFICE, zone, "2026-06-05T17:00:00-04:00", "2026-06-08T08:00:00-04:00"],
    [halves, zone, "2026-06-01T08:59:59.5-04:00", "2026-06-01T09:00:00-04:00"],
    [halves, zone, "2026-06-01T12:00:00-04:00", "2026-06-01T13:00:00-04:00"],
    [OFFICE, zone, "2026-12-23T18:00:00-05:00", "2026-12-28T08:00:00-05:00"],
    [{ ...OFFICE, holidays: null }, zone, "2026-12-23T18:00:00-05:00", "2026-12-24T08:00:00-05:00"],
    [open([5], [8, 17]), zone, "2026-12-18T17:00:00-05:00", "2027-01-08T08:00:00-05:00"], // two Fridays off
    [open([6], [0, 24]), zone, "2026-06-07T00:00:00-04:00", "2026-06-13T00:00:00-04:00"],
    [null, zone, "2026-06-07T03:00:00-04:00", "2026-06-07T03:00:00-04:00"],
    [open([], [8, 17]), zone, "2026-06-07T03:00:00-04:00", null],
  ]);
});

test("an hour that is left out does not open, and what lies around it opens at its end", () => {
  const zone = "America/New_York"; // 2026-03-08, 02:00 becomes 03:00
  check(nextOpening, [
    [open([SUNDAY], [2, 3]), zone, "2026-03-07T12:00:00-05:00", "2026-03-15T02:00:00-04:00"],
    [open([SUNDAY], [2.25, 2.75]), zone, "2026-03-08T01:59:00-05:00", "2026-03-15T02:15:00-04:00"],
    [open([SUNDAY], [2.5, 4]), zone, "2026-03-08T01:00:00-05:00", "2026-03-08T03:00:00-04:00"],
    [open([SUNDAY], [1, 4]), zone, "2026-03-08T01:59:59-05:00", "2026-03-08T01:59:59-05:00"],
    [open([SUNDAY], [3, 4]), zone, "2026-03-08T01:59:59-05:00", "2026-03-08T03:00:00-04:00"],
  ]);
});

test("both passes of a repeated hour are open", () => {
  const zone = "America/New_York"; // 2026-11-01, 02:00 becomes 01:00
  const quarter = open([SUNDAY], [1.25, 1.75]);
  check(nextOpening, [
    [quarter, zone, "2026-11-01T00:00:00-04:00", "2026-11-01T01:15:00-04:00"],
    [quarter, zone, "2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-05:00"],
    [quarter, zone, "2026-11-01T01:50:00-04:00", "2026-11-01T01:15:00-05:00"],
    [quarter, zone, "2026-11-01T01:50:00-05:00", "2026-11-08T01:15:00-05:00"],
    [open([SUNDAY], [1.5, 3]), zone, "2026-11-01T01:00:00-05:00", "2026-11-01T01:30:00-05:00"],
  ]);
  check(closesAt, [
    [quarter, zone, "2026-11-01T01:20:00-04:00", "2026-11-01T01:45:00-04:00"],
    [open([SUNDAY], [1.5, 3]), zone, "2026-11-01T01:45:00-04:00", "2026-11-01T01:00:00-05:00"],
    [open([SUNDAY], [1, 3]), zone, "2026-11-01T01:45:00-04:00", "2026-11-01T03:00:00-05:00"],
  ]);
});

test("clocks that are turned at midnight, by half an hour or by a day are followed", () => {
  const allWeek = [1, 2, 3, 4, 5, 6, 7];
  const night = open(allWeek, [0, 2]);
  const late = open(allWeek, [23, 24]);
  const howe = "Australia/Lord_Howe"; // half an hour, 2026-04-05 and 2026-10-04
  check(nextOpening, [
    [night, "America/Sao_Paulo", "2018-11-03T12:00:00-03:00", "2018-11-04T01:00:00-02:00"],
    [night, "Africa/Cairo", "2026-04-23T12:00:00+02:00", "2026-04-24T01:00:00+03:00"],
    [night, "Asia/Beirut", "2026-03-28T12:00:00+02:00", "2026-03-29T01:00:00+03:00"],
    [open([SUNDAY], [2.1, 3]), howe, "2026-10-04T01:59:00+10:30", "2026-10-04T02:30:00+11:00"],
    [open([SUNDAY], [1.5, 2]), howe, "2026-04-05T01:59:00+11:00", "2026-04-05T01:59:00+11:00"],
    [OFFICE, "Asia/Kathmandu", "2026-06-01T02:14:59Z", "2026-06-01T08:00:00+05:45"],
    [OFFICE, "Pacific/Apia", "2011-12-29T18:00:00-10:00", "2012-01-02T08:00:00+14:00"], // no 30 December there
  ]);
  check(closesAt, [
    [late, "America/Sao_Paulo", "2018-02-17T23:30:00-02:00", "2018-02-18T00:00:00-03:00"], // 23:00 came twice
    [open([SUNDAY], [1.5, 2]), howe, "2026-04-05T01:45:00+11:00", "2026-04-05T02:00:00+10:30"],
    [night, "Africa/Cairo", "2026-04-24T01:00:00+03:00", "2026-04-24T02:00:00+03:00"],
  ]);
});

test("it closes where the last of adjoining windows ends", () => {
  const zone = "Europe/Oslo";
  const always = open([1, 2, 3, 4, 5, 6, 7], [0, 24]);
  check(closesAt, [
    [OFFICE, zone, "2026-06-01T09:00:00+02:00", "2026-06-01T17:00:00+02:00"],
    [OFFICE, zone, "2026-06-01T07:00:00.5+02:00", "2026-06-01T07:00:00.5+02:00"],
    [open(WEEKDAYS, [8, 12], [12, 17]), zone, "2026-06-01T09:00:00+02:00", "2026-06-01T17:00:00+02:00"],
    [open(WEEKDAYS, [0, 24]), zone, "2026-06-01T09:00:00+02:00", "2026-06-06T00:00:00+02:00"],
    [always, zone, "2026-06-01T09:00:00+02:00", "2026-06-19T00:00:00+02:00"], // Juneteenth
    [{ ...always, holidays: null }, zone, "2026-06-01T09:00:00+02:00", null],
    [null, zone, "2026-06-01T09:00:00+02:00", null],
    [open([], [8, 17]), zone, "2026-06-01T09:00:00+02:00", "2026-06-01T09:00:00+02:00"],
  ]);
});

test("a contact on the other side of the date line is met by its own Friday", () => {
  check(nextOpening, [
    [OFFICE, "Pacific/Tongatapu", "2026-06-04T20:00:00Z", "2026-06-05T09:00:00+13:00"],
    [OFFICE, "Pacific/Tongatapu", "2026-06-05T05:00:00Z", "2026-06-08T08:00:00+13:00"],
    [OFFICE, "Pacific/Tongatapu", "2026-12-31T18:30:00Z", "2027-01-04T08:00:00+13:00"], // New Year's Day there
  ]);
});

test("a day opens with its first window, or is passed over", () => {
  const day = (text: string) => Temporal.PlainDate.from(text);
  const on = (zone: string, date: string) => shown(openingOn(OFFICE, zone, day(date)), zone);
  assert.equal(on("Europe/Oslo", "2026-06-01"), "2026-06-01T08:00:00+02:00");
  assert.equal(on("Europe/Oslo", "2026-06-06"), "2026-06-08T08:00:00+02:00");
  assert.equal(on("Europe/Oslo", "2026-12-24"), "2026-12-28T08:00:00+01:00");
  assert.equal(
    shown(openingOn(null, "Africa/Cairo", day("2026-04-24")), "Africa/Cairo"),
    "2026-04-24T01:00:00+03:00",
  );
});

test("schedule days are days with hours that are no holidays", () => {
  const weekendOnly = open([6, 7], [8, 17]);
  const cases: [ContactSchedule | null, string, number, string | null][] = [
    [OFFICE, "2026-06-01", 3, "2026-06-04"],
    [OFFICE, "2026-06-06", 1, "2026-06-08"],
    [OFFICE, "2026-06-06", 5, "2026-06-12"],
    [OFFICE, "2026-06-06", 6, "2026-06-15"],
    [OFFICE, "2026-06-01", 0, "2026-06-01"],
    [OFFICE, "2026-12-23", 1, "2026-12-28"],
    [OFFICE, "2026-12-23", 5, "2027-01-04"], // New Year's Day is met while making up for Christmas
    [{ ...OFFICE, holidays: null }, "2026-12-23", 5, "2026-12-30"],
    [open([5], [8, 17]), "2026-12-18", 1, "2027-01-08"],
    [open([4], [8, 17]), "2026-06-03", 2, "2026-06-11"],
    [weekendOnly, "2026-07-03", 1, "2026-07-05"],
    [null, "2026-12-23", 2, "2026-12-25"],
    [OFFICE, "2026-06-01", 100_000, "2410-07-27"],
    [open([], [8, 17]), "2026-06-01", 1, null],
  ];
  for (const [schedule, date, count, expected] of cases) {
    const found = scheduleDayAfter(schedule, Temporal.PlainDate.from(date), count);
    assert.equal(found?.toString() ?? null, expected, `${date} ${count}`);
  }
});
