import assert from "node:assert/strict";
import { test } from "node:test";
import { changeList, copyOf, everyAction, moved, sayStep, withKeys, withoutKeys } from "./tree.ts";

const SAID = [
  { type: "enrich" },
  {
    type: "branch",
    filters: { q_title: "ceo" },
    yes: [{ type: "wait", days: 1 }],
    no: [
      {
        type: "split",
        paths: [
          { weight: 2, actions: [{ type: "notify", text: "A" }] },
          { weight: 1, actions: [] },
        ],
      },
    ],
  },
];

test("what is read is what is said again", () => {
  assert.deepEqual(withoutKeys(withKeys(SAID)), SAID);
});

test("every action has a key of its own, a copy too", () => {
  const actions = withKeys(SAID);
  const keys = everyAction([...actions, ...actions.map(copyOf)]).map(({ action }) => action.key);
  assert.equal(new Set(keys).size, 10);
});

test("an action is found under the path of its list, in the order of reading", () => {
  assert.deepEqual(
    everyAction(withKeys(SAID)).map(({ action, path, at }) => [action.type, path, at]),
    [
      ["enrich", "", 0],
      ["branch", "", 1],
      ["wait", "1.yes", 0],
      ["split", "1.no", 0],
      ["notify", "1.no.0.paths.0", 0],
    ],
  );
});

test("a list deep within is changed, and nothing beside it", () => {
  const before = withKeys(SAID);
  const after = changeList(before, "1.no.0.paths.1", () => withKeys([{ type: "enrich" }]));
  assert.deepEqual(
    everyAction(after).map(({ path, at }) => `${path}/${at}`),
    ["/0", "/1", "1.yes/0", "1.no/0", "1.no.0.paths.0/0", "1.no.0.paths.1/0"],
  );
  assert.equal(after[0], before[0]);
  assert.equal(
    changeList(before, "7.yes", () => []),
    before,
  );
});

test("what would leave the list stays", () => {
  const actions = withKeys(SAID);
  assert.deepEqual(
    moved(actions, 0, 1).map(({ type }) => type),
    ["branch", "enrich"],
  );
  assert.equal(moved(actions, 0, 2), actions);
  assert.equal(moved(actions, 0, -1), actions);
});

test("a place is said as it is counted on the page", () => {
  assert.deepEqual(["0", "2.yes.0", "3.paths.1.0", "1.no.0.paths.0.2"].map(sayStep), [
    "1",
    "3 yes 1",
    "4 B 1",
    "2 no 1 A 3",
  ]);
});
