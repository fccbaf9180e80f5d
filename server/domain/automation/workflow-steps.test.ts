import assert from "node:assert/strict";
import { test } from "node:test";
import {
  everyStep,
  firstActionStep,
  lotOf,
  pathFor,
  stepAfter,
  stepAt,
  stepInto,
  suits,
  type WorkflowAction,
} from "./workflow-steps.ts";

const say = (text: string): WorkflowAction => ({ is: "notify", userIds: [], text });
const TREE: WorkflowAction[] = [
  say("0"),
  {
    is: "branch",
    filters: {},
    yes: [
      say("yes"),
      {
        is: "split",
        paths: [
          { weight: 1, actions: [say("left")] },
          { weight: 3, actions: [] },
        ],
      },
    ],
    no: [],
  },
  say("2"),
];

test("every step has a path, in the order in which they are written", () => {
  assert.deepEqual(
    everyStep(TREE).map(({ step }) => step),
    ["0", "1", "1.yes.0", "1.yes.1", "1.yes.1.paths.0.0", "2"],
  );
  assert.equal(firstActionStep(TREE), "0");
  assert.equal(firstActionStep([]), null);
  assert.deepEqual(stepAt(TREE, "1.yes.1.paths.0.0"), say("left"));
  assert.equal(stepAt(TREE, "1.no.0"), null);
});

for (const [from, next] of [
  ["0", "1"],
  ["1.yes.0", "1.yes.1"],
  ["1.yes.1.paths.0.0", "2"],
  ["1.yes.1", "2"],
  ["2", null],
] as const)
  test(`after ${from} comes ${next}`, () => assert.equal(stepAfter(TREE, from), next));

test("a way with nothing on it leads to what comes after", () => {
  assert.equal(stepInto(TREE, "1", "yes"), "1.yes.0");
  assert.equal(stepInto(TREE, "1", "no"), "2");
  assert.equal(stepInto(TREE, "1.yes.1", "paths.1"), "2");
});

test("a split goes by weight, and the same way for the same candidate", () => {
  const paths = [{ weight: 1 }, { weight: 3 }];
  const lots = Array.from({ length: 400 }, (_, lot) => pathFor(paths, lot));
  assert.equal(lots.filter((path) => path === 0).length, 100);
  const id = "64f0aa0000000000deadbeef";
  assert.equal(lotOf(id), 0xdeadbeef);
  assert.equal(pathFor(paths, lotOf(id)), pathFor(paths, lotOf(id)));
});

test("sequences are for contacts, saving is for records that are no contacts yet", () => {
  const join = { is: "remove_from_sequence", sequenceIds: [], how: "stop", reason: null } as const;
  const save = { is: "save_as_contact", labelNames: [], stageId: null, ownerId: null } as const;
  assert.deepEqual(
    [suits(join, "contact"), suits(join, "person"), suits(join, "account")],
    [true, true, false],
  );
  assert.deepEqual(
    [suits(save, "contact"), suits(save, "person"), suits(save, "account")],
    [false, true, false],
  );
});
