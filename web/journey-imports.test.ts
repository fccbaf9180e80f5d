// Journeys run in Node. What they take from the app must not need a browser, and an import that does fails the whole file.

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FROM_THE_APP = /^import (?!type ).* from "\.\.\/((?!\.\.)[^"]+)";$/gm;

test("every part of the app that a journey imports can be loaded outside a browser", async () => {
  const parts = new Set(
    globSync("web/journeys/*.ts").flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(FROM_THE_APP)].map(([, part = ""]) => `./${part}`),
    ),
  );
  assert.ok(parts.size > 3, `only ${parts.size} parts were found`);
  for (const part of parts) await import(part);
});
