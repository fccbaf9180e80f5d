import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { digestOfTexts } from "./train.ts";

test("the reader's weights were made from the texts that are here", () => {
  const file = new URL("../../server/domain/receiving/reading/model.json", import.meta.url);
  const { texts } = JSON.parse(readFileSync(file, "utf8")) as { texts: string };
  assert.equal(texts, digestOfTexts(), "run: npm run train-reader");
});
