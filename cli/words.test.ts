import assert from "node:assert/strict";
import { test } from "node:test";
import { commands } from "./commands.ts";
import { ALIASES, dashed, nounFor } from "./words.ts";

test("no alias stands in the way of a noun", () => {
  const nouns = Object.keys(commands);
  assert.deepEqual(
    nouns.filter((noun) => nounFor(dashed(noun), nouns) !== noun),
    [],
  );
  for (const noun of Object.values(ALIASES)) assert.ok(nouns.includes(noun), noun);
});
