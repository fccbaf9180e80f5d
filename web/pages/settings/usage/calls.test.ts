import assert from "node:assert/strict";
import { test } from "node:test";
import { readCalls } from "./calls.ts";

const periods = (consumed: number) => {
  const period = { limit: -1, consumed, left_over: -1 };
  return { day: period, hour: period, minute: period };
};

test("the busiest calls come first, by the names people know, and unused calls stay out", () => {
  const calls = readCalls({
    '["api/v1/contacts", "search"]': periods(3),
    '["api/v1/users", "search"]': periods(9),
    '["api/v1/tasks", "search"]': periods(0),
  });
  assert.deepEqual(
    calls.map(({ name, day }) => [name, day.consumed]),
    [
      ["users/search", 9],
      ["contacts/search", 3],
    ],
  );
});
