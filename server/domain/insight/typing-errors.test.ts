import assert from "node:assert/strict";
import { test } from "node:test";
import { similarityOf } from "./typing-errors.ts";

const CASES: [typed: string, text: string, isFound: boolean][] = [
  ["okafro", "Ines Okafor", true],
  ["jonson", "Johnson & Sons", true],
  ["micheal", "Michael Berg", true],
  ["mraia", "Maria Silva", true],
  ["kraft", "Norrland Krfat", true],
  ["norland", "Norrland Kraft", true],
  ["norlan", "Norrland Kraft", true],
  ["ines okafro", "Ines Okafor", true],
  ["ole okafro", "Ines Okafor", false],
  ["okafro", "Oskar Foss", false],
  ["ida", "Ada", false],
  ["berg", "Borg", true],
  ["berg", "Burk", false],
];

for (const [typed, text, isFound] of CASES)
  test(`"${typed}" ${isFound ? "finds" : "does not find"} ${text}`, () => {
    assert.equal(similarityOf(typed.split(" "), text) !== null, isFound);
  });

test("fewer errors are more similar", () => {
  const one = similarityOf(["norland"], "Norrland") ?? 0;
  const two = similarityOf(["norlnd"], "Norrland") ?? 0;
  assert.ok(one > two && two > 0);
});
