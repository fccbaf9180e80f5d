import assert from "node:assert/strict";
import { test } from "node:test";
import { hintsFor, type Measured, sayLength } from "./mail-hints.ts";
import { riskyPhrases } from "./risky-words.ts";

const PLAIN: Measured = {
  subject: "Boilers in Bergen",
  text: "Hello Ines, you run three boilers of 1998. Shall we look at them on Tuesday?",
  links: ["https://norrland.example/boilers"],
  images: 0,
  files: 0,
  isFirst: true,
};

test("an ordinary email has no hints, and its length is said", () => {
  assert.deepEqual(hintsFor(PLAIN), []);
  assert.equal(sayLength(PLAIN), "15 words, about 5 seconds to read");
  assert.equal(sayLength({ ...PLAIN, text: "word ".repeat(600) }), "600 words, about 3 minutes to read");
  assert.equal(sayLength({ ...PLAIN, text: "" }), "0 words, about 5 seconds to read");
});

test("each thing that readers or filters dislike has a hint", () => {
  const cases: [Partial<Measured>, RegExp][] = [
    [{ subject: "B".repeat(61) }, /^The subject has 61 characters/],
    [{ subject: "Re: our call" }, /looks like a reply/],
    [{ subject: "AW: Angebot" }, /looks like a reply/],
    [{ subject: "CHEAPER POWER" }, /in capitals/],
    [{ subject: "Now! Today!" }, /several exclamation marks/],
    [{ text: "word ".repeat(151) }, /^151 words are long/],
    [{ text: "Act now, and click here." }, /“act now”, “click here”/],
    [{ text: "Wow! Great! Yes!" }, /more than 2 exclamation marks/],
    [{ images: 1 }, /little text/],
    [{ files: 1 }, /attachment/],
    [{ links: ["https://a.example", "https://b.example", "https://c.example"] }, /^3 links/],
    [{ links: ["https://bit.ly/x1"] }, /^Links of bit\.ly/],
    [{ links: ["http://norrland.example"] }, /use https/],
  ];
  for (const [change, hint] of cases) {
    const hints = hintsFor({ ...PLAIN, ...change });
    assert.equal(hints.length, 1, JSON.stringify([change, hints]));
    assert.match(hints[0] ?? "", hint);
  }
});

test("a later email of a thread may be long, have files and links, and begin with Re", () => {
  const later = {
    subject: "Re: Boilers",
    text: "word ".repeat(200),
    files: 2,
    links: Array(5).fill("https://a.example"),
  };
  assert.deepEqual(hintsFor({ ...PLAIN, ...later, isFirst: false }), []);
});

test("phrases are found as whole words in each language, whatever stands around them", () => {
  assert.deepEqual(riskyPhrases("URGENT: Hier  klicken!"), ["urgent", "hier klicken"]);
  assert.deepEqual(riskyPhrases("Gagnez de l’argent, sans risque."), ["gagnez de l'argent", "sans risque"]);
  assert.deepEqual(riskyPhrases("The urgently needed winners' list"), []);
});

test("abbreviations are not shouting", () => {
  assert.deepEqual(hintsFor({ ...PLAIN, subject: "HVAC and ERP in Bergen" }), []);
  assert.deepEqual(hintsFor({ ...PLAIN, subject: "日本語の件名です よろしく" }), []);
});
