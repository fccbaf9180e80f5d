import assert from "node:assert/strict";
import { test } from "node:test";
import { processorTimes, processorUse } from "./processor-use.ts";

test("what the processors did in between is told, and not what they did before", () => {
  assert.equal(
    processorUse({ busy: 500, idle: 100 }, { busy: 590, idle: 110 }),
    "The processors were busy 90 % of the time.",
  );
  assert.equal(
    processorUse({ busy: 5, idle: 1 }, { busy: 5, idle: 1 }),
    "The processors were busy 0 % of the time.",
  );
});

test("times of this machine grow while it works", () => {
  const before = processorTimes();
  let after = before;
  while (after.busy === before.busy) after = processorTimes();
  assert.ok(after.idle >= before.idle);
});
