import assert from "node:assert/strict";
import { test } from "node:test";
import { nextCronRun, readCron, runsBetween } from "./cron.ts";

const at = (text: string) => Temporal.Instant.from(text);
const after = (cron: string, zone: string, from: string) => {
  const read = readCron(cron);
  return read && nextCronRun(read, zone, at(from))?.toString();
};

const CASES: [what: string, cron: string, zone: string, from: string, next: string | null | undefined][] = [
  ["every minute", "* * * * *", "UTC", "2026-01-01T00:00:30Z", "2026-01-01T00:01:00Z"],
  ["a full hour, strictly after", "0 * * * *", "UTC", "2026-01-01T05:00:00Z", "2026-01-01T06:00:00Z"],
  ["in a zone", "30 8 * * *", "Europe/Oslo", "2026-01-01T00:00:00Z", "2026-01-01T07:30:00Z"],
  ["steps", "*/20 * * * *", "UTC", "2026-01-01T05:21:00Z", "2026-01-01T05:40:00Z"],
  ["a step within a range", "0 8-18/5 * * *", "UTC", "2026-01-01T09:00:00Z", "2026-01-01T13:00:00Z"],
  ["a step from a start", "5/15 * * * *", "UTC", "2026-01-01T05:06:00Z", "2026-01-01T05:20:00Z"],
  ["names of days", "0 9 * * mon-fri", "UTC", "2026-01-02T10:00:00Z", "2026-01-05T09:00:00Z"],
  ["Sunday is 0 and 7", "0 9 * * 7", "UTC", "2026-01-01T00:00:00Z", "2026-01-04T09:00:00Z"],
  ["names of months", "0 0 1 jun *", "UTC", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"],
  ["either kind of day", "0 0 13 * 5", "UTC", "2026-01-01T12:00:00Z", "2026-01-02T00:00:00Z"],
  ["29 February", "0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"],
  ["across a century without one", "0 0 29 2 *", "UTC", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z"],
  ["never", "0 0 31 2 *", "UTC", "2026-01-01T00:00:00Z", undefined],
  // Oslo's clock goes from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC, and from 03:00 to 02:00 on 25 October.
  ["a gap: at its end", "30 2 * * *", "Europe/Oslo", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"],
  [
    "a gap: once, and then the day after",
    "30 2 * * *",
    "Europe/Oslo",
    "2026-03-29T01:00:00Z",
    "2026-03-30T00:30:00Z",
  ],
  [
    "two times of one gap are one",
    "0,30 2 * * *",
    "Europe/Oslo",
    "2026-03-29T01:00:00Z",
    "2026-03-30T00:00:00Z",
  ],
  [
    "an hour that comes twice: the first time",
    "30 2 * * *",
    "Europe/Oslo",
    "2026-10-24T12:00:00Z",
    "2026-10-25T00:30:00Z",
  ],
  ["and not the second", "30 2 * * *", "Europe/Oslo", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
  [
    "every hour that passes counts",
    "15 * * * *",
    "Europe/Oslo",
    "2026-10-25T00:15:00Z",
    "2026-10-25T01:15:00Z",
  ],
  ["a gap costs no hour", "15 * * * *", "Europe/Oslo", "2026-03-29T00:15:00Z", "2026-03-29T01:15:00Z"],
  [
    "a turn of half an hour",
    "15 2 * * *",
    "Australia/Lord_Howe",
    "2026-10-03T12:00:00Z",
    "2026-10-03T15:30:00Z",
  ],
  [
    "midnight that is left out",
    "0 0 * * *",
    "America/Santiago",
    "2026-09-05T12:00:00Z",
    "2026-09-06T04:00:00Z",
  ],
];

for (const [what, cron, zone, from, next] of CASES)
  test(`${cron} in ${zone}: ${what}`, () => assert.equal(after(cron, zone, from), next));

for (const text of [
  "",
  "* * * *",
  "60 * * * *",
  "* 24 * * *",
  "* * 0 * *",
  "* * * 13 *",
  "* * * * 8",
  "a * * * *",
  "5-1 * * * *",
  "*/0 * * * *",
  "1-2-3 * * * *",
  ", * * * *",
  "* * * * * *",
  "1,,2 * * * *",
])
  test(`"${text}" is no schedule`, () => assert.equal(readCron(text), null));

test("what was missed is counted, up to a limit", () => {
  const cron = readCron("0 * * * *");
  assert.ok(cron);
  const from = at("2026-01-01T00:00:00Z");
  assert.equal(runsBetween(cron, "UTC", from, from.add({ hours: 9 }), 100), 9);
  assert.equal(runsBetween(cron, "UTC", from, from.add({ hours: 900 }), 100), 100);
});
