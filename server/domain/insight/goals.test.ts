import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedBy, type GoalPeriod, goalPeriod, previousWorkingDay } from "./goals.ts";

const OSLO = "Europe/Oslo";
const at = (text: string) => Temporal.Instant.from(text);

const expected = (target: number, period: GoalPeriod, now: string, zone = OSLO) =>
  expectedBy(target, goalPeriod(period, at(now), zone), at(now), zone);

test("a period is of whole days of the zone, and a week starts on Monday", () => {
  const week = goalPeriod("week", at("2026-02-08T22:59:00Z"), OSLO);
  assert.deepEqual(
    [week.from.toString(), week.until.toString()],
    ["2026-02-01T23:00:00Z", "2026-02-08T23:00:00Z"],
  );
  assert.equal(goalPeriod("week", at("2026-02-08T23:00:00Z"), OSLO).from.toString(), "2026-02-08T23:00:00Z");
  assert.equal(goalPeriod("month", at("2026-02-08T10:00:00Z"), OSLO).from.toString(), "2026-01-31T23:00:00Z");
});

test("an even pace follows the working hours from Monday to Friday", () => {
  const cases: [GoalPeriod, string, number][] = [
    ["day", "2026-02-02T07:59:00Z", 0], // before nine
    ["day", "2026-02-02T12:00:00Z", 50], // 13:00, half of nine to five
    ["day", "2026-02-02T20:00:00Z", 100],
    ["day", "2026-02-07T12:00:00Z", 0], // a Saturday expects nothing
    ["week", "2026-02-02T05:00:00Z", 0],
    ["week", "2026-02-04T12:00:00Z", 50], // Wednesday, half past
    ["week", "2026-02-06T20:00:00Z", 100], // Friday evening
    ["week", "2026-02-08T12:00:00Z", 100], // the weekend adds nothing
    ["month", "2026-02-13T20:00:00Z", 50], // ten of twenty working days
  ];
  for (const [period, now, share] of cases)
    assert.equal(expected(100, period, now), share, `${period} at ${now}`);
});

test("what is expected is rounded down, and the change of the clock costs no day", () => {
  assert.equal(expected(3, "day", "2026-02-02T10:00:00Z"), 0);
  assert.equal(expected(3, "day", "2026-02-02T15:00:00Z"), 2);
  assert.equal(expected(100, "week", "2026-03-29T18:00:00Z"), 100);
});

test("the previous working day of Monday and of the weekend is Friday", () => {
  const cases = [
    ["2026-02-03T10:00:00Z", "2026-02-01T23:00:00Z"], // Tuesday: Monday
    ["2026-02-02T10:00:00Z", "2026-01-29T23:00:00Z"], // Monday: Friday
    ["2026-02-01T10:00:00Z", "2026-01-29T23:00:00Z"], // Sunday
    ["2026-01-31T10:00:00Z", "2026-01-29T23:00:00Z"], // Saturday
  ] as const;
  for (const [now, since] of cases) assert.equal(previousWorkingDay(at(now), OSLO).toString(), since, now);
});
