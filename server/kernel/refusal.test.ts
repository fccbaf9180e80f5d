// What a refusal says, and what it advises, is filled with the facts of the case.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { type RefusalCode, type RefusalEntry, refusals } from "@cadenza/contract";
import { answerFor } from "../http/errors.ts";
import { fixOf, Refusal, sentenceOf } from "./refusal.ts";

const ENTRIES = Object.entries(refusals) as [RefusalCode, RefusalEntry][];
const fieldsIn = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");

test("no template is left unfilled in what any refusal says or advises", () => {
  for (const [code, { says, fix = "" }] of ENTRIES) {
    const facts = Object.fromEntries([...fieldsIn(says), ...fieldsIn(fix)].map((name) => [name, "X"]));
    const refusal = new Refusal(code, facts);
    for (const text of [sentenceOf(refusal), fixOf(refusal) ?? "", JSON.stringify(answerFor(refusal).body)])
      assert.deepEqual(fieldsIn(text), [], `${code}: ${text}`);
  }
});

/** The sources of the server, without their tests. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sources(path);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts") ? [readFileSync(path, "utf8")] : [];
  });
}

test("who refuses with an advice that has fields names each of them", () => {
  const all = sources(dirname(import.meta.dirname));
  for (const [code, { fix = "" }] of ENTRIES) {
    const fields = fieldsIn(fix);
    if (fields.length === 0) continue;
    const thrown = all.filter((text) => text.includes(`new Refusal("${code}"`));
    assert.ok(thrown.length > 0, `${code} is thrown nowhere`);
    for (const text of thrown)
      for (const field of fields) assert.match(text, new RegExp(`\\b${field}\\b`), `${code}: ${field}`);
  }
});
