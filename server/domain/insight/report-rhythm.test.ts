import assert from "node:assert/strict";
import { test } from "node:test";
import { nextReportRun, type Rhythm } from "./report-rhythm.ts";

const rhythm = (every: Rhythm["every"], rest: Partial<Rhythm> = {}): Rhythm => {
  return { every, time: "08:30", weekday: null, day: null, zone: "Europe/Oslo", ...rest };
};

const CASES: [what: string, Rhythm, after: string, next: string][] = [
  ["later today", rhythm("day"), "2026-11-20T06:00:00Z", "2026-11-20T07:30:00Z"],
  ["not at the same moment again", rhythm("day"), "2026-11-20T07:30:00Z", "2026-11-21T07:30:00Z"],
  ["a Friday's next weekday is Monday", rhythm("weekday"), "2026-11-20T12:00:00Z", "2026-11-23T07:30:00Z"],
  [
    "Sunday night in UTC is Monday there",
    rhythm("week", { time: "00:15" }),
    "2026-11-22T22:00:00Z",
    "2026-11-22T23:15:00Z",
  ],
  ["a week on, on its day", rhythm("week", { weekday: 3 }), "2026-11-25T08:00:00Z", "2026-12-02T07:30:00Z"],
  [
    "the 31st of November is the 30th",
    rhythm("month", { day: 31 }),
    "2026-11-02T00:00:00Z",
    "2026-11-30T07:30:00Z",
  ],
  ["and of December the 31st", rhythm("month", { day: 31 }), "2026-11-30T08:00:00Z", "2026-12-31T07:30:00Z"],
  [
    "summer time moves it in UTC and not on the wall",
    rhythm("day"),
    "2026-03-28T12:00:00Z",
    "2026-03-29T06:30:00Z",
  ],
  [
    "an hour that is skipped is the one after",
    rhythm("day", { time: "02:30" }),
    "2026-03-28T12:00:00Z",
    "2026-03-29T01:30:00Z",
  ],
  [
    "one that comes twice is the first, once",
    rhythm("day", { time: "02:30" }),
    "2026-10-25T00:30:00Z",
    "2026-10-26T01:30:00Z",
  ],
];

for (const [what, wish, after, next] of CASES)
  test(`${what}: ${next}`, () => {
    assert.equal(nextReportRun(wish, Temporal.Instant.from(after)).toString(), next);
  });
