import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOf, hourOf, sayWeek, type WeekHours } from "./week.ts";

const office = { monday: [[8, 17]], tuesday: [[8, 17]], wednesday: [[8, 17]] } satisfies WeekHours;

const WEEKS: [WeekHours, string][] = [
  [{}, "No sending hours"],
  [office, "Mon to Wed 08:00–17:00"],
  [{ monday: [[8.5, 12]], tuesday: [[0, 24]] }, "Mon 08:30–12:00, Tue all day"],
  [
    {
      friday: [
        [9, 12],
        [13, 24],
      ],
    },
    "Fri 09:00–12:00, 13:00–24:00",
  ],
];

for (const [hours, says] of WEEKS) {
  test(`says ${says}`, () => assert.equal(sayWeek(hours), says));
}

test("hours are clocks and clocks are hours", () => {
  for (const hour of [0, 8, 8.5, 17.25, 23.75]) assert.equal(hourOf(clockOf(hour)), hour);
  assert.equal(clockOf(24), "00:00");
});
