import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "./ids.ts";

test("ids are 24 hexadecimal digits, begin with their second, and sort as they were made", () => {
  const before = Math.floor(Date.now() / 1000);
  const ids = Array.from({ length: 50_000 }, () => newId());
  assert.ok(ids.every((id) => /^[0-9a-f]{24}$/.test(id)));
  const seconds = ids.map((id) => Number.parseInt(id.slice(0, 8), 16));
  assert.ok(seconds.every((second) => second >= before && second <= Math.floor(Date.now() / 1000)));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, ids.toSorted());
});
