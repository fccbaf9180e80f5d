import assert from "node:assert/strict";
import { test } from "node:test";
import { isAnyLost, type Released } from "./released.ts";

const of = (id: string, begun: number, ended: number): Released => ({
  by: "engine",
  teamId: "t",
  attemptIds: [id],
  begun,
  ended,
});
const [first, second, beside] = [of("first", 1, 2), of("second", 3, 5), of("beside", 4, 6)];

test("nothing is lost where nothing was released, or all of it is known", () => {
  assert.equal(isAnyLost([], new Set()), false);
  assert.equal(isAnyLost([first, second], new Set(["first", "second"])), false);
});

test("the last release is lost if it is not known, also one of several in it", () => {
  assert.equal(isAnyLost([first, second], new Set(["first"])), true);
  assert.equal(isAnyLost([first], new Set()), true);
  assert.equal(isAnyLost([{ ...second, attemptIds: ["a", "b"] }], new Set(["a"])), true);
});

test("a release before one that is known was there, and is gone for another reason", () => {
  assert.equal(isAnyLost([first, second], new Set(["second"])), false);
});

test("a release at the same time as one that is known proves nothing", () => {
  assert.equal(isAnyLost([second, beside], new Set(["beside"])), true);
});

test("what another process let go later proves nothing", () => {
  const others = { ...of("others", 9, 10), by: "another engine" };
  assert.equal(isAnyLost([first, others], new Set(["others"])), true);
});
