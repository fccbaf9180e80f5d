import assert from "node:assert/strict";
import { test } from "node:test";
import { stepInPlaceOf } from "./removed-steps.ts";
import { tree } from "./tree-in-words.ts";

const line = (ids: string) => tree([...ids].join(" "));

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
    assert.equal(stepInPlaceOf(removed, line(before), line(after))?.id ?? null, expected, why);
});

test("a contact at a deleted step of a path stays on the path, and goes on behind the branch after it", () => {
  const cases: [string, string, string, string | null, string][] = [
    ["b", "a ?( b c : d ) e", "a ?( c : d ) e", "c", "the next of the path"],
    ["c", "a ?( b c : d ) e", "a ?( b : d ) e", "e", "the last of the path: behind the branch"],
    ["d", "a ?( b : d ) e", "a ?( b : ) e", "e", "never a step of the other path"],
    ["b", "a ?( b : d ) e", "a ?( x : d ) e", "x", "replaced on its path"],
    ["b", "a ?( b c : d ) e", "a e", "e", "the whole branch gone"],
    ["?", "a ?( b : d ) e", "a e", "e", "at the branch itself"],
    ["d", "a ?( b : !( c : d f ) ) e", "a ?( b : !( c : f ) ) e", "f", "of a branch within a branch"],
    ["d", "a ?( b : d )", "a ?( b : )", null, "nothing left"],
  ];
  for (const [removed, before, after, expected, why] of cases)
    assert.equal(stepInPlaceOf(removed, tree(before), tree(after))?.id ?? null, expected, why);
});
