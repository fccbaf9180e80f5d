import assert from "node:assert/strict";
import { test } from "node:test";
import { type OptionWish, type PicklistPlan, planPicklist } from "./picklists.ts";

const known = [
  { id: "a", name: "Alpha" },
  { id: "b", name: "Beta" },
];
const wish = (id: string | null, name: string, ...reassignFrom: string[]): OptionWish => ({
  id,
  name,
  reassignFrom,
});

const CASES: [what: string, wished: OptionWish[], plan: PicklistPlan][] = [
  ["none", [], { problem: "empty" }],
  ["the same again", [wish("a", "Alpha"), wish("b", "Beta")], { problem: null, options: known, moves: [] }],
  [
    "renamed, reordered and one more",
    [wish("b", " Bravo "), wish(null, "Charlie"), wish("a", "Alpha")],
    {
      problem: null,
      options: [
        { id: "b", name: "Bravo" },
        { id: "new", name: "Charlie" },
        { id: "a", name: "Alpha" },
      ],
      moves: [],
    },
  ],
  [
    "one gone, none takes over",
    [wish("a", "Alpha")],
    { problem: null, options: [{ id: "a", name: "Alpha" }], moves: [{ from: "b", to: null }] },
  ],
  [
    "one gone, taken over by one that stays",
    [wish("a", "Alpha", "b")],
    { problem: null, options: [{ id: "a", name: "Alpha" }], moves: [{ from: "b", to: "a" }] },
  ],
  [
    "both gone, taken over by a new one",
    [wish(null, "Omega", "a", "b")],
    {
      problem: null,
      options: [{ id: "new", name: "Omega" }],
      moves: [
        { from: "a", to: "new" },
        { from: "b", to: "new" },
      ],
    },
  ],
  ["an id of another field", [wish("z", "Zulu")], { problem: "option_not_found" }],
  ["taking over from elsewhere", [wish("a", "Alpha", "z")], { problem: "option_not_found" }],
  ["a name twice", [wish("a", "Alpha"), wish(null, " ALPHA")], { problem: "option_twice" }],
  ["an id twice", [wish("a", "Alpha"), wish("a", "Beta")], { problem: "option_twice" }],
  ["taken over and kept", [wish("a", "Alpha", "b"), wish("b", "Beta")], { problem: "option_twice" }],
  ["taken over by two", [wish("a", "Alpha", "b"), wish(null, "New", "b")], { problem: "option_twice" }],
];

for (const [what, wished, plan] of CASES) {
  test(what, () =>
    assert.deepEqual(
      planPicklist(known, wished, () => "new"),
      plan,
    ),
  );
}
