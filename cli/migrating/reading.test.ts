// What of a source is read: by its cursors, by pages, and by parts where it shows only the first 50,000.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pagesOf } from "../../sdk/moving/reading.ts";

type Asked = { page?: number; cursor?: string; stage?: string; sort_ascending?: boolean };
type Record = { id: string; stage: string };

const records = (count: number): Record[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${n}`, stage: n % 3 === 0 ? "cold" : "warm" }));

/** Newest first unless asked, a hundred a page, and no page behind the 500th. */
function asApollo(all: readonly Record[]) {
  const parts = new Map<string, Record[]>();
  const partOf = (stage: string | undefined, isAscending: boolean | undefined) =>
    parts.getOrInsertComputed(`${stage} ${isAscending}`, () => {
      const found = all.filter((one) => !stage || one.stage === stage);
      return isAscending ? found : found.toReversed();
    });
  return async ({ page = 1, stage, sort_ascending }: Asked) => {
    if (page > 500) throw new Error("Apollo shows no page behind the 500th");
    const found = partOf(stage, sort_ascending);
    const items = found.slice((page - 1) * 100, page * 100);
    return { things: items, pagination: { total_entries: found.length } };
  };
}

async function readAll(all: readonly Record[]) {
  const ids: string[] = [];
  let missing = 0;
  const reading = {
    call: "things.search",
    items: "things",
    ask: asApollo(all),
    slices: [{ stage: "cold" }, { stage: "warm" }],
    sortBy: "created_at",
  };
  const pages = pagesOf<Record>(reading, (count) => {
    missing = count;
  });
  for await (const { items } of pages) ids.push(...items.map(({ id }) => id));
  return { ids, missing };
}

for (const count of [0, 1, 100, 101, 50_000, 50_001, 99_999, 140_000])
  test(`${count} records are read once each`, async () => {
    const { ids, missing } = await readAll(records(count));
    assert.equal(new Set(ids).size, count);
    assert.equal(ids.length, count);
    assert.equal(missing, 0);
  });

test("how many cannot be read is told", async () => {
  const { ids, missing } = await readAll(records(240_000)); // 160,000 of one stage: 100,000 from both ends, 100,000 from those of all
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(missing, 240_000 - ids.length);
  assert.ok(missing > 0);
});

test("a source with cursors is read by them, beyond every page", async () => {
  const all = records(350);
  const asked: Asked[] = [];
  const ask = async (input: Asked) => {
    asked.push(input);
    const from = Number(input.cursor ?? 0);
    const next = from + 100 < all.length ? `${from + 100}` : null;
    return { things: all.slice(from, from + 100), pagination: { total_entries: 350, next_cursor: next } };
  };
  const ids: string[] = [];
  for await (const { items } of pagesOf<Record>({ call: "things.search", items: "things", ask }))
    ids.push(...items.map(({ id }) => id));
  assert.equal(new Set(ids).size, 350);
  assert.deepEqual(
    asked.map(({ page, cursor }) => page ?? cursor),
    [1, "100", "200", "300"],
  );
});
