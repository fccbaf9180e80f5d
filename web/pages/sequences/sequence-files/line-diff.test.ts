import assert from "node:assert/strict";
import { test } from "node:test";
import { diffOf } from "./line-diff.ts";

const shown = (before: string | null, after: string | null) =>
  diffOf(before, after).map(({ sign, text }) => sign + text);

test("lines that stay are not named as changed", () => {
  assert.deepEqual(shown("a\nb\nc\n", "a\nx\nc\nd\n"), [" a", "-b", "+x", " c", "+d"]);
});

test("a paragraph of HTML is a line", () => {
  assert.deepEqual(shown("<p>Hi</p><p>How?</p>", "<p>Hi</p><p>Why?</p>"), [
    " <p>Hi</p>",
    "-<p>How?</p>",
    "+<p>Why?</p>",
  ]);
});

test("what was not there before is new as a whole", () => {
  assert.deepEqual(shown(null, "2 days"), ["+2 days"]);
  assert.deepEqual(shown("2 days", null), ["-2 days"]);
  assert.deepEqual(shown("", ""), []);
});

test("what was before and what is now can be read off any two texts", () => {
  const texts = ["", "a", "a\nb", "b\na", "a\na\nb", "c\nb\na\nb", "b\nb", "x\n\ny"];
  for (const before of texts)
    for (const after of texts) {
      const lines = diffOf(before, after);
      const side = (sign: string) =>
        lines
          .filter((line) => line.sign !== sign)
          .map(({ text }) => text)
          .join("\n");
      assert.deepEqual([side("+"), side("-")], [before, after]);
    }
});

test("very long texts are shown as replaced", () => {
  const long = Array.from({ length: 500 }, (_, n) => `line ${n}`).join("\n");
  assert.equal(diffOf(long, `${long}\nmore`).length, 1001);
});
