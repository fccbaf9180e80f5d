import assert from "node:assert/strict";
import { test } from "node:test";
import { openWaits } from "./waits.ts";

function clocked() {
  let now = Temporal.Instant.from("2027-01-04T09:00:00Z");
  const waits = openWaits(() => now);
  const minutesOf = (key: string) => {
    const until = waits.until(key);
    return until && now.until(until).total("minutes");
  };
  return { waits, minutesOf, go: (minutes: number) => (now = now.add({ minutes })) };
}

test("what comes to nothing again and again is looked at less and less often, up to six hours apart", () => {
  const { waits, minutesOf, go } = clocked();
  const seen: (number | null)[] = [];
  for (let round = 0; round < 11; round++) {
    waits.add("plan-steps");
    seen.push(minutesOf("plan-steps"));
    go(minutesOf("plan-steps") ?? 0);
  }
  assert.deepEqual(seen, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
});

test("what came to something begins with a minute again", () => {
  const { waits, minutesOf, go } = clocked();
  waits.add("plan-steps");
  go(1);
  waits.end("plan-steps");
  waits.add("plan-steps");
  assert.equal(minutesOf("plan-steps"), 1);
});

test("a time that is known is kept, and one that has passed is a minute", () => {
  const { waits, minutesOf, go } = clocked();
  const at = Temporal.Instant.from("2027-01-04T12:00:00Z");
  waits.add("send", at);
  assert.equal(minutesOf("send"), 180);
  go(200);
  assert.equal(minutesOf("send"), null);
  waits.add("send", at);
  assert.equal(minutesOf("send"), 1);
});
