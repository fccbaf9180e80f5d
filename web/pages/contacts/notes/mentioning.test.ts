import assert from "node:assert/strict";
import { test } from "node:test";
import { askedAt, matching, mentionedIn, partsOf, withMention } from "./mentioning.ts";

const eva = { id: "1", name: "Eva" };
const lund = { id: "2", name: "Eva Lund" };
const oyvind = { id: "3", name: "Øyvind Åse" };
const all = [eva, lund, oyvind];

test("an @ where a word may begin asks for the letters after it, up to the cursor", () => {
  assert.deepEqual(askedAt("@", 1), { from: 0, letters: "" });
  assert.deepEqual(askedAt("Hello @ev, are", 9), { from: 6, letters: "ev" });
  assert.deepEqual(askedAt("(@eva lu", 8), { from: 1, letters: "eva lu" });
  for (const [text, cursor] of [
    ["ines@example.com", 16],
    ["@eva lund now", 13],
    ["no one", 6],
    ["@eva", 0],
  ] as const)
    assert.equal(askedAt(text, cursor), null, text);
});

test("colleagues are found by the beginning of a word of their name, without accents", () => {
  const names = (letters: string) => matching(all, letters).map(({ name }) => name);
  assert.deepEqual(names("lu"), ["Eva Lund"]);
  assert.deepEqual(names("ase"), ["Øyvind Åse"]);
  assert.deepEqual(names("eva"), ["Eva", "Eva Lund"]);
  assert.deepEqual(names("va"), []);
});

test("a chosen name takes the place of the letters, and the cursor stands behind it", () => {
  const asked = askedAt("Ask @ev about it", 7);
  assert.ok(asked);
  assert.deepEqual(withMention("Ask @ev about it", asked, "Eva Lund"), {
    text: "Ask @Eva Lund about it",
    cursor: 14,
  });
});

test("names are found in a text, the longer one first, and not in addresses or longer words", () => {
  const ids = (text: string) => partsOf(text, all).flatMap(({ id }) => id ?? []);
  assert.deepEqual(ids("@Eva Lund and @Eva, see @Øyvind Åse."), ["2", "1", "3"]);
  assert.deepEqual(ids("@Evaluation, me@Eva, x.@Eva"), []);
  assert.equal(
    partsOf("a @Eva b", all)
      .map(({ text }) => text)
      .join("|"),
    "a |@Eva| b",
  );
  assert.deepEqual(partsOf("", all), []);
});

test("of two users with one name, the chosen one is mentioned, and both where none was chosen", () => {
  const twins = [...all, { id: "4", name: "Eva" }];
  assert.deepEqual(mentionedIn("@Eva", twins, new Set(["4"])), ["4"]);
  assert.deepEqual(mentionedIn("@Eva", twins, new Set()), ["1", "4"]);
  assert.deepEqual(mentionedIn("Eva", twins, new Set(["4"])), []);
});
