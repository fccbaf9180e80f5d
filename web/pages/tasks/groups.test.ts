import assert from "node:assert/strict";
import { test } from "node:test";
import { groupTasks, nextAfter } from "./groups.ts";

const now = new Date(2026, 10, 20, 14, 0);
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const task = (due_at: string, status = "scheduled") => ({ due_at, status });

test("tasks stand under when they are due, and empty groups are left out", () => {
  const cases: [ReturnType<typeof task>, string][] = [
    [task(at(19, 23)), "Overdue"],
    [task(at(20, 8)), "Today"],
    [task(at(20, 23)), "Today"],
    [task(at(21, 0)), "Upcoming"],
    [task(at(1, 0), "completed"), "Done"],
    [task(at(30, 0), "skipped"), "Done"],
  ];
  for (const [one, title] of cases)
    assert.deepEqual(
      groupTasks([one], now).map((group) => group.title),
      [title],
    );
});

test("after one comes the one below, at the end the one above", () => {
  assert.equal(nextAfter(["a", "b", "c"], "a"), "b");
  assert.equal(nextAfter(["a", "b", "c"], "c"), "b");
  assert.equal(nextAfter(["a"], "a"), undefined);
  assert.equal(nextAfter(["a", "b"], "gone"), "a");
});
