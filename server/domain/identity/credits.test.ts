import assert from "node:assert/strict";
import { test } from "node:test";
import { balanceOf, creditCycle, priceOfAdding, shortageOf } from "./credits.ts";

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

test("a balance never shows less than nothing, what is held is not left, and what was given back may be spent", () => {
  const cases: [
    limit: number | null,
    spent: number,
    reserved: number,
    consumed: number,
    leftOver: number | null,
  ][] = [
    [10, 3, 0, 3, 7],
    [10, 10, 0, 10, 0],
    [10, 12, 0, 12, 0],
    [10, -2, 0, 0, 12],
    [10, 3, 4, 3, 3],
    [10, 6, 4, 6, 0],
    [10, 9, 4, 9, 0],
    [10, -2, 12, 0, 0],
    [0, 0, 0, 0, 0],
    [null, 900, 5, 900, null],
  ];
  for (const [limit, spent, reserved, consumed, leftOver] of cases)
    assert.deepEqual(balanceOf({ limit, spent, reserved }), { limit, consumed, reserved, leftOver });
});

test("who has too little hears whose allowance it is and how many would fit", () => {
  const none = { limit: null, spent: 500, reserved: 0 };
  const team = { limit: 100, spent: 60, reserved: 10 };
  const own = { limit: 20, spent: 5, reserved: 1 };
  const short = (amount: number, each: number, standings: Parameters<typeof shortageOf>[1]) =>
    shortageOf({ amount, each }, standings);
  assert.equal(short(1_000_000, 1, { team: none, user: none }), null);
  assert.equal(short(30, 1, { team, user: none }), null);
  assert.deepEqual(short(31, 1, { team, user: none }), {
    whose: "team",
    balance: 30,
    reserved: 10,
    fits: 30,
  });
  assert.equal(short(14, 1, { team, user: own }), null);
  assert.deepEqual(short(40, 8, { team, user: own }), { whose: "user", balance: 14, reserved: 1, fits: 1 });
  assert.deepEqual(short(15, 1, { team: none, user: own })?.whose, "user");
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
