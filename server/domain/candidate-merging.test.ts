import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOutOnceMerged, type MergedCandidate } from "./candidate-merging.ts";

const NOW = Temporal.Instant.from("2026-11-22T12:00:00Z");

function line(id: string, rest: Partial<MergedCandidate> = {}): MergedCandidate {
  return {
    ...{ id, workflowId: "w", triggerKey: `event:${id}`, isWinners: false, verdict: "waiting" },
    ...{ createdAt: NOW.subtract({ hours: 1 }), definition: { reentry: "once", netNew: false } },
    ...rest,
  };
}

const EVERY_TIME = { definition: { reentry: "every_time", netNew: false } } as const;

test("of those who wait in a workflow that takes nobody twice the winner's own goes on", () => {
  assert.deepEqual(leftOutOnceMerged([line("a"), line("b", { isWinners: true })], NOW), ["a"]);
});

test("nobody goes on where one of them is through", () => {
  const rows = [line("a", { isWinners: true }), line("b", { verdict: "done" })];
  assert.deepEqual(leftOutOnceMerged(rows, NOW), ["a"]);
});

test("those who were left out stand in nobody's way, nor does another workflow", () => {
  const rows = [line("a"), line("b", { verdict: "skipped" }), line("c", { workflowId: "other" })];
  assert.deepEqual(leftOutOnceMerged(rows, NOW), []);
});

test("a workflow that takes somebody every time does each of its triggers once", () => {
  const same = { ...EVERY_TIME, triggerKey: "run:1" };
  assert.deepEqual(leftOutOnceMerged([line("a", same), line("b", same), line("c", EVERY_TIME)], NOW), ["b"]);
});

test("what was done longer ago than the workflow waits stands in nobody's way", () => {
  const definition = { reentry: { days: 2 }, netNew: false };
  const earlier = (hours: number) =>
    line("a", { definition, verdict: "done", createdAt: NOW.subtract({ hours }) });
  assert.deepEqual(leftOutOnceMerged([earlier(49), line("b", { definition })], NOW), []);
  assert.deepEqual(leftOutOnceMerged([earlier(47), line("b", { definition })], NOW), ["b"]);
});
