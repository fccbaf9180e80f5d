import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DEFAULT_FORMULA,
  type Formula,
  marksCrossed,
  prospectScore,
  type ScoreSignal,
} from "./prospect-score.ts";
import { type Fact, fieldOf, passes } from "./score-fields.ts";
import { type SignalWish, signalsFrom } from "./score-wish.ts";

const DEFAULTS: [string, Record<string, Fact>, number, string[]][] = [
  ["nothing known", {}, 0, []],
  ["a verified address", { email_status: "verified" }, 25, ["email_status"]],
  ["an unverified address", { email_status: "unverified" }, 10, ["email_status"]],
  ["a founder", { seniority: "founder" }, 15, ["seniority"]],
  ["a vice president", { seniority: "vp" }, 10, ["seniority"]],
  ["an assistant", { seniority: "entry" }, 0, []],
  ["a contact who opened a mail today", { opened: 0 }, 5, ["opened"]],
];

for (const [who, facts, score, codes] of DEFAULTS) {
  test(`by the first formula ${who} scores ${score}`, () => {
    const result = prospectScore(DEFAULT_FORMULA, { mayBeContacted: true, facts });
    assert.equal(result.score, score);
    assert.deepEqual(
      result.parts.map((part) => part.code),
      codes,
    );
  });
}

test("a contact who must not be contacted scores 0, with the reason", () => {
  const { score, parts } = prospectScore(DEFAULT_FORMULA, {
    mayBeContacted: false,
    facts: { email_status: "verified" },
  });
  assert.deepEqual([score, parts.map(({ says }) => says)], [0, ["Must not be contacted"]]);
});

test("the best contact has a hundred points by the first formula, and the parts add up to the score", () => {
  const { score, parts } = prospectScore(DEFAULT_FORMULA, {
    mayBeContacted: true,
    facts: {
      email_status: "verified",
      phone: "+46",
      seniority: "owner",
      account: "Kraft",
      linkedin_url: "x",
      time_zone: "UTC",
      job_change: 3,
      opened: 1,
      clicked: 1,
    },
  });
  assert.deepEqual([score, parts.reduce((sum, { points }) => sum + points, 0)], [100, 100]);
});

const weighing = (outOf: number, ...weights: number[]): Formula => ({
  outOf,
  marks: [],
  signals: weights.map((weight) => ({
    field: "phone",
    operator: "is_known",
    value: null,
    weight,
    kind: "text",
    customFieldId: null,
    name: null,
  })),
});

const SCALED: [string, Formula, number][] = [
  ["half of what can be earned", weighing(90, 45), 50],
  ["an eighth is rounded up", weighing(8, 1), 13],
  ["a sixth is rounded up", weighing(6, 1), 17],
  ["more than a hundred", weighing(10, 20), 100],
  ["less than nothing", weighing(10, 5, -20), 0],
];
for (const [what, formula, score] of SCALED)
  test(`scaling: ${what} is ${score}`, () => {
    assert.equal(prospectScore(formula, { mayBeContacted: true, facts: { phone: "1" } }).score, score);
  });

const PASSES: [string, Parameters<typeof passes>, boolean][] = [
  ["whole words only", ["words", "CEOs office", { operator: "has_any_of", value: ["CEO"] }], false],
  [
    "a phrase across a hyphen",
    ["words", "Vice-President, Sales", { operator: "has_any_of", value: ["vice president"] }],
    true,
  ],
  [
    "without a title no words are missing",
    ["words", null, { operator: "has_none_of", value: ["CEO"] }],
    false,
  ],
  ["case makes no difference", ["text", "Norway", { operator: "is_any_of", value: ["NORWAY"] }], true],
  ["of what is not known nothing is not so", ["text", null, { operator: "is_none_of", value: ["x"] }], false],
  ["an empty list has none", ["list", [], { operator: "has_none_of", value: ["x"] }], true],
  ["on the last day it is still within", ["age", 6, { operator: "within_days", value: 7 }], true],
  ["and then no more", ["age", 7, { operator: "within_days", value: 7 }], false],
  ["never is not within", ["age", null, { operator: "not_within_days", value: 7 }], true],
  ["a day after", ["date", "2026-03-02", { operator: "is_after", value: "2026-03-01" }], true],
];
for (const [what, given, expected] of PASSES)
  test(`signals: ${what}`, () => assert.equal(passes(...given), expected));

test("a part tells the value that was seen", () => {
  const signal: ScoreSignal = {
    field: "replied",
    operator: "within_days",
    value: 30,
    weight: 5,
    kind: fieldOf("replied").kind,
    customFieldId: null,
    name: null,
  };
  const { parts } = prospectScore(
    { signals: [signal], outOf: 5, marks: [] },
    { mayBeContacted: true, facts: { replied: 3 } },
  );
  assert.deepEqual(parts, [
    { code: "replied", signal: 1, points: 5, says: "Replied in the last 30 days", seen: "3 days ago" },
  ]);
});

test("marks are crossed both ways, and by coming to them", () => {
  assert.deepEqual(marksCrossed([50, 75], 40, 75), [
    { mark: 50, direction: "up" },
    { mark: 75, direction: "up" },
  ]);
  assert.deepEqual(marksCrossed([50, 75], 75, 60), [{ mark: 75, direction: "down" }]);
  assert.deepEqual(marksCrossed([50], 50, 60), []);
});

const wish = (rest: Partial<SignalWish>): SignalWish => ({
  field: "title",
  customFieldId: null,
  operator: "has_any_of",
  value: ["ceo"],
  weight: 1,
  name: null,
  ...rest,
});
const WRONG: [string, SignalWish[]][] = [
  ["an operator of another kind", [wish({}), wish({ operator: "at_least", value: 3 })]],
  ["no value where one is needed", [wish({}), wish({ value: [" "] })]],
  [
    "a number that is not one",
    [wish({}), wish({ field: "head_count", operator: "at_least", value: "many" })],
  ],
  ["no day", [wish({}), wish({ field: "opened", operator: "within_days", value: 0 })]],
  ["an own field that is not there", [wish({}), wish({ field: "contact_field", customFieldId: "x" })]],
];
for (const [what, wishes] of WRONG)
  test(`${what} is said with its place`, () => {
    const read = signalsFrom(wishes, new Map());
    assert.equal("position" in read && read.position, 2);
  });

test("a formula has 25 signals at most", () => {
  const all = (count: number) =>
    signalsFrom(
      Array.from({ length: count }, () => wish({})),
      new Map(),
    );
  assert.ok(Array.isArray(all(25)));
  assert.ok("why" in all(26));
});
