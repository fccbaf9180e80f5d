import assert from "node:assert/strict";
import { test } from "node:test";
import { durationOf, minutesOf } from "./after.ts";

test("a duration is read as minutes, however it is written", () => {
  const read = ["PT1H", "PT3H", "PT90S", "P1D", "P1DT2H30M", "PT1M", undefined].map(minutesOf);
  assert.deepEqual(read, [60, 180, 2, 1440, 1590, 1, 60]);
  assert.equal(minutesOf(durationOf(95)), 95);
});
