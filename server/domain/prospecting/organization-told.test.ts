import assert from "node:assert/strict";
import { test } from "node:test";
import { fundingOf } from "./organization-told.ts";

const CASES: [said: unknown, amount: number | null][] = [
  [5_000_000, 5_000_000],
  ["5,000,000", 5_000_000],
  ["12.4M", 12_400_000],
  ["850k", 850_000],
  ["1.25 B", 1_250_000_000],
  ["M", null],
  ["a lot", null],
  ["4Mio", null],
];

for (const [said, amount] of CASES)
  test(`an amount of a round of funding is read: ${said}`, () => {
    assert.equal(fundingOf([{ amount: said }])?.[0]?.amount, amount);
  });
