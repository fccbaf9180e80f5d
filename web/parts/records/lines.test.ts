import assert from "node:assert/strict";
import { test } from "node:test";
import { groupedLines, type Line, plainLines } from "./lines.ts";

const GROUPS = [
  { name: "New", count: 2 },
  { name: "Known", count: 3 },
  { name: "Won", count: 1 },
];
const FAR = 50_000;
const say = (line: Line) => (line.kind === "row" ? String(line.index) : line.group.name);
const all = (lines: { count: number; at: (line: number) => Line }) =>
  Array.from({ length: lines.count }, (_, line) => say(lines.at(line))).join(" ");

test("without groups the lines are the rows", () => {
  const lines = plainLines(3);
  assert.equal(all(lines), "0 1 2");
  assert.deepEqual([lines.next(2, 1), lines.next(0, -1), lines.next(0, 1)], [2, 0, 1]);
});

test("each group has a head, and its rows keep their places among all", () => {
  const lines = groupedLines(GROUPS, { folded: new Set(), reach: FAR });
  assert.equal(all(lines), "New 0 1 Known 2 3 4 Won 5");
  for (let line = 0; line < lines.count; line++) {
    const one = lines.at(line);
    if (one.kind === "row") assert.equal(lines.lineOf(one.index), line);
  }
});

test("a folded group is its head alone; who walks passes it", () => {
  const lines = groupedLines(GROUPS, { folded: new Set(["1 Known"]), reach: FAR });
  assert.equal(all(lines), "New 0 1 Known Won 5");
  assert.deepEqual([lines.next(1, 1), lines.next(5, -1), lines.next(0, 1)], [5, 1, 1]);
  assert.equal(lines.lineOf(3), 3, "a row of it is brought into view at the head");
  const none = groupedLines(GROUPS, { folded: new Set(["0 New", "1 Known", "2 Won"]), reach: FAR });
  assert.equal(all(none), "New Known Won");
  assert.equal(none.next(0, 1), 0);
});

test("rows that pages do not reach are not shown", () => {
  const lines = groupedLines(GROUPS, { folded: new Set(), reach: 3 });
  assert.equal(all(lines), "New 0 1 Known 2 Won");
  assert.deepEqual([lines.next(2, 1), lines.lineOf(4), lines.lineOf(5)], [2, 4, 5]);
});

test("a walk through random groups meets each row that is shown once, in both directions", () => {
  let seed = 7;
  const random = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  for (let round = 0; round < 200; round++) {
    const groups = Array.from({ length: 1 + random(6) }, (_, n) => ({ name: `G${n}`, count: random(5) }));
    const folded = new Set(groups.flatMap(({ name }, n) => (random(3) === 0 ? [`${n} ${name}`] : [])));
    const lines = groupedLines(groups, { folded, reach: random(3) === 0 ? random(12) : FAR });
    const shown = Array.from({ length: lines.count }, (_, line) => lines.at(line)).flatMap((line) =>
      line.kind === "row" ? [line.index] : [],
    );
    const walked = (from: number, by: 1 | -1) => {
      const met = [from];
      for (let at = from; lines.next(at, by) !== at; met.push(at)) at = lines.next(at, by);
      return met;
    };
    const [first, last] = [shown[0], shown.at(-1)];
    if (first === undefined || last === undefined) continue;
    assert.deepEqual(walked(first, 1), shown);
    assert.deepEqual(walked(last, -1), shown.toReversed());
    for (const index of shown) {
      const line = lines.at(lines.lineOf(index));
      assert.deepEqual(line, { kind: "row", index });
    }
  }
});
