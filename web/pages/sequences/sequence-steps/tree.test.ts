import assert from "node:assert/strict";
import { test } from "node:test";
import { conditionWish, newRule } from "./condition.ts";
import { type DraftStep, newStep, type StepsDraft } from "./draft.ts";
import { problemsOf } from "./problems.ts";
import {
  added,
  dropped,
  duplicated,
  marksOf,
  movedTo,
  nudged,
  onTheWayTo,
  type PathWord,
  removed,
  TRUNK,
} from "./tree.ts";
import { wishOf } from "./wish.ts";

/** "a ?( b c : d ) e": b and c on the yes path of a branch, d on its no path. */
function drafted(words: string): StepsDraft {
  const steps: DraftStep[] = [];
  const around: { key: string; path: PathWord }[] = [];
  for (const word of words.split(" ")) {
    const at = around.at(-1);
    if (word === ":" && at) at.path = "no";
    else if (word === ")") around.pop();
    else {
      const key = word.replace("(", "");
      const place = at ? { parent: at.key, path: at.path } : TRUNK;
      steps.push({ ...newStep(word.endsWith("(") ? "branch" : "call", [], false), key, id: key, ...place });
      if (word.endsWith("(")) around.push({ key, path: "yes" });
    }
  }
  return steps;
}

/** The same words back. */
function worded(draft: StepsDraft) {
  const { before, behind } = marksOf(draft);
  const say = (marks: readonly { kind: string; path: string }[]) =>
    marks.flatMap(({ kind, path }) => (kind === "ends" ? (path === "no" ? [")"] : [":"]) : []));
  return [
    ...draft.flatMap((step) => [
      ...say(before.get(step.key) ?? []),
      step.type === "branch" ? `${step.key}(` : step.key,
    ]),
    ...say(behind),
  ].join(" ");
}

const START = "a ?( b c : d ) e";

test("a draft with branches is drawn as it stands", () => {
  for (const words of [START, "?( a : )", "?( !( a : b ) : c ) d", "a b"])
    assert.equal(worded(drafted(words)), words);
});

const CASES: [what: string, how: (draft: StepsDraft) => StepsDraft, after: string][] = [
  ["a step up among those of its path", (draft) => nudged(draft, "c", -1), "a ?( c b : d ) e"],
  ["no further up than its path", (draft) => nudged(draft, "b", -1), START],
  ["a branch down, with its paths", (draft) => nudged(draft, "?", 1), "a e ?( b c : d )"],
  ["a step down past a whole branch", (draft) => nudged(draft, "a", 1), "?( b c : d ) a e"],
  ["a step up past a whole branch", (draft) => nudged(draft, "e", -1), "a e ?( b c : d )"],
  ["to another path", (draft) => movedTo(draft, "b", { parent: "?", path: "no" }), "a ?( c : d b ) e"],
  ["out of all paths", (draft) => movedTo(draft, "d", TRUNK), "a ?( b c : ) e d"],
  ["never onto its own path", (draft) => movedTo(draft, "?", { parent: "?", path: "no" }), START],
  ["dropped behind a branch: on its yes path", (draft) => dropped(draft, 5, 2), "a ?( e b c : d )"],
  ["dropped behind a step: on its path", (draft) => dropped(draft, 0, 4), "?( b c : d a ) e"],
  ["dropped first", (draft) => dropped(draft, 3, 0), "c a ?( b : d ) e"],
  ["a branch dropped last, with its paths", (draft) => dropped(draft, 1, 5), "a e ?( b c : d )"],
  ["removed with its paths", (draft) => removed(draft, "?"), "a e"],
  [
    "added at the end of a path",
    (draft) => added(draft, { ...draft[0], key: "x" } as DraftStep, { parent: "?", path: "yes" }),
    "a ?( b c x : d ) e",
  ],
];
for (const [what, how, after] of CASES)
  test(`moved: ${what}`, () => assert.equal(worded(how(drafted(START))), after));

test("a copy of a branch has steps of its own, and asks about its own", () => {
  const draft = drafted("a ?( b !( c : d ) : ) e").map((step) =>
    step.key === "!" && step.condition
      ? {
          ...step,
          condition: {
            ...step.condition,
            rules: [newRule("task", { step: "b" }), newRule("task", { step: "a" })],
          },
        }
      : step,
  );
  const copied = duplicated(draft, "?");
  assert.equal(copied.length, draft.length + 5);
  const copies = copied.filter(({ id }) => id === null);
  assert.deepEqual(
    copies.map(({ type }) => type),
    ["branch", "call", "branch", "call", "call"],
  );
  const inner = copies[2]?.condition?.rules.map(({ step }) => step) ?? [];
  assert.deepEqual(inner, [copies[1]?.key, "a"]);
  assert.equal(copies[1]?.parent, copies[0]?.key);
});

test("steps of another path are not on the way", () => {
  const draft = drafted("a ?( b !( c : d ) : f ) g");
  const before = (key: string) =>
    onTheWayTo(draft, draft.find((step) => step.key === key) as DraftStep)
      .map((step) => step.key)
      .join("");
  assert.deepEqual(["f", "d", "g", "a"].map(before), ["a?", "a?b!", "a?b!cdf", ""]);
});

test("paths and rules are named by positions, since what is new has no id", () => {
  const draft = drafted(START);
  const wishes = wishOf(draft, draft);
  assert.deepEqual(
    wishes.map(({ branch_position, branch_path, branch_step_id }) => [
      branch_position ?? branch_step_id,
      branch_path,
    ]),
    [
      [null, undefined],
      [null, undefined],
      [2, "yes"],
      [2, "yes"],
      [2, "no"],
      [null, undefined],
    ],
  );
  const condition = {
    match: "any" as const,
    waitDays: 2,
    rules: [newRule("task", { step: "b" }), newRule("replied")],
  };
  assert.deepEqual(conditionWish(condition, draft), {
    match: "any",
    wait_days: 2,
    rules: [
      { type: "task", not: false, step_position: 3, outcomes: ["completed"] },
      { type: "replied", not: false },
    ],
  });
});

test("what would keep a branch from being saved is said before", () => {
  const says = (words: string, rules = [newRule("contact", { filters: { q_title: "ceo" } })]) => {
    const draft = drafted(words).map((step) =>
      step.condition ? { ...step, condition: { ...step.condition, rules } } : step,
    );
    const at = draft.findIndex(({ key }) => key === "?");
    return problemsOf(draft[at] as DraftStep, at, draft, undefined).map((problem) => problem.says);
  };
  assert.deepEqual(says(START), []);
  assert.match(says("a ?( : ) e")[0] ?? "", /Add a step to one of its paths/);
  assert.match(says(START, [newRule("contact")])[0] ?? "", /Add a filter/);
  assert.match(says(START, [newRule("task", { step: "e" })])[0] ?? "", /not before this one/);
  assert.deepEqual(says(START, [newRule("task", { step: "a" })]), []);
});
