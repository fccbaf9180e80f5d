import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGE_CODES } from "@cadenza/contract/languages";
import { addLanguage, firstSpoken, inEnglish, inLanguage } from "./language.ts";
import { listed, say, sayWith, spokenRegion, texts } from "./say.ts";

const MAILS = "{n, plural, one {# email} other {# emails}} of {who}";
addLanguage({
  code: "xa",
  catalog: {
    "{who} replied": "Antwort von {who}",
    [MAILS]: "{n, plural, one {# Brief} other {# Briefe}} von {who}",
    "The contact replied.": "Der Kontakt antwortete.",
  },
});

test("a text is said in the language of the work, and in English without a translation", async () => {
  assert.equal(say("{who} replied", { who: "Ines" }), "Ines replied");
  await inLanguage("xa", async () => {
    await Promise.resolve();
    assert.equal(say("{who} replied", { who: "Ines" }), "Antwort von Ines");
    assert.equal(say("Nothing holds it."), "Nothing holds it.");
    assert.equal(
      inEnglish(() => say("{who} replied", { who: "Ines" })),
      "Ines replied",
    );
  });
  assert.equal(say("{who} replied", { who: "Ines" }), "Ines replied");
});

test("numbers choose the form of a word", () => {
  assert.equal(say(MAILS, { n: 1, who: "Ole" }), "1 email of Ole");
  assert.equal(say(MAILS, { n: 1200, who: "Ole" }), "1,200 emails of Ole");
  inLanguage("xa", () => assert.equal(say(MAILS, { n: 2, who: "Ole" }), "2 Briefe von Ole"));
});

test("what is filled in is never read as a text itself", () => {
  const hostile = "{n, plural, one {x} other {y}} <b>'{who}'</b> {0} #";
  for (const language of [null, "xa"])
    inLanguage(language, () => {
      assert.ok(say("{who} replied", { who: hostile }).includes(hostile));
      assert.ok(say(MAILS, { n: 2, who: hostile }).endsWith(hostile));
    });
  assert.equal(sayWith('Write {"rules": []} or {name}.', { name: "{x}" }), 'Write {"rules": []} or {x}.');
  assert.equal(sayWith("{a}{b}{constructor}", { a: null }), "");
});

test("a table says its texts in the language in which it is read, and keeps what is for programs", () => {
  const table = texts({
    replied: "The contact replied.",
    code: "replied",
    of: { kind: "x", says: "The contact replied." },
  });
  assert.equal(table.replied, "The contact replied.");
  inLanguage("xa", () => {
    assert.deepEqual(
      [table.replied, table.code, table.of.kind, table.of.says],
      ["Der Kontakt antwortete.", "replied", "x", "Der Kontakt antwortete."],
    );
    assert.equal(Reflect.get(table, "missing"), undefined);
  });
});

test("lists are joined as the language joins them", () => {
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
  assert.equal(listed(["a", "b"], "or"), "a or b");
  inLanguage("de", () => assert.equal(listed(["a", "b"]), "a und b"));
});

test("a browser's wish is followed to the first language that is spoken", () => {
  const wished = [
    "de-AT,de;q=0.9,en;q=0.8",
    "pt-BR, fr;q=0.5",
    "en-GB,de;q=0.9",
    "tlh",
    "*",
    "fr;q=0,es;q=0.1",
    undefined,
  ];
  assert.deepEqual(wished.map(firstSpoken), ["de", "fr", null, null, null, "es", null]);
});

test("every language that is offered has a catalog and writes its own dates", () => {
  for (const code of LANGUAGE_CODES.filter((one) => one !== "en"))
    inLanguage(code, () => {
      assert.equal(spokenRegion(), code);
      assert.notEqual(say("The email address has unsubscribed."), "The email address has unsubscribed.");
    });
});
