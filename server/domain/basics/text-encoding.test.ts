import assert from "node:assert/strict";
import { test } from "node:test";
import { sniffEncoding } from "./text-encoding.ts";

const utf16 = (text: string) => Buffer.from(text, "utf16le");

for (const [says, bytes, isUtf8, expected] of [
  ["a mark of UTF-8 is believed", Buffer.from("\ufeffemail"), true, ["utf-8", 3]],
  ["a mark of UTF-16, little end first", utf16("\ufeffemail"), false, ["utf-16le", 2]],
  ["a mark of UTF-16, big end first", utf16("\ufeffemail").swap16(), false, ["utf-16be", 2]],
  ["UTF-16 without a mark shows by its zeros", utf16("email,name\n"), true, ["utf-16le", 0]],
  ["and so does the other end first", utf16("email,name\n").swap16(), true, ["utf-16be", 0]],
  ["plain letters are UTF-8", Buffer.from("email,name\n"), true, ["utf-8", 0]],
  ["what is no UTF-8 is Windows-1252", Buffer.from("J\xf8rgen", "latin1"), false, ["windows-1252", 0]],
  ["a few zeros make no UTF-16", Buffer.from("email\0,name\nabc,def\n"), true, ["utf-8", 0]],
  ["nothing at all is UTF-8", Buffer.from(""), true, ["utf-8", 0]],
] as const) {
  test(says, () => {
    const { encoding, markLength } = sniffEncoding(bytes, isUtf8);
    assert.deepEqual([encoding, markLength], expected);
  });
}
