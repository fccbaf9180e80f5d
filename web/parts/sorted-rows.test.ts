import assert from "node:assert/strict";
import { test } from "node:test";
import { type SortValue, sortedRows } from "./sorted-rows.ts";

const sorted = (values: readonly SortValue[], isAscending: boolean) =>
  sortedRows(values, (value) => value, isAscending);

test("words are sorted without regard to capitals, and numbers in them by their size", () => {
  const words = ["list 10", "List 9", "álfa", "Beta"];
  assert.deepEqual(sorted(words, true), ["álfa", "Beta", "List 9", "list 10"]);
  assert.deepEqual(sorted(words, false), ["list 10", "List 9", "Beta", "álfa"]);
});

test("rows without a value come last both ways, and equal rows keep their order", () => {
  assert.deepEqual(sorted([null, 3, "", 20, undefined], true), [3, 20, null, "", undefined]);
  assert.deepEqual(sorted([null, 3, "", 20, undefined], false), [20, 3, null, "", undefined]);
});
