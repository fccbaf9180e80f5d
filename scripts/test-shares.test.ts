import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { test } from "node:test";
import { ROOT } from "./packages.mjs";
import { inShare, LONG, SHARES, type Share, shareOfCommit } from "./test-shares.ts";

const FILES = globSync("{contract,sdk,server,web,scripts,cli,mcp,sandbox,n8n,bench}/**/*.test.{ts,tsx}", {
  cwd: ROOT,
  exclude: (path) => path.endsWith("node_modules"),
});
const shares = Array.from({ length: SHARES }, (_, n) => inShare(FILES, (n + 1) as Share));

test("each long file is in one share, each short one in all, and no share is much larger", () => {
  const isLong = (file: string) => LONG.some((one) => one.files.test(file));
  for (const file of FILES) {
    const times = shares.filter(({ chosen }) => chosen.includes(file)).length;
    assert.equal(times, isLong(file) ? 1 : SHARES, file);
  }
  const sizes = shares.map(({ chosen }) => chosen.length);
  assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
  for (const { chosen, left } of shares) assert.deepEqual([...chosen, ...left].sort(), FILES.toSorted());
});

test("each run kills engines and stops contacts while emails are sent", () => {
  for (const { chosen } of shares)
    for (const name of ["kills", "stops"])
      assert.ok(chosen.includes(`server/testing/torture/${name}.test.ts`), name);
});

test("each run lets n8n review the package, whose words come from the contract", () => {
  for (const { chosen } of shares) assert.ok(chosen.includes("n8n/testing/package.test.ts"));
});

test("each kind of long files has a file", () => {
  assert.deepEqual(
    LONG.filter((one) => !FILES.some((file) => one.files.test(file))),
    [],
  );
});

test("a commit has one share, and commits have all of them", () => {
  assert.equal(shareOfCommit("00000000a"), 1);
  assert.equal(shareOfCommit("00000001a"), 2);
  assert.equal(shareOfCommit("00000002a"), 3);
  assert.equal(shareOfCommit("ffffffff"), 1);
  assert.equal(shareOfCommit("0"), 1);
  assert.equal(shareOfCommit(), shareOfCommit());
});
