import assert from "node:assert/strict";
import { test } from "node:test";
import { type Facts, stepsFor } from "./started.ts";

const done = (facts: Facts) => stepsFor(facts).map(({ isDone }) => isDone);
const unused = { last_used_at: null };
const used = { last_used_at: "2026-11-20T12:00:00Z" };

test("a team that a bootstrap key opened has everything before it", () => {
  assert.deepEqual(done({ teamName: "First team", colleagues: 0, keys: [] }), [false, false, false, false]);
});

test("each step follows from its own fact", () => {
  assert.deepEqual(done({ teamName: "Norrland", colleagues: 0, keys: [] }), [true, false, false, false]);
  assert.deepEqual(done({ teamName: "Norrland", colleagues: 2, keys: [unused] }), [true, true, true, false]);
  assert.deepEqual(done({ teamName: "Norrland", colleagues: 2, keys: [unused, used] }), [
    true,
    true,
    true,
    true,
  ]);
});
