import assert from "node:assert/strict";
import { test } from "node:test";
import { clockIn, greetingAt, relativeTo } from "./when.ts";

const NOW = new Date("2026-11-20T12:00:00Z");

const CASES: [at: string, says: string][] = [
  ["2026-11-20T11:59:30Z", "just now"],
  ["2026-11-20T12:00:20Z", "just now"],
  ["2026-11-20T11:59:10Z", "1 minute ago"],
  ["2026-11-20T11:48:00Z", "12 minutes ago"],
  ["2026-11-20T09:00:00Z", "3 hours ago"],
  ["2026-11-19T11:00:00Z", "yesterday"],
  ["2026-11-23T12:00:00Z", "in 3 days"],
  ["2026-09-04T12:00:00Z", "4 Sept"],
  ["2025-09-04T12:00:00Z", "4 Sept 2025"],
];

for (const [at, says] of CASES) {
  test(`${at} is "${says}"`, () => {
    assert.equal(relativeTo(at, NOW), says);
  });
}

test("a zone's clock is its own", () => {
  assert.equal(clockIn("Asia/Kolkata", NOW), "17:30");
});

test("the greeting follows the hour", () => {
  assert.deepEqual([4, 5, 12, 18].map(greetingAt), [
    "Good night",
    "Good morning",
    "Good afternoon",
    "Good evening",
  ]);
});
