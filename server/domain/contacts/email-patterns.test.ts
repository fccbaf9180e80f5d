import assert from "node:assert/strict";
import { test } from "node:test";
import {
  guessAddresses,
  type KnownEmail,
  localPart,
  PATTERNS,
  patternsOf,
  plainName,
} from "./email-patterns.ts";

const known = (firstName: string, lastName: string, local: string): KnownEmail => ({
  firstName,
  lastName,
  email: `${local}@kraft.no`,
});

test("names are spelled as addresses are", () => {
  const cases = {
    "Bjørn-Åge": "bjornage",
    Müller: "muller",
    "O'Neil": "oneil",
    Łukasz: "lukasz",
    李: "",
    Straße: "strasse",
  };
  for (const [name, plain] of Object.entries(cases)) assert.equal(plainName(name), plain);
});

test("each pattern is recognized in what it makes", () => {
  for (const pattern of PATTERNS) {
    const local = localPart(pattern, { firstName: "Ines Maria", lastName: "Okafor" }) ?? "";
    assert.ok(patternsOf(known("Ines", "Okafor", local)).includes(pattern), pattern);
  }
});

test("what a company does outweighs what is usual, the more the more is known", () => {
  const name = { firstName: "Ole", lastName: "Dahl" };
  const none = guessAddresses(name, "kraft.no", []);
  assert.deepEqual([none.learntFrom, none.candidates[0]?.email], [0, "ole.dahl@kraft.no"]);
  assert.ok((none.candidates[0]?.confidence ?? 1) < 0.5);
  const two = [known("Ines", "Okafor", "iokafor"), known("Per", "Lund", "plund")];
  const some = guessAddresses(name, "kraft.no", two);
  assert.deepEqual([some.learntFrom, some.candidates[0]?.email], [2, "odahl@kraft.no"]);
  const many = guessAddresses(name, "kraft.no", Array.from({ length: 20 }, () => two).flat());
  assert.ok((many.candidates[0]?.confidence ?? 0) > (some.candidates[0]?.confidence ?? 1));
  assert.ok((many.candidates[0]?.confidence ?? 1) < 1);
});

test("addresses that follow no pattern make a guess less sure", () => {
  const name = { firstName: "Ole", lastName: "Dahl" };
  const follows = [known("Ines", "Okafor", "ines.okafor"), known("Per", "Lund", "per.lund")];
  const strange = [known("Eva", "Berg", "kontoret7"), known("Jo", "Vik", "x1")];
  const sure = guessAddresses(name, "kraft.no", follows).candidates[0]?.confidence ?? 0;
  const less = guessAddresses(name, "kraft.no", [...follows, ...strange]).candidates[0]?.confidence ?? 1;
  assert.ok(less < sure);
});

test("a name without a last name has one guess, and without letters none", () => {
  const emails = (firstName: string, lastName: string) =>
    guessAddresses({ firstName, lastName }, "kraft.no", []).candidates.map(({ email }) => email);
  assert.deepEqual(emails("Ines", ""), ["ines@kraft.no"]);
  assert.deepEqual(emails("李", "王"), []);
});
