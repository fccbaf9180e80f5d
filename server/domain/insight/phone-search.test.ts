import assert from "node:assert/strict";
import { test } from "node:test";
import { phonePatterns } from "./phone-search.ts";

/** Whether a stored number is found, as the database compares its digits. */
function finds(typed: string, stored: string) {
  const digits = stored.replace(/\D/g, "");
  return (phonePatterns(typed) ?? []).some((pattern) =>
    pattern.startsWith("%") ? digits.includes(pattern.slice(1, -1)) : digits === pattern,
  );
}

test("a number is found in every way that it is written", () => {
  for (const typed of [
    "+47 22 12 34 56",
    "+4722123456",
    "0047 22 12 34 56",
    "4722123456",
    "22 12 34 56",
    "22123456",
    "022-12.34/56",
    "+47 (0)22 12 34 56",
    "(22) 12 34 56",
    "2212 3",
  ])
    assert.ok(finds(typed, "+4722123456"), typed);
});

test("a number that is stored without its country's code is found by the international number", () => {
  assert.ok(finds("+47 22 12 34 56", "22 12 34 56"));
  assert.ok(finds("0049 30 1234567", "030 1234567"));
  assert.ok(!finds("+47 22 12 34 56", "33 12 34 56"));
});

test("words, short numbers and too long ones are no phone numbers", () => {
  for (const typed of ["", "ines", "12 plants", "2026", "+47", "a22123456", "1".repeat(16)])
    assert.equal(phonePatterns(typed), null, typed);
  assert.equal(phonePatterns(undefined), null);
});
