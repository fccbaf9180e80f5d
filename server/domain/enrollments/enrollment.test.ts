import assert from "node:assert/strict";
import { test } from "node:test";
import { stepInPlaceOf } from "./enrollment.ts";
import { SEQUENCE_ARCHIVED, SEQUENCE_OFF, SEQUENCE_ON } from "./transitions.ts";

test("switching a sequence on undoes what switching it off did, and nothing else", () => {
  assert.equal(SEQUENCE_ON.fromReason, SEQUENCE_OFF.reason);
  assert.deepEqual([SEQUENCE_ON.from, SEQUENCE_ON.to], [[SEQUENCE_OFF.to], SEQUENCE_OFF.from[0]]);
});

test("an archived sequence has no active or paused contact left", () => {
  assert.deepEqual(new Set(SEQUENCE_ARCHIVED.from), new Set(["active", "paused"]));
});

test("a contact who waits at a deleted step moves on to the step in its place", () => {
  const cases: [string, string, string, string | null, string][] = [
    ["b", "abc", "ac", "c", "the step after it"],
    ["c", "abc", "ab", null, "nothing after the last"],
    ["a", "abc", "bc", "b", "the first"],
    ["b", "abcd", "ad", "d", "two gone: the one that stayed"],
    ["c", "abcd", "ad", "d", "two gone, from the second of them"],
    ["b", "abc", "axc", "x", "replaced"],
    ["b", "ab", "xy", "y", "all replaced: by place"],
    ["c", "abc", "xy", null, "all replaced by fewer"],
    ["b", "abc", "ca", null, "turned round: nothing after the one before it"],
    ["a", "ab", "xb", "x", "the first replaced"],
    ["b", "abc", "axyc", "x", "replaced by two"],
    ["c", "abcd", "axd", "d", "two replaced by one"],
  ];
  for (const [removed, before, after, expected, why] of cases)
    assert.equal(stepInPlaceOf(removed, [...before], [...after]), expected, why);
});
