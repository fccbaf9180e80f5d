import assert from "node:assert/strict";
import { test } from "node:test";
import { lineFrom, stepAfter, stepsAhead } from "./sequence-plan.ts";
import { inTreeOrder, stepsOnTheWayTo } from "./step-paths.ts";
import { tree } from "./tree-in-words.ts";

const NOW = Temporal.Instant.from("2026-03-02T08:00Z");
const STEPS = tree("a ?( b !( c : d ) e : f ) g");
const ids = (steps: readonly { id: string }[]) => steps.map(({ id }) => id).join("");

test("after a step comes the rest of its path, and then what follows the branch", () => {
  const cases: [string, "yes" | "no" | null, string | null][] = [
    ["a", null, "?"],
    ["?", "yes", "b"],
    ["?", "no", "f"],
    ["?", null, "g"],
    ["b", null, "!"],
    ["!", "yes", "c"],
    ["!", "no", "d"],
    ["c", null, "e"],
    ["d", null, "e"],
    ["e", null, "g"],
    ["f", null, "g"],
    ["g", null, null],
  ];
  for (const [id, path, next] of cases)
    assert.equal(stepAfter(STEPS, { id, path }, NOW)?.id ?? null, next, `${id} ${path}`);
});

test("an empty path leads behind its branch at once, and steps that are off are passed over", () => {
  assert.equal(stepAfter(tree("?( : f ) g"), { id: "?", path: "yes" }, NOW)?.id, "g");
  assert.equal(stepAfter(tree("?( b c : f ) g", "b"), { id: "?", path: "yes" }, NOW)?.id, "c");
  assert.equal(
    stepAfter(tree("a ?( b : f ) g", "?"), { id: "a", path: null }, NOW)?.id,
    "g",
    "with its paths",
  );
  assert.equal(stepAfter(tree("?( b : f )"), { id: "b", path: null }, NOW), null);
});

test("who begins within a path goes through the rest of it", () => {
  assert.equal(ids(lineFrom(STEPS, 1)), "a?g");
  assert.equal(ids(lineFrom(STEPS, 3)), "b!eg");
  assert.equal(ids(lineFrom(STEPS, 6)), "deg");
  assert.equal(ids(lineFrom(STEPS, 20)), "");
});

test("what may still come, and what came before, are never of another path", () => {
  assert.equal(ids(stepsAhead(STEPS, 1)), "a?b!cdefg");
  assert.equal(ids(stepsAhead(STEPS, 3)), "b!cdeg");
  assert.equal(ids(stepsAhead(STEPS, 8)), "fg");
  assert.equal(ids(stepsOnTheWayTo(STEPS, "f")), "a?");
  assert.equal(ids(stepsOnTheWayTo(STEPS, "d")), "a?b!");
  assert.equal(ids(stepsOnTheWayTo(STEPS, "g")), "a?b!cdef");
});

test("in whatever order steps are listed, a branch comes before its paths and yes before no", () => {
  const mixed = ["f", "e", "a", "c", "?", "b", "d", "!", "g"].flatMap((id) =>
    STEPS.filter((step) => step.id === id),
  );
  assert.equal(ids(inTreeOrder(mixed)), "a?eb!cdfg");
  assert.equal(ids(inTreeOrder(STEPS)), ids(STEPS));
});

test("every way through random trees leads forward, ends, and meets each step at most once", () => {
  let seed = 20261126;
  const roll = (sides: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % sides;
  };
  const grow = (deep: number, name: () => string): string =>
    Array.from({ length: roll(4) }, () =>
      deep < 4 && roll(3) === 0 ? `${name()}( ${grow(deep + 1, name)} : ${grow(deep + 1, name)} )` : name(),
    ).join(" ");
  for (let round = 0; round < 500; round++) {
    let made = 0;
    const steps = tree(grow(0, () => `s${made++}`));
    let at = lineFrom(steps, 1)[0] ?? null;
    const met = new Set<string>();
    while (at) {
      assert.ok(!met.has(at.id));
      met.add(at.id);
      const before = at.position;
      const here = at;
      const ahead = new Set(stepsAhead(steps, here.position));
      const path = here.type === "branch" ? (["yes", "no"] as const)[roll(2)] : null;
      at = stepAfter(steps, { id: here.id, path: path ?? null }, NOW);
      assert.ok(!at || (at.position > before && ahead.has(at)), `${round}: ${here.id} to ${at?.id}`);
      if (at) assert.ok(stepsOnTheWayTo(steps, at.id).some(({ id }) => id === here.id));
    }
  }
});
