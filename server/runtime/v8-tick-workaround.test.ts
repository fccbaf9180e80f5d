// What Node makes for the next tick keeps its shape, and with it the quick way of making it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tickShape } from "./v8-tick-workaround.ts";

test("one object of the next tick is kept for as long as the process lives", () => {
  assert.equal(tickShape.length, 1);
  assert.ok("callback" in (tickShape[0] as object), "it is none of those that are made for a tick");
});

test("it is taken before anything else is loaded, as the first collection may be the last chance", () => {
  const source = readFileSync(new URL("../main.ts", import.meta.url), "utf8");
  assert.equal(/^import .*$/m.exec(source)?.[0], 'import "./runtime/v8-tick-workaround.ts";');
});
