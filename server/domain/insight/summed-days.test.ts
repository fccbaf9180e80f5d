import assert from "node:assert/strict";
import { test } from "node:test";
import { daysToAddUp, partsOf } from "./summed-days.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(text);
const OSLO = "Europe/Oslo";

test("a day is added up three hours after its end, and only so many at a time", () => {
  const until = (first: string, now: string, enough: string | null = null) =>
    daysToAddUp(day(first), at(now), OSLO, enough === null ? null : day(enough))?.toString() ?? null;
  assert.equal(until("2026-11-02", "2026-11-03T01:59:59Z"), null, "02:59 in Oslo");
  assert.equal(until("2026-11-02", "2026-11-03T02:00:00Z"), "2026-11-03");
  assert.equal(until("2026-11-03", "2026-11-03T12:00:00Z"), null);
  assert.equal(until("2020-01-01", "2026-11-03T12:00:00Z"), "2026-11-03");
  assert.equal(until("2020-01-01", "2026-11-03T12:00:00Z", "2020-01-09"), "2020-01-10");
  assert.equal(until("2020-01-01", "2026-11-03T12:00:00Z", "2020-01-01"), "2020-01-02", "one at least");
  // The night the clocks are turned back has 25 hours.
  assert.equal(until("2026-10-25", "2026-10-26T01:59:59Z"), null);
});

test("a period is whole days that are added up, and what is before and after them", () => {
  const parts = (from: string | null, until: string | null, untilDay = "2026-11-10") => {
    const found = partsOf(
      { from: from ? at(from) : null, until: until ? at(until) : null },
      day(untilDay),
      OSLO,
    );
    return (
      found && [
        `${found.days.from} ${found.days.until}`,
        ...found.rests.map((rest) => `${rest.from} ${rest.until}`),
      ]
    );
  };
  assert.deepEqual(parts(null, null), ["null 2026-11-10", "2026-11-09T23:00:00Z null"]);
  assert.deepEqual(parts("2026-10-31T23:00:00Z", "2026-11-05T23:00:00Z"), ["2026-11-01 2026-11-06"]);
  assert.deepEqual(parts("2026-11-01T12:00:00Z", "2026-11-05T12:00:00Z"), [
    "2026-11-02 2026-11-05",
    "2026-11-01T12:00:00Z 2026-11-01T23:00:00Z",
    "2026-11-04T23:00:00Z 2026-11-05T12:00:00Z",
  ]);
  assert.deepEqual(parts("2026-11-08T23:00:00Z", null), [
    "2026-11-09 2026-11-10",
    "2026-11-09T23:00:00Z null",
  ]);
  assert.equal(parts("2026-11-09T23:00:00Z", null), null, "only days that are not added up");
  assert.equal(parts("2026-11-05T12:00:00Z", "2026-11-05T18:00:00Z"), null, "no whole day");
  assert.equal(parts("2026-11-05T12:00:00Z", "2026-11-06T18:00:00Z"), null, "no whole day either");
});
