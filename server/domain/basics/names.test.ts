import assert from "node:assert/strict";
import { test } from "node:test";
import { splitName } from "./names.ts";

const cases: [name: string, firstName: string | null, lastName: string | null][] = [
  ["Ole Dahl", "Ole", "Dahl"],
  ["Anna Karin Berg", "Anna Karin", "Berg"],
  ["Ole", "Ole", null],
  ["  Ole \t Dahl\n", "Ole", "Dahl"],
  ["", null, null],
  ["   ", null, null],
  ["李 小龍", "李", "小龍"],
];

for (const [name, firstName, lastName] of cases) {
  test(`${JSON.stringify(name)} is ${firstName} and ${lastName}`, () => {
    assert.deepEqual(splitName(name), { firstName, lastName });
  });
}
