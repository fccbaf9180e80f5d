import assert from "node:assert/strict";
import { test } from "node:test";
import { balanceOf, creditCycle, priceOfAdding } from "./credits.ts";

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

test("a balance never shows less than nothing, and what is held is not left", () => {
  const cases: [limit: number, spent: number, reserved: number, consumed: number, leftOver: number][] = [
    [10, 3, 0, 3, 7],
    [10, 10, 0, 10, 0],
    [10, 12, 0, 12, 0],
    [10, -2, 0, 0, 10],
    [10, 3, 4, 3, 3],
    [10, 6, 4, 6, 0],
    [10, 9, 4, 9, 0],
    [10, -2, 10, 0, 0],
    [0, 0, 0, 0, 0],
  ];
  for (const [limit, spent, reserved, consumed, leftOver] of cases)
    assert.deepEqual(balanceOf({ limit, spent, reserved }), { limit, consumed, reserved, leftOver });
});

test("adding costs nothing for who is saved, and at most one for each who is new", () => {
  const cases: [Parameters<typeof priceOfAdding>[0], number, number, number][] = [
    [{ netNew: 0 }, 0, 0, 0],
    [{ netNew: 0, findable: 0 }, 0, 0, 0],
    [{ netNew: 25 }, 0, 25, 25],
    [{ netNew: 25, findable: 18 }, 0, 18, 25],
    [{ netNew: 25, findable: 0 }, 0, 0, 25],
    [{ netNew: 25, findable: 25 }, 0, 25, 25],
    [{ netNew: 25, findable: 40 }, 0, 25, 25],
  ];
  for (const [wish, least, expected, most] of cases)
    assert.deepEqual(priceOfAdding(wish), { least, expected, most }, JSON.stringify(wish));
});
