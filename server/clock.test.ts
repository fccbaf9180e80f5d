// A process whose own clock is wrong goes by the database's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDatabaseClock } from "./clock.ts";

const TRUE = Temporal.Instant.from("2026-03-02T10:00:00Z");

/** A process whose clock is so many minutes ahead. */
function process(minutes: number) {
  let elapsed = 1_000;
  const clock = openDatabaseClock({
    epochMs: () => TRUE.epochMilliseconds + minutes * 60_000 + (elapsed - 1_000),
    elapsedMs: () => elapsed,
  });
  return { clock, pass: (ms: number) => (elapsed += ms), at: () => elapsed };
}

for (const minutes of [20, -20])
  test(`a process that is ${minutes} minutes ahead says what the database says`, () => {
    const { clock, pass, at } = process(minutes);
    clock.learn({ at: TRUE, askedMs: at(), answeredMs: at() + 4 });
    assert.ok(Math.abs(clock.now().since(TRUE).total("milliseconds")) <= 4);
    pass(60_000);
    assert.ok(
      Math.abs(
        clock
          .now()
          .since(TRUE.add({ minutes: 1 }))
          .total("milliseconds"),
      ) <= 4,
    );
  });

test("an answer that was long on its way does not move a clock that is right", () => {
  const { clock, pass, at } = process(0);
  const askedMs = at();
  pass(900);
  clock.learn({ at: TRUE.add({ milliseconds: 10 }), askedMs, answeredMs: at() });
  assert.equal(clock.now().since(TRUE).total("milliseconds"), 900);
});

test("a moment of the process does not compile where one of the database is meant", () => {
  const now = openDatabaseClock().now();
  const spent = performance.now();
  // @ts-expect-error
  assert.throws(() => Temporal.Instant.compare(now, spent));
  // @ts-expect-error
  assert.throws(() => now.until(spent));
  // @ts-expect-error
  assert.throws(() => now < spent);
});
