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
    waits.cameToNothing("plan-steps");
    seen.push(minutesOf("plan-steps"));
    go(minutesOf("plan-steps") ?? 0);
  }
  assert.deepEqual(seen, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
});

test("what came to something begins with a minute again", () => {
  const { waits, minutesOf, go } = clocked();
  waits.cameToNothing("plan-steps");
  go(1);
  waits.cameToSomething("plan-steps");
  waits.cameToNothing("plan-steps");
  assert.equal(minutesOf("plan-steps"), 1);
});

test("what falls due after something came to nothing is not held up by it", () => {
  const { waits, go } = clocked();
  const before = Temporal.Instant.from("2027-01-04T09:00:00Z");
  waits.cameToNothing("plan-steps");
  waits.cameToNothing("plan-steps");
  go(1);
  assert.equal(waits.holds("plan-steps", before), true);
  assert.equal(waits.holds("plan-steps", before.add({ seconds: 30 })), false);
  assert.equal(waits.holds("plan-steps"), true);
  go(1);
  assert.equal(waits.holds("plan-steps", before), false);
});

test("a mailbox that rests is left alone until its time, or until people may have changed its limits", () => {
  const { waits, minutesOf, go } = clocked();
  const at = Temporal.Instant.from("2027-01-04T12:00:00Z");
  waits.rest("send", at);
  waits.cameToNothing("plan-steps");
  assert.deepEqual([minutesOf("send"), waits.holds("send", at)], [180, true]);
  waits.endRests();
  assert.deepEqual([minutesOf("send"), minutesOf("plan-steps")], [null, 1]);
  waits.rest("send", at);
  go(200);
  assert.equal(minutesOf("send"), null);
});
