import assert from "node:assert/strict";
import { test } from "node:test";
import { closingDay, forecastedRevenue, readAmount, typeOfStage } from "./deal.ts";

const amounts: [text: string | null, read: string | null][] = [
  ["48000", "48000"],
  [" 48000.50 ", "48000.50"],
  ["0", "0"],
  ["-5", "-5"],
  ["999999999999999", "999999999999999"],
  ["48,000", null],
  ["$48000", null],
  ["48 000", null],
  ["4e4", null],
  ["NaN", null],
  ["", null],
  [null, null],
  ["9".repeat(40), null],
];
for (const [text, read] of amounts)
  test(`an amount of ${JSON.stringify(text)} is ${read ?? "blank"}`, () =>
    assert.equal(readAmount(text), read));

test("a stage is open, won or lost", () => {
  assert.equal(typeOfStage({ isWon: false, isClosed: false }), "Open");
  assert.equal(typeOfStage({ isWon: true, isClosed: true }), "Closed/Won");
  assert.equal(typeOfStage({ isWon: false, isClosed: true }), "Closed/Lost");
});

test("a deal is closed on the day it enters a closed stage, and keeps that day from one closed stage to the next", () => {
  const today = Temporal.PlainDate.from("2026-03-01");
  const before = Temporal.PlainDate.from("2026-02-01");
  assert.equal(closingDay({ isClosed: false, closedOn: null }, true, today), today);
  assert.equal(closingDay({ isClosed: true, closedOn: before }, true, today), before);
  assert.equal(closingDay({ isClosed: true, closedOn: before }, false, today), null);
});

test("revenue is forecast to the cent", () => {
  assert.equal(forecastedRevenue(48000, 10), 4800);
  assert.equal(forecastedRevenue(99.99, 33), 33);
  assert.equal(forecastedRevenue(null, 10), null);
});
