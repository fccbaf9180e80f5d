import assert from "node:assert/strict";
import { test } from "node:test";
import { paceOf, sayPace, sayProgress, shareOf } from "./goal-words.ts";

const goal = (figure: number, expected: number, target = 50) =>
  ({ figure, expected, target, period: "week" }) as const;

test("a goal says how far it is, and how that compares with an even pace", () => {
  assert.equal(sayProgress(goal(12, 20)), "12 of 50 this week");
  assert.equal(sayProgress({ ...goal(1200, 0, 5000), period: "month" }), "1,200 of 5,000 this month");
  const cases = [
    [goal(12, 20), "behind", "8 behind"],
    [goal(23, 20), "ahead", "3 ahead"],
    [goal(20, 20), "even", "On pace"],
    [goal(50, 20), "reached", "Reached"],
    [goal(60, 50), "reached", "Reached"],
  ] as const;
  for (const [one, pace, says] of cases) assert.deepEqual([paceOf(one), sayPace(one)], [pace, says]);
});

test("the bar ends at the target", () => {
  assert.deepEqual([shareOf(0, 50), shareOf(12, 50), shareOf(60, 50)], [0, 24, 100]);
});
