import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeAttempt } from "./retry.ts";

test("a webhook is judged by its status", () => {
  const cases: [number | null, string][] = [
    [200, "delivered"],
    [204, "delivered"],
    [299, "delivered"],
    [199, "retry"],
    [301, "retry"],
    [307, "retry"],
    [400, "retry"],
    [404, "retry"],
    [410, "gone"],
    [429, "retry"],
    [500, "retry"],
    [null, "retry"],
  ];
  for (const [status, verdict] of cases)
    assert.equal(judgeAttempt(1, status, 0.5).is, verdict, String(status));
});

test("ten attempts are spread over 75 hours, each wait longer, and then it ends", () => {
  const waits = Array.from({ length: 9 }, (_, n) => judgeAttempt(n + 1, null, 0.5)).map((verdict) =>
    verdict.is === "retry" ? verdict.afterMs : 0,
  );
  assert.deepEqual(
    waits,
    [...waits].sort((a, b) => a - b),
  );
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  assert.equal(Math.floor(hours), 75);
  assert.equal(judgeAttempt(10, null, 0.5).is, "given_up");
});

test("chance moves a wait by a tenth at most", () => {
  const wait = (chance: number) => {
    const verdict = judgeAttempt(2, 500, chance);
    return verdict.is === "retry" ? verdict.afterMs : 0;
  };
  assert.deepEqual([wait(0), wait(0.5), wait(1)], [270_000, 300_000, 330_000]);
});
