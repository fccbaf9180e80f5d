import assert from "node:assert/strict";
import { test } from "node:test";
import { BUILT_IN, effectiveRules, RULE_NAMES, type Rules } from "./rules.ts";

const silent = Object.fromEntries(RULE_NAMES.map((name) => [name, null])) as unknown as Rules;

test("the nearest word counts, and false is a word", () => {
  const cases: [string, boolean | null, boolean | null, boolean | null, [boolean, string]][] = [
    ["nothing is set", null, null, null, [true, "built_in"]],
    ["the team says no", null, null, false, [false, "team"]],
    ["the ruleset says no", null, false, true, [false, "ruleset"]],
    ["the sequence says no", false, true, true, [false, "sequence"]],
    ["the ruleset is silent", null, null, true, [true, "team"]],
  ];
  for (const [why, sequence, ruleset, team, [value, origin]] of cases) {
    const say = (word: boolean | null) => ({ ...silent, markFinishedIfReply: word });
    const rules = effectiveRules(say(sequence), say(ruleset), say(team));
    assert.deepEqual(rules.markFinishedIfReply, { value, origin }, why);
  }
});

test("without a ruleset and a default, what is built in holds", () => {
  const rules = effectiveRules(silent, null, null);
  for (const name of RULE_NAMES) assert.deepEqual(rules[name], { value: BUILT_IN[name], origin: "built_in" });
});
