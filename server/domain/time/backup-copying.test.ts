import assert from "node:assert/strict";
import { test } from "node:test";
import { type CopyFacts, copyTrouble, isCopyDue } from "./backup-copying.ts";

const at = (text: string) => Temporal.Instant.from(`2026-03-${text}Z`);
const MADE: CopyFacts = {
  goodAt: at("05T03:00"),
  isCopied: false,
  triedAt: null,
  hasFailed: false,
  copiedAt: at("04T03:00"),
};

const DUE: [why: string, facts: Partial<CopyFacts>, now: string, isDue: boolean][] = [
  ["a new backup is copied at once", {}, "05T03:01", true],
  ["without a backup there is nothing to copy", { goodAt: null }, "05T03:01", false],
  ["a copy is not made twice", { isCopied: true }, "09T03:01", false],
  [
    "an attempt that failed or was killed is not repeated at once",
    { triedAt: at("05T03:10") },
    "05T03:24",
    false,
  ],
  ["it is repeated after 15 minutes", { triedAt: at("05T03:10") }, "05T03:25", true],
];

for (const [why, facts, now, isDue] of DUE)
  test(why, () => assert.equal(isCopyDue({ ...MADE, ...facts }, at(now)), isDue));

const TROUBLE: [why: string, facts: Partial<CopyFacts>, now: string, trouble: string | null][] = [
  ["a copy that has not begun is no trouble", {}, "05T03:01", null],
  ["one that failed is", { hasFailed: true }, "05T03:01", "failed"],
  ["a failure before it was copied is over", { hasFailed: true, isCopied: true }, "05T03:01", null],
  ["a copy that is a little late is no trouble", {}, "05T15:00", null],
  ["a copy of 36 hours ago is", {}, "05T15:01", "late"],
  ["also if there was never one", { copiedAt: null }, "06T15:01", "late"],
  ["without a backup the copy is not the trouble", { goodAt: null }, "09T00:00", null],
];

for (const [why, facts, now, trouble] of TROUBLE)
  test(why, () => assert.equal(copyTrouble({ ...MADE, ...facts }, at(now)), trouble));
