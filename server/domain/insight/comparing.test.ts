import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrialCounts } from "./always-valid.ts";
import { type ComparisonResult, compareVariants, differs, FAIR_TRIALS } from "./comparing.ts";

const tried = (successes: number, trials: number): TrialCounts => ({ successes, trials });

const VERDICTS: [what: string, variants: TrialCounts[], verdicts: ComparisonResult[]][] = [
  ["one by itself", [tried(5, 100)], ["alone"]],
  ["a few mails each", [tried(30, 90), tried(0, 90)], ["too_early", "too_early"]],
  ["a difference that may be chance", [tried(8, 100), tried(4, 100)], ["too_early", "too_early"]],
  ["what is alike so far", [tried(60, 1500), tried(63, 1500)], ["too_early", "too_early"]],
  ["no real difference", [tried(1600, 40_000), tried(1610, 40_000)], ["even", "even"]],
  ["one that is better", [tried(120, 1000), tried(50, 1000)], ["ahead", "behind"]],
  [
    "a third that has hardly begun",
    [tried(120, 1000), tried(50, 1000), tried(1, 5)],
    ["too_early", "behind", "too_early"],
  ],
];

for (const [what, variants, verdicts] of VERDICTS) {
  test(`${what}: ${verdicts.join(", ")}`, () => {
    assert.deepEqual(
      compareVariants(variants).map(({ verdict }) => verdict),
      verdicts,
    );
  });
}

test("a difference is told from the best of the others, and with a third one has to be surer", () => {
  const [a, b, c] = compareVariants([tried(120, 1000), tried(50, 1000), tried(90, 1000)]);
  assert.deepEqual([a?.difference?.against, b?.difference?.against, c?.difference?.against], [2, 0, 0]);
  const [pair] = compareVariants([tried(120, 1000), tried(90, 1000)]);
  assert.ok((a?.difference?.least ?? 0) < (pair?.difference?.least ?? 0));
  assert.equal(compareVariants([tried(1, 10)])[0]?.difference, null);
});

/** The same chances on every run. */
function chances(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

type IsSure = (one: TrialCounts, other: TrialCounts) => boolean;

/** Looks after every mail, and after every answer, which comes some mails later. Answers in how many of the tests it was ever sure. */
function everSure(isSure: IsSure, [p, q]: readonly [number, number], { runs, mails, lateBy, seed }: Setting) {
  const next = chances(seed);
  let sure = 0;
  for (let run = 0; run < runs; run++) {
    const arms = [tried(0, 0), tried(0, 0)] as const;
    const coming: TrialCounts[][] = [];
    for (let n = 0; n < mails + lateBy; n++) {
      if (n < mails) {
        const arm = next() < 0.5 ? arms[0] : arms[1];
        arm.trials += 1;
        const at = n + Math.floor(next() * (lateBy + 1));
        if (next() < (arm === arms[0] ? p : q)) coming[at] = [...(coming[at] ?? []), arm];
      }
      for (const answered of coming[n] ?? []) answered.successes += 1;
      if (arms.some(({ trials }) => trials < FAIR_TRIALS) || !isSure(...arms)) continue;
      sure += 1;
      break;
    }
  }
  return sure / runs;
}

type Setting = { runs: number; mails: number; lateBy: number; seed: number };

for (const share of [0.01, 0.05, 0.2])
  for (const lateBy of [0, 300])
    test(`two alike at ${share}, answered up to ${lateBy} mails later: looking after every mail is wrong in one of twenty at most`, () => {
      const rate = everSure(differs, [share, share], {
        runs: 400,
        mails: 3_000,
        lateBy,
        seed: share * 1000 + lateBy,
      });
      assert.ok(rate <= 0.05, String(rate));
    });

test("the usual test, looked at so often, is wrong far more often: this would be noticed", () => {
  const usual: IsSure = (one, other) => {
    const pooled = (one.successes + other.successes) / (one.trials + other.trials);
    const spread = Math.sqrt(pooled * (1 - pooled) * (1 / one.trials + 1 / other.trials));
    return Math.abs(one.successes / one.trials - other.successes / other.trials) > 1.96 * spread;
  };
  assert.ok(everSure(usual, [0.05, 0.05], { runs: 200, mails: 3_000, lateBy: 0, seed: 7 }) > 0.15);
});

test("a real difference is found: an answer in 30 against one in 12, mostly within 3,000 mails", () => {
  assert.ok(everSure(differs, [0.033, 0.083], { runs: 200, mails: 3_000, lateBy: 100, seed: 11 }) > 0.8);
});
