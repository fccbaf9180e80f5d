import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readTimes, slowestFirst, writeTimes } from "./test-times.ts";

test("the group that took longest begins first, after those with a file of which nothing is known", () => {
  const times = { "short.test.ts": 10, "long.test.ts": 900, "middle.test.ts": 80 };
  const groups = [["short.test.ts", "middle.test.ts"], ["short.test.ts", "new.test.ts"], ["long.test.ts"]];
  assert.deepEqual(groups.toSorted(slowestFirst(times)), [
    ["short.test.ts", "new.test.ts"],
    ["long.test.ts"],
    ["short.test.ts", "middle.test.ts"],
  ]);
});

test("a run of some files keeps what is known of the others", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-times-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const kept = join(folder, "cache", "times.json");
  assert.deepEqual(readTimes(kept), {});
  writeTimes([one("a.test.ts", 5.4), one("b.test.ts", 7)], kept);
  writeTimes([one("b.test.ts", 9)], kept);
  assert.deepEqual(readTimes(kept), { "a.test.ts": 5, "b.test.ts": 9 });
});

const one = (file: string, tookMs: number) => ({ file, tookMs });
