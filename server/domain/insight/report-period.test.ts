import assert from "node:assert/strict";
import { test } from "node:test";
import { both, PERIODS, periodOf, periodRangeOf } from "./report-period.ts";

const ZONE = "Europe/Oslo";
// A Sunday in Oslo already, and still Saturday in UTC.
const NOW = Temporal.Instant.from("2026-11-14T23:30:00Z");

const WANTED: Record<string, [string, string] | null> = {
  today: ["2026-11-15", "2026-11-16"],
  yesterday: ["2026-11-14", "2026-11-15"],
  last_7_days: ["2026-11-09", "2026-11-16"],
  last_14_days: ["2026-11-02", "2026-11-16"],
  last_30_days: ["2026-10-17", "2026-11-16"],
  last_60_days: ["2026-09-17", "2026-11-16"],
  last_90_days: ["2026-08-18", "2026-11-16"],
  current_week: ["2026-11-09", "2026-11-16"],
  last_week: ["2026-11-02", "2026-11-09"],
  current_month: ["2026-11-01", "2026-12-01"],
  last_month: ["2026-10-01", "2026-11-01"],
  last_3_months: ["2026-08-16", "2026-11-16"],
  last_6_months: ["2026-05-16", "2026-11-16"],
  last_12_months: ["2025-11-16", "2026-11-16"],
  current_quarter: ["2026-10-01", "2027-01-01"],
  last_quarter: ["2026-07-01", "2026-10-01"],
  current_year: ["2026-01-01", "2027-01-01"],
  last_year: ["2025-01-01", "2026-01-01"],
  all_time: null,
  custom_range: null,
};

const day = (instant: Temporal.Instant | null) => {
  const there = instant?.toZonedDateTimeISO(ZONE) ?? null;
  if (there) assert.equal(there.toPlainTime().toString(), "00:00:00");
  return there?.toPlainDate().toString() ?? null;
};

for (const name of PERIODS)
  test(`${name} begins and ends at midnight of the zone`, () => {
    const { from, until } = periodOf(name, NOW, ZONE);
    assert.ok(name in WANTED);
    assert.deepEqual([day(from), day(until)], WANTED[name] ?? [null, null]);
  });

test("a day on which the clock is turned has 25 hours", () => {
  const { from, until } = periodOf("today", Temporal.Instant.from("2026-10-25T12:00:00Z"), ZONE);
  assert.equal(from && until?.since(from).total("hours"), 25);
});

test("a range of bare dates is whole days, of instants what they say, and both is what lies in both", () => {
  const read = (text: string) => Temporal.Instant.from(text);
  const days = periodRangeOf("2026-11-02", "2026-11-03", ZONE, read);
  assert.deepEqual([String(days.from), String(days.until)], ["2026-11-01T23:00:00Z", "2026-11-03T23:00:00Z"]);
  const exact = periodRangeOf("2026-11-02T10:00:00Z", null, ZONE, read);
  assert.deepEqual([String(exact.from), exact.until], ["2026-11-02T10:00:00Z", null]);
  const shared = both(days, exact);
  assert.deepEqual(
    [String(shared.from), String(shared.until)],
    ["2026-11-02T10:00:00Z", "2026-11-03T23:00:00Z"],
  );
});
