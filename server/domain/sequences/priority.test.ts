import assert from "node:assert/strict";
import { test } from "node:test";
import { rankOf, type SendingTurn } from "./priority.ts";

const day = (n: number) => Temporal.Instant.from("2026-03-02T09:00:00Z").add({ hours: 24 * n });
const turn = (rest: Partial<SendingTurn> = {}): SendingTurn => ({
  isByHand: false,
  isFollowUp: false,
  policy: "followups_first",
  score: 50,
  dueAt: day(0),
  ...rest,
});

const EARLIER: [string, Partial<SendingTurn>, Partial<SendingTurn>][] = [
  [
    "what is sent by hand goes before any follow-up",
    { isByHand: true, score: 0 },
    { isFollowUp: true, score: 100 },
  ],
  ["a follow-up goes before a first touch", { isFollowUp: true, score: 0 }, { score: 100, dueAt: day(-300) }],
  ["of the same class the higher score", { score: 60 }, { score: 59 }],
  ["of equal scores the mail that was due first", { dueAt: day(-1) }, {}],
  ["eleven days of waiting outweigh ten points", { score: 40, dueAt: day(-11) }, { score: 50 }],
  ["nine days do not", { score: 50 }, { score: 40, dueAt: day(-9) }],
  [
    "by score alone, a promising first touch goes before a follow-up",
    { policy: "score", score: 90 },
    { policy: "score", score: 80, isFollowUp: true },
  ],
  [
    "first come, first served: the score says nothing",
    { policy: "fifo", score: 0, dueAt: day(-1) },
    { policy: "fifo", score: 100 },
  ],
];

for (const [sentence, first, second] of EARLIER)
  test(sentence, () => assert.ok(rankOf(turn(first)) < rankOf(turn(second))));

test("minutes count too, and less than a minute does not: who ranks equal goes by when they were added", () => {
  assert.ok(rankOf(turn({ dueAt: day(0) })) < rankOf(turn({ dueAt: day(0).add({ minutes: 1 }) })));
  assert.equal(rankOf(turn({ dueAt: day(0) })), rankOf(turn({ dueAt: day(0).add({ seconds: 59 }) })));
});
