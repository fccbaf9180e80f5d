import assert from "node:assert/strict";
import { test } from "node:test";
import { splitQuoted } from "./quoted.ts";

const cases: [string, string, string][] = [
  ["Yes please.", "Yes please.", ""],
  ["Yes.\n\nOn Fri, 20 Nov 2026 Ole wrote:\n> Hi Ines", "Yes.", "On Fri, 20 Nov 2026 Ole wrote:\n> Hi Ines"],
  ["Ja.\n> Hei\n> du", "Ja.", "> Hei\n> du"],
  ["> Hei\nJa.", "> Hei\nJa.", ""],
  ["OK\n-----Original Message-----\nFrom: Ole", "OK", "-----Original Message-----\nFrom: Ole"],
  ["Den 20. november skrev Ole:\n> Hei", "Den 20. november skrev Ole:\n> Hei", ""],
];

for (const [text, said, quoted] of cases)
  test(`of ${JSON.stringify(text)} is said ${JSON.stringify(said)}`, () =>
    assert.deepEqual(splitQuoted(text), { said, quoted }));
