import assert from "node:assert/strict";
import { test } from "node:test";
import { finderOf, folded, quoteAround } from "./phrases.ts";

const find = finderOf({
  en: ["out of office", "not with … anymore", "office"],
  de: ["außer haus"],
  fr: ["congé"],
});

const CASES: [text: string, language: string | null, found: string | null][] = [
  ["I am OUT OF OFFICE today", "en", "OUT OF OFFICE"],
  ["I am out\n> of   office", "en", "out\n> of   office"],
  ["She is not with our small company anymore", "en", "not with our small company anymore"],
  ["She is not with anymore", "en", "not with anymore"],
  ["Bin Außer Haus!", "de", "Außer Haus"],
  ["en Congé", "fr", "Congé"],
  ["officer", null, null],
  ["backoffice", null, null],
  ["éoffice", null, null],
  ["(office)", "en", "office"],
  ["  \n\n>>> office", "en", "office"],
  ["", null, null],
];

test("a phrase is found whatever its capitals, accents and line breaks, and quoted unchanged", () => {
  for (const [text, language, expected] of CASES) {
    const found = find(folded(text));
    assert.equal(found?.language ?? null, language, text);
    assert.equal(found && text.slice(found.at, found.end), expected, text);
  }
});

test("folding keeps every character in its place", () => {
  for (const text of ["Çà Ñü øæł ß İı œ", "emoji 👍 and ﷺ", "e\u0301", "日本語 ünï", "\ud800"])
    assert.equal(folded(text).length, text.length, text);
});

test("the evidence is the sentence, not the page", () => {
  const text = `${"Before. ".repeat(50)}I am out of office until May. ${"After. ".repeat(50)}`;
  const found = find(folded(text));
  assert.equal(found && quoteAround(text, found), "I am out of office until May.");
});
