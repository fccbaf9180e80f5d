import assert from "node:assert/strict";
import { test } from "node:test";
import { type Candidate, rankRecords } from "./record-rank.ts";

const one = (name: string, rest: Partial<Candidate> = {}): Candidate => ({
  type: "contact",
  id: name,
  name,
  detail: null,
  contactId: null,
  similarity: null,
  ...rest,
});

function namesFor(
  typed: string,
  found: readonly Candidate[],
  rest: { openedIds?: string[]; perType?: number } = {},
) {
  const terms = { words: typed.split(" "), openedIds: [], perType: 6, ...rest };
  return rankRecords(found, terms).map(({ name }) => name);
}

test("the same name comes before its beginning, a beginning before a part, a part before other text", () => {
  const found = ["Plant 4", "Replanting AB", "Kraft Plant", "Plant", "Ole Dahl"].map((name) => one(name));
  assert.deepEqual(namesFor("plant", found), [
    "Plant",
    "Plant 4",
    "Kraft Plant",
    "Replanting AB",
    "Ole Dahl",
  ]);
});

test("all words at the beginning of words of the name come before some of them", () => {
  const found = [one("Ines Dahl"), one("Okafor, Ines")];
  assert.deepEqual(namesFor("ines okafor", found), ["Okafor, Ines", "Ines Dahl"]);
});

test("similar names come last, the most similar first", () => {
  const found = [
    one("Jansen", { similarity: 0.5 }),
    one("Johnson", { similarity: 0.9 }),
    one("At Jonson AB"),
  ];
  assert.deepEqual(namesFor("jonson", found), ["At Jonson AB", "Johnson", "Jansen"]);
});

test("what was opened last comes before an equal match, and after a better one", () => {
  const found = [one("Maria Berg"), one("Maria Dahl"), one("Maria")];
  assert.deepEqual(namesFor("maria", found, { openedIds: ["Maria Dahl"] }), [
    "Maria Dahl",
    "Maria",
    "Maria Berg",
  ]);
  const similar = [one("Marja", { similarity: 0.6 }), one("Maria")];
  assert.deepEqual(namesFor("maria", similar, { openedIds: ["Marja"] }), ["Maria", "Marja"]);
});

test("of each kind so many are listed", () => {
  const found = [one("A 1"), one("A 2"), one("A 3"), one("A 4", { type: "account" })];
  assert.deepEqual(namesFor("a", found, { perType: 2 }), ["A 1", "A 2", "A 4"]);
});
