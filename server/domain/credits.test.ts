import assert from "node:assert/strict";
import { test } from "node:test";
import { balanceOf, creditCycle } from "./credits.ts";

test("a cycle is the calendar month in UTC", () => {
  const cases = {
    "2026-02-01T00:00:00Z": ["2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"],
    "2026-02-28T23:59:59.999999Z": ["2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"],
    "2026-12-31T23:59:59Z": ["2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"],
    "2028-02-29T12:00:00+14:00": ["2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z"],
    "2026-03-01T00:30:00+02:00": ["2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"],
  };
  for (const [at, [start, end]] of Object.entries(cases)) {
    const cycle = creditCycle(Temporal.Instant.from(at));
    assert.deepEqual([cycle.startsAt.toString(), cycle.endsAt.toString()], [start, end], at);
  }
});

test("a balance never shows less than nothing", () => {
  const cases: [number, number, number, number][] = [
    [10, 3, 3, 7],
    [10, 10, 10, 0],
    [10, 12, 12, 0],
    [10, -2, 0, 10],
  ];
  for (const [limit, spent, consumed, leftOver] of cases)
    assert.deepEqual(balanceOf(limit, spent), { limit, consumed, leftOver });
});
