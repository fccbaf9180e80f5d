import assert from "node:assert/strict";
import { test } from "node:test";
import { isKnownFile, placed } from "./dropped.ts";

const pathsOf = (...files: [string, string][]) =>
  placed(files.map(([path, text]) => ({ path, text }))).map(({ path }) => path);
const MAIL = "---\nsubject: Hello\n---\n<p>Hello</p>\n";
const SEQUENCE =
  "key: intro\nname: Intro\nsteps:\n  - type: auto_email\n    variants:\n      - mail: one.html\n";

test("files of a folder keep their paths, wherever the folder lies", () => {
  assert.deepEqual(
    pathsOf(
      ["/repository/sequences/intro/sequence.yaml", SEQUENCE],
      ["/repository/sequences/intro/one.html", MAIL],
      ["./schedules/nights.yaml", "name: Nights\n"],
    ),
    ["schedules/nights.yaml", "sequences/intro/one.html", "sequences/intro/sequence.yaml"],
  );
});

test("a sequence that was chosen with its emails alone gets a folder of its key", () => {
  assert.deepEqual(pathsOf(["sequence.yaml", SEQUENCE], ["one.html", MAIL]), [
    "sequences/intro/one.html",
    "sequences/intro/sequence.yaml",
  ]);
});

test("a file alone is placed by what it says", () => {
  for (const [text, path] of [
    ["key: a\nname: A\nsteps: []\n", "sequences/a.yaml"],
    ["name: Nights\ntime_zone: UTC\nhours: {}\n", "schedules/x.yaml"],
    ["name: Gentle\nrules: {}\n", "rulesets/x.yaml"],
    ["name: Plant\nof: contact\ntype: string\n", "fields/x.yaml"],
    ["nothing: known\n", "sequences/x.yaml"],
  ] as [string, string][])
    assert.deepEqual(pathsOf(["x.yaml", text]), [path]);
  assert.deepEqual(pathsOf(["hello.html", "---\nname: Hello\nsubject: Hello\n---\n"]), [
    "templates/hello.html",
  ]);
});

test("other files of a repository are left out", () => {
  const names = ["a/b.yaml", "c.yml", "d.MD", "e.html", "README.md", ".vscode.yaml", "plan.sh", "x.png"];
  assert.deepEqual(names.filter(isKnownFile), ["a/b.yaml", "c.yml", "d.MD", "e.html"]);
});
