import assert from "node:assert/strict";
import { test } from "node:test";
import { type RampDay, rampHoldSays, rampLimit, rampOn, rampWords } from "./ramp.ts";

const RAMP = { start: 10, step: 2, everyDays: 1, ceiling: 15 };

const day = (n: number, sent: number, more: Partial<RampDay> = {}): RampDay => ({
  day: `2026-03-${String(n).padStart(2, "0")}`,
  sent,
  bounced: 0,
  refused: 0,
  complained: 0,
  ...more,
});

test("it grows with each day on which it sent, up to the ceiling", () => {
  assert.equal(rampOn(RAMP, []).limit, 10);
  assert.equal(rampOn(RAMP, [day(1, 3)]).limit, 12);
  assert.equal(rampOn(RAMP, [day(1, 3), day(2, 0), day(3, 9)]).limit, 14);
  assert.equal(
    rampOn(
      RAMP,
      [1, 2, 3, 4, 5].map((n) => day(n, 9)),
    ).limit,
    15,
  );
});

test("a step may take several days", () => {
  const slow = { ...RAMP, everyDays: 3, ceiling: 50 };
  assert.deepEqual(
    [0, 1, 2, 3, 5, 6].map((days) => rampLimit(slow, days)),
    [10, 10, 10, 12, 12, 14],
  );
  assert.equal(rampWords(slow), "+2 every 3 days up to 50");
  assert.equal(rampWords(RAMP), "+2 a day up to 15");
});

test("a day does not count while many emails of its week came back", () => {
  const days = [day(2, 20), day(3, 20, { bounced: 2 })];
  const standing = rampOn(RAMP, days);
  assert.deepEqual(standing, {
    limit: 12,
    sendingDays: 1,
    hold: { code: "bounces", day: "2026-03-03", sent: 40, count: 2 },
  });
  assert.equal(
    standing.hold && rampHoldSays(standing.hold),
    "The ramp does not grow: 2 bounces among 40 emails in the week until 2026-03-03.",
  );
  const later = rampOn(RAMP, [...days, day(10, 20)]);
  assert.deepEqual([later.limit, later.hold], [14, null]);
});

test("a single bounce or a few emails say little, and one spam report says enough", () => {
  assert.equal(rampOn(RAMP, [day(2, 5, { bounced: 1 })]).hold, null);
  assert.equal(rampOn(RAMP, [day(2, 10, { bounced: 3 })]).hold, null);
  assert.equal(rampOn(RAMP, [day(2, 10, { complained: 1 })]).hold?.code, "complaints");
});

test("the order in which days are given does not matter", () => {
  const days = [day(1, 10), day(2, 30, { bounced: 5 }), day(9, 10)];
  assert.deepEqual(rampOn(RAMP, days), rampOn(RAMP, days.toReversed()));
});
