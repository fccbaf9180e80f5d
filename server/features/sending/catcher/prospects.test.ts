import assert from "node:assert/strict";
import { test } from "node:test";
import { answersAfterMs, answerTo, characterOf } from "./prospects.ts";

const people = Array.from({ length: 4000 }, (_, n) => `person.${n}@kund.example`);

test("most keep silent, and every other character is among them in its share", () => {
  const counts = Map.groupBy(people, characterOf);
  const share = (character: Parameters<typeof counts.get>[0]) =>
    (counts.get(character)?.length ?? 0) / people.length;
  for (const [character, expected] of [
    ["silent", 0.46],
    ["interested", 0.14],
    ["asks", 0.1],
    ["declines", 0.1],
    ["away", 0.08],
    ["bounces", 0.06],
    ["unsubscribes", 0.06],
  ] as const)
    assert.ok(Math.abs(share(character) - expected) < 0.02, `${character}: ${share(character)}`);
});

test("the same person does the same, however the address is written", () => {
  for (const person of people.slice(0, 200)) {
    assert.deepEqual(answerTo(person, 1), answerTo(` ${person.toUpperCase()}`, 1));
    assert.equal(
      answersAfterMs(person, 1, { leastMs: 3000, mostMs: 20_000 }),
      answersAfterMs(person, 1, { leastMs: 3000, mostMs: 20_000 }),
    );
  }
  assert.equal(characterOf("person.0@kund.example"), "silent", "and did so when this was written");
});

test("an invented person answers once, to the first mail or the second; a dead address bounces every time", () => {
  for (const person of people) {
    const answers = [1, 2, 3, 4].map((nth) => answerTo(person, nth)?.kind ?? null);
    const given = answers.filter((kind) => kind !== null);
    const character = characterOf(person);
    assert.equal(given.length, character === "silent" ? 0 : character === "bounces" ? 4 : 1, person);
    if (given.length === 1) assert.ok(answers.slice(0, 2).includes(given[0] ?? null), person);
  }
});

test("an answer takes as long as told", () => {
  for (const person of people.slice(0, 500)) {
    const ms = answersAfterMs(person, 1, { leastMs: 3000, mostMs: 20_000 });
    assert.ok(ms >= 3000 && ms <= 20_000);
  }
});
