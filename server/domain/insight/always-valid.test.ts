import assert from "node:assert/strict";
import { test } from "node:test";
import { differenceOf, evidenceAgainst, shareRangeOf, type TrialCounts } from "./always-valid.ts";

const tried = (successes: number, trials: number): TrialCounts => ({ successes, trials });

/** The same chances on every run. */
function chances(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("the evidence is the likelihood of a mixture over that of one share, summed by hand", () => {
  // Of two mails one answered, under Beta(1, 9): the mixture is 9 ∫ p (1-p)^9 dp = 9 · B(2, 10) = 9/110.
  const mixed = Math.log(9 / 110);
  const supposed = Math.log(0.25 * 0.75);
  assert.ok(Math.abs(evidenceAgainst(tried(1, 2), tried(0, 0), 0) - (mixed - Math.log(0.25))) < 1e-9);
  const [least, most] = [shareRangeOf(tried(1, 2), Math.exp(supposed - mixed)).least, 1];
  assert.ok(Math.abs(least - 0.25) < 1e-6, String(least)); // where the evidence is just that, the range ends
  assert.equal(most, 1);
});

test("a range holds what was counted, and gets narrower with more of it", () => {
  assert.deepEqual(shareRangeOf(tried(0, 0)), { share: 0, least: 0, most: 1 });
  let width = 1;
  for (const trials of [100, 1_000, 10_000]) {
    const { share, least, most } = shareRangeOf(tried(trials / 20, trials));
    assert.ok(least < share && share < most && most - least < width, `${least} to ${most}`);
    width = most - least;
  }
  assert.equal(shareRangeOf(tried(0, 500)).least, 0);
  assert.equal(shareRangeOf(tried(500, 500)).most, 1);
});

test("a difference turns its sign with the sides, and of nothing it may be any", () => {
  const one = differenceOf(tried(10, 400), tried(40, 500));
  const other = differenceOf(tried(40, 500), tried(10, 400));
  assert.ok(Math.abs(one.least + other.most) < 1e-9 && Math.abs(one.most + other.least) < 1e-9);
  assert.ok(one.least > 0, String(one.least));
  assert.deepEqual(differenceOf(tried(0, 0), tried(3, 10)), { share: 0.3, least: -1, most: 1 });
});

for (const [p, q] of [
  [0.01, 0.01],
  [0.03, 0.08],
  [0.2, 0.15],
] as const)
  test(`looked at after every ${p === q ? "" : "tenth "}mail, the true difference of ${p} and ${q} is seldom ever left outside`, () => {
    const next = chances(Math.round(p * 1000 + q));
    const RUNS = 300;
    let wrong = 0;
    for (let run = 0; run < RUNS; run++) {
      const [a, b] = [tried(0, 0), tried(0, 0)];
      for (let n = 1; n <= 1_500; n++) {
        const [arm, share] = next() < 0.5 ? [a, p] : [b, q];
        arm.trials += 1;
        if (next() < share) arm.successes += 1;
        if (p !== q && n % 10 > 0) continue;
        if (evidenceAgainst(a, b, q - p) < Math.log(20)) continue;
        wrong += 1;
        break;
      }
    }
    assert.ok(wrong / RUNS <= 0.05, `${wrong} of ${RUNS}`);
  });
