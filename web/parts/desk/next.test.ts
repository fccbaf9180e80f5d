import assert from "node:assert/strict";
import { test } from "node:test";
import { nextAfter } from "./next.ts";

test("after one comes the one below, at the end the one above", () => {
  assert.equal(nextAfter(["a", "b", "c"], ["a"]), "b");
  assert.equal(nextAfter(["a", "b", "c"], ["c"]), "b");
  assert.equal(nextAfter(["a"], ["a"]), undefined);
  assert.equal(nextAfter(["a", "b"], ["gone"]), "a");
});

test("after many comes the one below the last of them, and none of them", () => {
  assert.equal(nextAfter(["a", "b", "c", "d"], ["c", "a"]), "d");
  assert.equal(nextAfter(["a", "b", "c", "d"], ["d", "b"]), "c");
  assert.equal(nextAfter(["a", "b"], ["a", "b"]), undefined);
});
