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
  ["whoever is through and says nothing", {}, true],
  ["whoever is in no stage", { stageCategory: null }, true],
  ["whoever has answered", { hasAnswered: true }, false],
  ["whoever is written to by another sequence", { isElsewhere: true }, false],
  ["whoever nobody may write to", { isBarred: true }, false],
  ["whoever has been won", { stageCategory: "succeeded" }, false],
  ["whoever has been lost", { stageCategory: "failed" }, false],
  ["whoever was finished by hand", { inactiveReason: "manually finished" }, false],
  ["whoever goes on again", { state: "active", inactiveReason: null }, false],
];

for (const [what, but, expected] of CASES)
  test(`${what} is ${expected ? "" : "not "}unresponsive`, () =>
    assert.equal(isUnresponsive({ ...SILENT, ...but }), expected));
