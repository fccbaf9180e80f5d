import assert from "node:assert/strict";
import { test } from "node:test";
import { textSearch } from "./text-search.ts";

test("each word is also the beginning of a longer one, and what is no word is left out", () => {
  assert.equal(textSearch("price  list –").query, "'price':* & 'list':*");
  assert.equal(textSearch("kim@acme.example").query, "'kim@acme.example':*");
  assert.deepEqual(textSearch("- !"), { query: null, letters: null });
  assert.deepEqual(textSearch(null), { query: null, letters: null });
});

test("signs that mean something to the database mean nothing here", () => {
  assert.equal(textSearch("o'neil | \\'x':* & !y").query, "'o neil':* & 'x :*':* & '!y':*");
});

test("scripts without spaces between words are looked for letter by letter", () => {
  assert.deepEqual(textSearch("見積書"), { query: null, letters: "見積書" });
  assert.deepEqual(textSearch("ใบเสนอราคา"), { query: null, letters: "ใบเสนอราคา" });
});
