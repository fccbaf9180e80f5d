import assert from "node:assert/strict";
import { test } from "node:test";
import { slowestFiles } from "./slowest-files.ts";

test("the slowest files are named, the slowest first, with their share of the time", () => {
  const results = [
    { file: "a.test.ts", passed: 3, tookMs: 1_000 },
    { file: "b.test.ts", passed: 12, tookMs: 6_000 },
    { file: "c.test.ts", passed: 1, tookMs: 3_000 },
  ];
  assert.equal(
    slowestFiles(results, 2),
    [
      "The 2 slowest of 3 files took 90 % of their time:",
      "      6.0 s     12 tests  b.test.ts",
      "      3.0 s      1 tests  c.test.ts",
    ].join("\n"),
  );
  assert.equal(results[0]?.file, "a.test.ts", "the results keep their order");
});
