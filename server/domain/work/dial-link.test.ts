import assert from "node:assert/strict";
import { test } from "node:test";
import { isDialLink } from "./dial-link.ts";

const cases: [text: string, isOne: boolean][] = [
  ["sip:{number}@pbx.example.com", true],
  ["tel:{number}", true],
  ["https://phone.example.com/call?to={number}", true],
  ["callto:{number}", true],
  ["sip:pbx.example.com", false],
  ["javascript:alert({number})", false],
  ["https://ada:secret@phone.example.com/{number}", false],
  ["{number}", false],
  ["http://phone.example.com/{number}", false],
];

for (const [text, isOne] of cases)
  test(`${text} is ${isOne ? "a" : "no"} dial link`, () => assert.equal(isDialLink(text), isOne));
