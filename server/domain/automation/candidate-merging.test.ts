import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOutOnceMerged, type MergedCandidate } from "./candidate-merging.ts";

const NOW = Temporal.Instant.from("2026-11-22T12:00:00Z");

function line(id: string, rest: Partial<MergedCandidate> = {}): MergedCandidate {
  return {
    id,
    workflowId: "w",
    triggerKey: `event:${id}`,
    isWinners: false,
    verdict: "waiting",
    createdAt: NOW.subtract({ hours: 1 }),
    definition: { reentry: "once", netNew: false },
    ...rest,
  };
}

const EVERY_TIME = { definition: { reentry: "every_time", netNew: false } } as const;

test("where a workflow takes each record once, the winner's own waiting candidate goes on", () => {
  assert.deepEqual(leftOutOnceMerged([line("a"), line("b", { isWinners: true })], NOW), ["a"]);
});

test("no candidate goes on where one of them has finished", () => {
  const rows = [line("a", { isWinners: true }), line("b", { verdict: "done" })];
  assert.deepEqual(leftOutOnceMerged(rows, NOW), ["a"]);
});

test("candidates that were skipped do not count, nor does another workflow", () => {
  const rows = [line("a"), line("b", { verdict: "skipped" }), line("c", { workflowId: "other" })];
  assert.deepEqual(leftOutOnceMerged(rows, NOW), []);
});

test("a workflow that takes records every time runs each of its triggers once", () => {
  const same = { ...EVERY_TIME, triggerKey: "run:1" };
  assert.deepEqual(leftOutOnceMerged([line("a", same), line("b", same), line("c", EVERY_TIME)], NOW), ["b"]);
});

test("a run from longer ago than the workflow's waiting time does not count", () => {
  const definition = { reentry: { days: 2 }, netNew: false };
  const earlier = (hours: number) =>
    line("a", { definition, verdict: "done", createdAt: NOW.subtract({ hours }) });
  assert.deepEqual(leftOutOnceMerged([earlier(49), line("b", { definition })], NOW), []);
  assert.deepEqual(leftOutOnceMerged([earlier(47), line("b", { definition })], NOW), ["b"]);
});
