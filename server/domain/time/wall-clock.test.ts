import assert from "node:assert/strict";
import { test } from "node:test";
import { clockReaches, knownZone } from "./wall-clock.ts";

test("zones are known by the names of the time zone database, old ones too, and by nothing else", () => {
  for (const name of Intl.supportedValuesOf("timeZone")) assert.equal(knownZone(name), name);
  for (const name of ["Asia/Calcutta", "US/Pacific", "EST5EDT", "Etc/GMT+5", "GMT", "UTC"])
    assert.equal(knownZone(name), name);
  for (const name of [
    "",
    "PST",
    "SystemV/PST8",
    "-08",
    "+0530",
    "T1200Z",
    "T1200-08",
    "20260101T00Z",
    "Local",
  ])
    assert.equal(knownZone(name), null, name);
});

test("a clock reaches a time it leaves out at the end of the gap, and one it shows twice at the first pass", () => {
  const cases: [string, string, string][] = [
    ["America/New_York", "2026-03-08T02:30", "2026-03-08T03:00:00-04:00"],
    ["America/New_York", "2026-03-08T02:00", "2026-03-08T03:00:00-04:00"],
    ["America/New_York", "2026-03-08T03:00", "2026-03-08T03:00:00-04:00"],
    ["America/New_York", "2026-11-01T01:30", "2026-11-01T01:30:00-04:00"],
    ["Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:30:00+11:00"],
    ["Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-05T01:45:00+11:00"],
    ["America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T01:00:00-02:00"],
    ["Pacific/Apia", "2011-12-30T10:00", "2011-12-31T00:00:00+14:00"],
    ["Asia/Kathmandu", "2026-06-01T08:00", "2026-06-01T08:00:00+05:45"],
    ["UTC", "2026-06-01T08:00", "2026-06-01T08:00:00+00:00"],
  ];
  for (const [zone, time, expected] of cases) assert.equal(shown(zone, time), expected, `${zone} ${time}`);
});

function shown(zone: string, time: string) {
  const reached = clockReaches(zone, Temporal.PlainDateTime.from(time));
  return reached.toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });
}
