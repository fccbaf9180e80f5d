// The fewest parts that still show something.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shorten } from "./shorten.ts";

const HUNDRED = Array.from({ length: 100 }, (_, n) => n);

/** Shown where all of these are there. */
const shownBy =
  (...needed: number[]) =>
  async (left: readonly number[]) =>
    needed.every((one) => left.includes(one));

test("one part of a hundred is found", async () => {
  for (const one of [0, 41, 99]) assert.deepEqual(await shorten(HUNDRED, 1_000, shownBy(one)), [one]);
});

test("parts that show it only together are found, in their order", async () => {
  assert.deepEqual(await shorten(HUNDRED, 1_000, shownBy(77, 3, 50)), [3, 50, 77]);
});

test("it asks no more often than it may, and what it answers still shows it", async () => {
  let asked = 0;
  const left = await shorten(HUNDRED, 6, async (parts) => {
    asked += 1;
    return shownBy(3, 90)(parts);
  });
  assert.equal(asked, 6);
  assert.ok(left.length < 100 && (await shownBy(3, 90)(left)));
});

test("where nothing can be left out, everything stays", async () => {
  assert.deepEqual(await shorten([1, 2, 3], 100, shownBy(1, 2, 3)), [1, 2, 3]);
});
