import assert from "node:assert/strict";
import { test } from "node:test";
import { safeReturn } from "./return.ts";

const CASES: [to: string | undefined, goes: string][] = [
  [undefined, "/"],
  ["", "/"],
  ["/settings/people?open=1", "/settings/people?open=1"],
  ["https://evil.example", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["javascript:alert(1)", "/"],
];

for (const [to, goes] of CASES) {
  test(`${JSON.stringify(to)} leads to ${goes}`, () => {
    assert.equal(safeReturn(to), goes);
  });
}
