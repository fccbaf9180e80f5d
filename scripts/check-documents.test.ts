import assert from "node:assert/strict";
import { test } from "node:test";
import { checkDocuments } from "./check-documents.ts";

const TEXTS: Record<string, string> = {
  "server/http/csv.ts": "export function writeLines() {}",
  "docs/imports.md": "",
};

function said(document: string, text: string) {
  const repository = {
    paths: Object.keys(TEXTS),
    read: (path: string) => TEXTS[path] ?? text,
  };
  return checkDocuments([document], repository).map(({ line, why }) => `${line} ${why}`);
}

test("a path that a document names must be there, whole, by its end or beside the document", () => {
  assert.deepEqual(
    said("docs/a.md", "`server/http/csv.ts`, `http/csv.ts`, `csv.ts`, `imports.md`, `server/http/`"),
    [],
  );
  assert.deepEqual(said("docs/a.md", "one\n`server/http/gone.ts`, `gone.ts`"), [
    "2 there is no server/http/gone.ts",
    "2 there is no gone.ts",
  ]);
  assert.deepEqual(said("docs/a.md", "`server/doors/`"), ["1 there is no server/doors/"]);
});

test("a pattern of names must match a file", () => {
  assert.deepEqual(said("docs/a.md", "`*sv.ts`"), []);
  assert.deepEqual(said("docs/a.md", "`*store.ts`"), ["1 there is no *store.ts"]);
});

test("names of functions are asked for on the architecture page and in READMEs of areas", () => {
  assert.deepEqual(said("docs/understand/architecture.md", "`writeLines` and `readLines`"), [
    "1 no code has the name readLines",
  ]);
  assert.deepEqual(said("server/features/sending/README.md", "`readLines`"), [
    "1 no code has the name readLines",
  ]);
  assert.deepEqual(said("docs/a.md", "`readLines`"), []);
});

test("paths of the wire and blocks of code are not looked at", () => {
  assert.deepEqual(said("docs/a.md", "`/contacts/search` and `contacts/*`\n```\n`gone.ts`\n```"), []);
});
