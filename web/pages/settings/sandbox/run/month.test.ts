import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, dayOf, monthAfter, weeksOf } from "./month.ts";

test("a month begins on its weekday and has its own days only", () => {
  const weeks = weeksOf("2027-02"); // from a Monday to a Sunday
  assert.deepEqual([weeks.length, weeks[0]?.[0], weeks[3]?.[6]], [4, "2027-02-01", "2027-02-28"]);
  const august = weeksOf("2027-08"); // begins on a Sunday
  assert.deepEqual(august[0], [null, null, null, null, null, null, "2027-08-01"]);
  assert.deepEqual([august.length, august[5]?.[1], august[5]?.[2]], [6, "2027-08-31", null]);
});

test("months follow each other over the end of a year, and have their bounds", () => {
  assert.deepEqual([monthAfter("2026-12", 1), monthAfter("2027-01", -1)], ["2027-01", "2026-12"]);
  assert.deepEqual(boundsOf("2028-02"), { from: "2028-02-01", until: "2028-02-29" });
});

test("a moment is on the day of its zone", () => {
  assert.equal(dayOf("2027-01-04T23:30:00Z", "Europe/Oslo"), "2027-01-05");
  assert.equal(dayOf("2027-01-04T23:30:00Z", "America/New_York"), "2027-01-04");
});
