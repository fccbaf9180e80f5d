import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeAttempt, judgePush, peaceAsked } from "./retry.ts";

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

test("a push service is judged by its status, and after twenty failures given up", () => {
  const now = Temporal.Instant.from("2026-11-27T10:00:00Z");
  const after = (status: number | null, failures: number, asked: string | null = null) => {
    const verdict = judgePush({ status, asked }, failures, now);
    return verdict.is === "retry" ? verdict.afterMs / 1_000 : verdict.is;
  };
  assert.deepEqual(
    [201, 404, 410].map((status) => after(status, 1)),
    ["delivered", "gone", "gone"],
  );
  assert.deepEqual(
    [1, 2, 3, 12, 19, 20].map((failures) => after(500, failures)),
    [30, 60, 120, 21_600, 21_600, "given_up"],
  );
  assert.equal(after(null, 1), 30);
  assert.equal(after(429, 1, "120"), 120);
  assert.equal(after(429, 3, "10"), 120, "its own wait is longer");
  assert.equal(after(503, 1, "Fri, 27 Nov 2026 10:05:00 GMT"), 300);
  assert.equal(after(503, 1, "soon"), 30);
  assert.equal(after(429, 1, "999999999"), 86_400, "a day at most");
});

const NOW = Temporal.Instant.from("2026-11-21T12:00:00Z");

test("peace is given as it is asked for, in seconds or until a date, within an hour", () => {
  assert.deepEqual(
    [
      peaceAsked(429, "7", NOW),
      peaceAsked(429, null, NOW),
      peaceAsked(503, "99999999", NOW),
      peaceAsked(500, "7", NOW),
    ],
    [7_000, 60_000, 3_600_000, null],
  );
  assert.equal(peaceAsked(429, "Sat, 21 Nov 2026 12:00:30 GMT", NOW), 30_000);
  assert.equal(peaceAsked(429, "soon", NOW), 60_000);
});
