import assert from "node:assert/strict";
import { test } from "node:test";
import { alike } from "./alike.ts";

type Row = { id: string; at: string; event: string };

const row = (id: string, event: string, at = "2026-03-02T09:00:00Z"): Row => ({ id, at, event });
const shown = (rows: readonly Row[], open: string[] = []) =>
  alike(rows, ({ event }) => event, new Set(open)).map((line) => [line.row.id, line.more]);
const batch = ["a", "b", "c", "d"].map((id) => row(id, "paused"));

test("four and more that tell the same are one line, and none is lost", () => {
  assert.deepEqual(shown([...batch, row("e", "resumed")]), [
    ["a", 3],
    ["e", 0],
  ]);
});

test("three are shown one by one", () => {
  assert.deepEqual(shown(batch.slice(1)), [
    ["b", 0],
    ["c", 0],
    ["d", 0],
  ]);
});

test("an opened group shows all of its rows", () => {
  assert.deepEqual(shown(batch, ["a"]), [
    ["a", 3],
    ["b", 0],
    ["c", 0],
    ["d", 0],
  ]);
});

test("what is told again later, or after something else, is another line", () => {
  const later = ["e", "f", "g", "h"].map((id) => row(id, "paused", "2026-03-02T08:00:00Z"));
  assert.deepEqual(shown([...batch, ...later]), [
    ["a", 3],
    ["e", 3],
  ]);
  assert.equal(shown([...batch.slice(0, 2), row("x", "moved"), ...batch.slice(2)]).length, 5);
});
