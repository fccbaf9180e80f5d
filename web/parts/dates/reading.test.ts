import assert from "node:assert/strict";
import { test } from "node:test";
import { instantOf, localOf, readDay, readMoment } from "./reading.ts";

const now = new Date(2026, 10, 21, 14, 30); // a Saturday

test("a day may be written in any of the ways people write one", () => {
  const cases: [string, string | null][] = [
    ["2026-11-27", "2026-11-27"],
    ["27 Nov", "2026-11-27"],
    ["27 november 2027", "2027-11-27"],
    ["Fri 27 Nov 2026", "2026-11-27"],
    ["27.11.", "2026-11-27"],
    ["27/11/2026", "2026-11-27"],
    ["3 Feb", "2027-02-03"],
    ["today", "2026-11-21"],
    ["tomorrow", "2026-11-22"],
    ["yesterday", "2026-11-20"],
    ["fri", "2026-11-27"],
    ["Saturday", "2026-11-28"],
    ["+10", "2026-12-01"],
    ["-21", "2026-10-31"],
    ["31 June", null],
    ["29.2.2027", null],
    ["2", null],
    ["soon", null],
    ["", null],
  ];
  for (const [text, day] of cases) assert.equal(readDay(text, now), day, text);
});

test("a time stands after the day; without one the time before holds, and without a day the day", () => {
  const before = "2026-11-24 08:15:00";
  const cases: [string, string | null][] = [
    ["27 Nov 2026, 9:30", "2026-11-27 09:30:00"],
    ["Fri 27 Nov 2026, 09:30", "2026-11-27 09:30:00"],
    ["2026-11-27T23:05", "2026-11-27 23:05:00"],
    ["tomorrow 7.45", "2026-11-22 07:45:00"],
    ["tomorrow", "2026-11-22 08:15:00"],
    ["10:00", "2026-11-24 10:00:00"],
    ["27 Nov, 25:00", null],
    ["27 Nov 9:75", null],
  ];
  for (const [text, at] of cases) assert.equal(readMoment(text, now, before), at, text);
  assert.equal(readMoment("mon", now, null), "2026-11-23 09:00:00");
});

test("what the field holds is the viewer's own clock, there and back", () => {
  const at = new Date(2026, 10, 27, 9, 30);
  assert.equal(localOf(at), "2026-11-27 09:30:00");
  assert.equal(instantOf(localOf(at)).getTime(), at.getTime());
});
