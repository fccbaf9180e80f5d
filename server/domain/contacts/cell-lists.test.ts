import assert from "node:assert/strict";
import { test } from "node:test";
import { fromOneCell, inOneCell } from "./cell-lists.ts";

const LISTS = [
  ["Hot leads", "Zebra"],
  ["Cold; very cold", "Zebra"],
  [";", '"', '""', '";"'],
  ['"Quoted"', 'with "marks" inside', 'a "b"; c'],
  ["Alpha, the first", "=1+1; 2", "x"],
  ["one"],
];

test("texts written into one cell are the same when they are read again, whatever they contain", () => {
  for (const list of LISTS)
    for (const separator of [";", "; "]) {
      const cell = inOneCell(list, separator);
      assert.deepEqual(fromOneCell(cell, separator), list, cell);
    }
  assert.equal(inOneCell(["Cold; very cold", "Zebra"]), '"Cold; very cold"; Zebra');
});

test("cells of other tools are split as they always were, also those with quotation marks", () => {
  assert.deepEqual(fromOneCell("a;b ; c"), ["a", "b", "c"]);
  assert.deepEqual(fromOneCell('"Hot" leads; b'), ['"Hot" leads', "b"]);
  assert.deepEqual(fromOneCell('"open; b'), ['"open', "b"]);
  assert.deepEqual(fromOneCell("[a]; b"), ["[a]", "b"]);
  assert.deepEqual(fromOneCell('["a; b","c"]'), ["a; b", "c"]);
});
