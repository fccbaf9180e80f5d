import assert from "node:assert/strict";
import { test } from "node:test";
import { matchChoices } from "./words.ts";

const BEFORE = [
  { id: "1", name: "North" },
  { id: "2", name: "South" },
];

test("choices that stay keep their ids, in whatever order", () => {
  assert.deepEqual(matchChoices(BEFORE, ["South", "North"]), [
    { id: "2", name: "South" },
    { id: "1", name: "North" },
  ]);
});

test("one that is spelled anew keeps its id", () => {
  assert.deepEqual(matchChoices(BEFORE, ["Norrland", "South"]), [
    { id: "1", name: "Norrland" },
    { id: "2", name: "South" },
  ]);
});

test("a new one has none yet, and empty lines count for nothing", () => {
  assert.deepEqual(matchChoices(BEFORE, ["North", " ", "South", "East"]), [...BEFORE, { name: "East" }]);
});

test("two that go and two that come are not guessed to be the same", () => {
  assert.deepEqual(matchChoices(BEFORE, ["East", "West"]), [{ name: "East" }, { name: "West" }]);
});
