import assert from "node:assert/strict";
import { test } from "node:test";
import { sanitizePhone } from "./phones.ts";

const NUMBERS: [string, string | null, string | null][] = [
  ["+46 90 555 01 01", null, "+46905550101"],
  ["0046 90 555 01 01", "US", "+46905550101"],
  ["090-555 01 01", "SE", "+46905550101"],
  ["(415) 555-0101", null, "+14155550101"],
  ["(415) 555-0101", "XX", "+14155550101"],
  ["12", null, null],
  ["call me", null, null],
  ["", null, null],
];

for (const [raw, country, expected] of NUMBERS) {
  test(`${JSON.stringify(raw)} in ${country ?? "no country"} is ${expected}`, () =>
    assert.equal(sanitizePhone(raw, country), expected));
}
