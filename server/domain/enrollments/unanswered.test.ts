import assert from "node:assert/strict";
import { test } from "node:test";
import { isUnresponsive, type Silence } from "./unanswered.ts";

const SILENT: Silence = {
  state: "finished",
  inactiveReason: "Completed last step",
  hasAnswered: false,
  isElsewhere: false,
  isBarred: false,
  stageCategory: "in_progress",
};

const CASES: [what: string, but: Partial<Silence>, expected: boolean][] = [
  ["a contact who is finished and has not answered", {}, true],
  ["a contact in no stage", { stageCategory: null }, true],
  ["a contact who has answered", { hasAnswered: true }, false],
  ["a contact who is active in another sequence", { isElsewhere: true }, false],
  ["a contact who may not be emailed", { isBarred: true }, false],
  ["a contact who has been won", { stageCategory: "succeeded" }, false],
  ["a contact who has been lost", { stageCategory: "failed" }, false],
  ["a contact who was finished by hand", { inactiveReason: "manually finished" }, false],
  ["a contact who goes on again", { state: "active", inactiveReason: null }, false],
];

for (const [what, but, expected] of CASES)
  test(`${what} is ${expected ? "" : "not "}unresponsive`, () =>
    assert.equal(isUnresponsive({ ...SILENT, ...but }), expected));
