import assert from "node:assert/strict";
import { test } from "node:test";
import { analysed, measured, slowPatterns } from "./check-patterns.ts";

const found = (source: string, flags = "") => ({ path: "server/x.ts", line: 1, source, flags });

const SLOW: [source: string, flags?: string][] = [
  ["^[\\s>]*-{2,}\\s*(?:forwarded by .*)\\s*:?\\s*-{2,}\\s*$", "i"],
  ["^[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?$"],
  ["([;\\t][\"\\s]*)(?='*[=+])", "g"],
  ["<[^>]*>", "g"],
  ["(?:\\r\\n)+$"],
  ["^[0-9a-f:.]*:[0-9a-f:.]*$"],
  ["\\/+$"],
];

const QUICK: [source: string, flags?: string][] = [
  ["^[\\s>]*-{2,}\\s*(?:original message)\\s*(?::\\s*)?-{2,}\\s*$", "i"],
  ["^[+-]?(\\d+(?:\\.\\d*)?|\\.\\d+)(e[+-]?\\d+)?$"],
  ["<[^<>]*>", "g"],
  ["(?<!\\r\\n)(?:\\r\\n)+$"],
  ["[^.!?\\n]{3,200}\\?"],
];

test("each pattern whose time grows faster than the text is found by the analysis or on the clock", async () => {
  for (const [source, flags] of SLOW) {
    const one = found(source, flags);
    assert.ok(analysed(one).length > 0 || (await measured([one])).length > 0, source);
  }
});

test("a pattern whose time grows with the text passes", async () => {
  const quick = QUICK.map(([source, flags]) => found(source, flags));
  assert.deepEqual(quick.flatMap(analysed), []);
  assert.deepEqual(await measured(quick), []);
});

test("a pattern that is made from a value at run time is refused, because the check cannot read it", async () => {
  const files = new Map([["web/x.ts", "export const f = (text: string) => new RegExp(text);\n"]]);
  const { violations } = await slowPatterns(files);
  assert.match(violations[0]?.why ?? "", /made after its module was loaded/);
});

test("a pattern that stands in two places is named in both", async () => {
  const line = "export const slow = /<[^>]*>/g;\n";
  const { violations } = await slowPatterns(
    new Map([
      ["web/a.ts", line],
      ["web/b.ts", line],
    ]),
  );
  assert.deepEqual(new Set(violations.map(({ path }) => path)), new Set(["web/a.ts", "web/b.ts"]));
});
