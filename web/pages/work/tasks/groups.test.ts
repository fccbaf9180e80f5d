import assert from "node:assert/strict";
import { test } from "node:test";
import { groupOf } from "./groups.ts";

const now = new Date(2026, 10, 20, 14, 0);
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const task = (due_at: string, status = "scheduled") => ({ due_at, status, priority: "low" });

test("tasks stand under when they are due", () => {
  const cases: [ReturnType<typeof task>, string][] = [
    [task(at(19, 23)), "Overdue"],
    [task(at(20, 8)), "Today"],
    [task(at(20, 23)), "Today"],
    [task(at(21, 0)), "Upcoming"],
    [task(at(1, 0), "completed"), "Done"],
    [task(at(30, 0), "skipped"), "Done"],
  ];
  for (const [one, title] of cases) assert.equal(groupOf(one, now, "due"), title);
});

test("sorted by priority, they stand under their priority", () => {
  assert.equal(groupOf(task(at(19, 23)), now, "priority"), "Low priority");
  assert.equal(
    groupOf({ ...task(at(1, 0), "completed"), priority: "high" }, now, "priority"),
    "High priority",
  );
});
