import assert from "node:assert/strict";
import { test } from "node:test";
import { shadesOf } from "./heat.ts";

test("nothing has no shade, the least that there is can be seen, and the most is darkest", () => {
  const { shadeOf, most } = shadesOf([0, null, 1, 50, 100]);
  assert.equal(most, 100);
  assert.deepEqual([0, null, 1, 50, 100].map(shadeOf), [0, 0, 13, 52, 92]);
});

test("without a number there is no shade", () => {
  const { shadeOf, most } = shadesOf([null, 0]);
  assert.deepEqual([shadeOf(0), shadeOf(null), most], [0, 0, 0]);
});
