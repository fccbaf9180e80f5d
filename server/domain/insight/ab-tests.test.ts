import assert from "node:assert/strict";
import { test } from "node:test";
import { decideAbTest } from "./ab-tests.ts";

const now = Temporal.Instant.from("2026-11-20T10:00:00Z");
const of = (successes: number, trials: number) => ({ successes, trials });
const decide = (variants: ReturnType<typeof of>[], endsAt: Temporal.Instant | null = null) =>
  decideAbTest(variants, { endsAt, now });

test("a variant wins where it is surely better than each other one", () => {
  assert.deepEqual(decide([of(20, 500), of(80, 500)]), { is: "won", winner: 1 });
  assert.deepEqual(decide([of(20, 500), of(80, 500), of(25, 500)]), { is: "won", winner: 1 });
  assert.deepEqual(decide([of(20, 500), of(80, 500), of(75, 500)]), { is: "running" }, "two are ahead");
});

test("a large difference among few emails proves nothing, and a small one among many does not either", () => {
  assert.deepEqual(decide([of(0, 40), of(20, 40)]), { is: "running" });
  assert.deepEqual(decide([of(50, 1_000), of(58, 1_000)]), { is: "running" });
});

test("what is not proven when the test ends stays undecided, and what is proven by then has won", () => {
  assert.deepEqual(decide([of(50, 1_000), of(58, 1_000)], now), { is: "undecided" });
  assert.deepEqual(decide([of(50, 1_000), of(58, 1_000)], now.add({ hours: 1 })), { is: "running" });
  assert.deepEqual(decide([of(20, 500), of(80, 500)], now), { is: "won", winner: 1 });
});

test("variants that are as good as each other end the test", () => {
  assert.deepEqual(decide([of(2_000, 200_000), of(2_010, 200_000)]), { is: "even" });
});

test("with fewer than two variants there is nothing to compare", () => {
  assert.deepEqual(decide([of(20, 500)]), { is: "changed" });
  assert.deepEqual(decide([]), { is: "changed" });
});
