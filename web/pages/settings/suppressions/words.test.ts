import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf } from "./words.ts";

const CASES = [
  ["ines@norrland.example", "email"],
  ["norrland.example", "domain"],
  ["@norrland.example", "domain"],
  ["*@norrland.example", "pattern"],
  ["no-reply*", "pattern"],
] as const;

for (const [value, kind] of CASES) {
  test(`${value} is taken for ${kind}`, () => {
    assert.equal(kindOf(value), kind);
  });
}
