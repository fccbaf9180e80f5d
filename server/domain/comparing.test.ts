import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, rangeOf, type Tried, type Verdict } from "./comparing.ts";

const tried = (successes: number, trials: number): Tried => ({ successes, trials });

const RANGES: [Tried, share: number, least: number, most: number][] = [
  [tried(0, 0), 0, 0, 1],
  [tried(0, 10), 0, 0, 0.278],
  [tried(10, 10), 1, 0.722, 1],
  [tried(5, 100), 0.05, 0.022, 0.112],
  [tried(50, 1000), 0.05, 0.038, 0.065],
];

for (const [one, share, least, most] of RANGES) {
  test(`${one.successes} of ${one.trials} lies between ${least} and ${most}`, () => {
    const range = rangeOf(one);
    assert.equal(range.share, share);
    assert.ok(Math.abs(range.least - least) < 0.001, String(range.least));
    assert.ok(Math.abs(range.most - most) < 0.001, String(range.most));
  });
}

const VERDICTS: [what: string, variants: Tried[], verdicts: Verdict[]][] = [
  ["one by itself", [tried(5, 100)], ["alone"]],
  ["a few mails each", [tried(3, 20), tried(0, 20)], ["too_early", "too_early"]],
  ["a difference that may be chance", [tried(8, 100), tried(4, 100)], ["too_early", "too_early"]],
  ["a difference that is none", [tried(60, 1500), tried(63, 1500)], ["even", "even"]],
  ["one that is better", [tried(120, 1000), tried(50, 1000)], ["ahead", "behind"]],
  [
    "a third that has hardly begun",
    [tried(120, 1000), tried(50, 1000), tried(1, 5)],
    ["too_early", "behind", "too_early"],
  ],
];

for (const [what, variants, verdicts] of VERDICTS) {
  test(`${what}: ${verdicts.join(", ")}`, () => {
    assert.deepEqual(compare(variants), verdicts);
  });
}
