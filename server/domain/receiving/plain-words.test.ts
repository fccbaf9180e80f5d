import assert from "node:assert/strict";
import { test } from "node:test";
import { readOpener, readReason } from "./plain-words.ts";

const whyNot = (value: unknown) => {
  const read = readOpener(value);
  return read.kind === "unfit" ? read.why : null;
};

test("one or two sentences of plain text are accepted, in any language", () => {
  for (const text of [
    "Keeping a plant in Luleå running through the winter must be no small thing.",
    "Héllo, 你好世界。",
    "Ten years at Kraft AB, and still growing! What comes next?",
    "Node.js teams of 200 rarely stay calm.",
    'It\'s 100% "green" now; well done – really.',
  ])
    assert.equal(whyNot(text), null, text);
  assert.deepEqual(readOpener("  Two  spaces. "), { kind: "plain", text: "Two spaces." });
});

test("whatever could mean something to a mail program, a browser or a template is refused whole", () => {
  const attacks: [string, string][] = [
    ["<script>alert(1)</script>", "markup"],
    ["Hi <b>there</b>", "markup"],
    ["See [this](x)", "markup"],
    ["So **bold**", "markup"],
    ["A &lt; B", "markup"],
    ["Hello {{contact.email}}", "template"],
    ["Hello {% if x %}", "template"],
    ["Hello {name}", "template"],
    ["Look at https://evil.example", "link"],
    ["Look at evil.com today", "link"],
    ["Look at EVIL.COM/x", "link"],
    ["Look at evil。com", "link"],
    ["Look at ｅｖｉｌ．ｃｏｍ", "link"],
    ["Look at bücher.de", "link"],
    ["Look at 10.0.0.1", "link"],
    ["Write to me@evil", "link"],
    ["javascript:alert(1)", "link"],
    ["Call +46 70 123 45 67", "number"],
    ["Hi\r\nBcc: all@evil.example", "line_breaks"],
    ["Hi\u2028there", "line_breaks"],
    ["Hi\u200bthere", "invisible_characters"],
    ["Hi \u202eereht", "invisible_characters"],
    ["Hi\u0000there", "invisible_characters"],
    ["Hi\u{e0041}there", "invisible_characters"],
    ["Hi\ud800there", "invisible_characters"],
    [`Hi${"\u0301".repeat(9)}`, "invisible_characters"],
    ["One. Two. Three.", "too_many_sentences"],
    ["", "empty"],
    ["   ", "empty"],
    ["a".repeat(241), "too_long"],
    ["a".repeat(1024 * 1024), "too_long"],
  ];
  for (const [text, why] of attacks) assert.equal(whyNot(text), why, JSON.stringify(text.slice(0, 60)));
  for (const value of [null, undefined, 7, {}, ["x"]]) assert.equal(whyNot(value), "empty");
});

test("a reason is held to the same", () => {
  assert.equal(readReason("They ask for a meeting on Thursday.").kind, "plain");
  assert.equal(readReason("See https://evil.example").kind, "unfit");
  assert.equal(readReason("a".repeat(201)).kind, "unfit");
});

test("a megabyte is too long before anything else is asked of it", () => {
  assert.equal(whyNot("1 ".repeat(512 * 1024)), "too_long");
  assert.equal(whyNot("<".repeat(1024 * 1024)), "too_long");
});
