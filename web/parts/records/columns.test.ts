import assert from "node:assert/strict";
import { test } from "node:test";
import * as arranging from "./columns.ts";
import { arrange, DEFAULT_LAYOUT, isDefault, type Layout, type RecordColumn } from "./columns.ts";

const column = (id: string, rest: Partial<RecordColumn<never>> = {}): RecordColumn<never> => ({
  id,
  header: id,
  cell: () => null,
  ...rest,
});
const COLUMNS = ["name", "title", "company", "stage"]
  .map((id) => column(id))
  .concat(column("phone", { isExtra: true }));

const ids = (layout: Layout) => arrange(COLUMNS, layout).shown.map(({ id }) => id);
const layout = (rest: Partial<Layout>): Layout => ({ ...DEFAULT_LAYOUT, ...rest });

test("without a choice the default columns are shown", () => {
  assert.deepEqual(ids(DEFAULT_LAYOUT), ["name", "title", "company", "stage"]);
  assert.deepEqual(
    arrange(COLUMNS, DEFAULT_LAYOUT).hidden.map(({ id }) => id),
    ["phone"],
  );
  assert.equal(arrange(COLUMNS, DEFAULT_LAYOUT).pinned, 1);
});

test("the name is shown first, whatever is chosen; what is unknown or named twice is left out", () => {
  for (const [columns, shown] of [
    [[], ["name"]],
    [
      ["stage", "name", "phone"],
      ["name", "stage", "phone"],
    ],
    [
      ["stage", "unicorn", "stage"],
      ["name", "stage"],
    ],
  ] as const)
    assert.deepEqual(ids(layout({ columns })), shown);
});

test("pinned columns stand behind the name, in their order", () => {
  const pinned = layout({ pinned: ["stage", "title", "phone"] });
  assert.deepEqual(ids(pinned), ["name", "title", "stage", "company"]);
  assert.equal(arrange(COLUMNS, pinned).pinned, 3);
  const unpinned = arranging.pinToggled(COLUMNS, pinned, "stage");
  assert.deepEqual(ids(unpinned), ["name", "title", "company", "stage"]);
});

test("a column is hidden and shown; a hidden one comes back last", () => {
  const without = arranging.toggled(COLUMNS, DEFAULT_LAYOUT, "title");
  assert.deepEqual(ids(without), ["name", "company", "stage"]);
  assert.deepEqual(ids(arranging.toggled(COLUMNS, without, "title")), ["name", "company", "stage", "title"]);
});

test("a column moves among its own: not before the name, nor across the edge of what is pinned", () => {
  const start = layout({ pinned: ["title"] });
  assert.deepEqual(arranging.placesFor(COLUMNS, start, "name"), [0, 0]);
  assert.deepEqual(arranging.placesFor(COLUMNS, start, "title"), [1, 1]);
  assert.deepEqual(arranging.placesFor(COLUMNS, start, "stage"), [2, 3]);
  assert.deepEqual(ids(arranging.moved(COLUMNS, start, "stage", 0)), ["name", "title", "stage", "company"]);
  assert.deepEqual(ids(arranging.moved(COLUMNS, start, "company", 9)), ["name", "title", "stage", "company"]);
});

test("a width stays within bounds, and is given back", () => {
  const { widened } = arranging;
  for (const [asked, kept] of [
    [-5, 64],
    [9_999, 800],
    [123.4, 123],
  ] as const)
    assert.deepEqual(widened(COLUMNS, DEFAULT_LAYOUT, { id: "title", width: asked }).widths, { title: kept });
  const wide = widened(COLUMNS, DEFAULT_LAYOUT, { id: "title", width: 200 });
  assert.ok(!isDefault(wide));
  assert.ok(isDefault(widened(COLUMNS, wide, { id: "title", width: null })));
});

test("a change sends no column that the table does not have", () => {
  const old = layout({
    columns: ["name", "unicorn"],
    pinned: ["unicorn"],
    widths: { unicorn: 100, title: 90 },
  });
  assert.deepEqual(arranging.pinToggled(COLUMNS, old, "title"), {
    columns: ["name"],
    pinned: ["title"],
    widths: { title: 90 },
  });
});
