import assert from "node:assert/strict";
import { test } from "node:test";
import { ALL_PLACES } from "./all-places.ts";
import { SETTINGS_GROUPS } from "./settings-places.ts";

test("a letter after G leads to one place, and every place is there once", () => {
  const letters = ALL_PLACES.flatMap(({ letter }) => letter ?? []);
  assert.deepEqual(letters.toSorted(), [...new Set(letters)].toSorted());
  const paths = ALL_PLACES.map(({ path }) => path);
  assert.equal(new Set(paths).size, paths.length);
});

test("no group of settings is longer than one reads at a glance", () => {
  for (const { name, places } of SETTINGS_GROUPS) assert.ok(places.length >= 2 && places.length <= 6, name);
});
