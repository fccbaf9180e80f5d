import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type DecidedProposal,
  freeSlots,
  learn,
  nextProposal,
  rankCandidates,
  traitsOf,
} from "./copilot-ranking.ts";

const someone = (id: string, score: number, traits = {}) => ({ id, score, traits });
const order = (...given: Parameters<typeof rankCandidates>) => rankCandidates(...given).map(({ id }) => id);

test("without examples and decisions the score decides, and of equals the id", () => {
  assert.deepEqual(order([someone("b", 40), someone("a", 40), someone("c", 70)], [], []), ["c", "a", "b"]);
});

test("a contact like the examples comes before one who scores a little more", () => {
  const like = someone("like", 40, { industry: "energy", seniority: "head" });
  const ranked = rankCandidates(
    [someone("other", 50), like],
    [{ industry: "energy", seniority: "head" }, { industry: "energy" }],
    [],
  );
  assert.deepEqual(
    ranked[0]?.reasons.map(({ code, points, says }) => [code, points, says]),
    [
      ["score", 40, "Score 40"],
      ["like_examples", 8, "Industry energy, as 2 of 2 examples"],
      ["like_examples", 4, "Rank head, as 1 of 2 examples"],
    ],
  );
});

const decided = (isApproved: boolean, count: number): DecidedProposal[] =>
  Array.from({ length: count }, () => ({
    isApproved,
    traits: { seniority: isApproved ? "head" : "intern" },
  }));

test("rejections teach, visibly, and more of them teach more", () => {
  assert.deepEqual(learn(decided(false, 1)), [
    { trait: "seniority", value: "intern", approved: 0, rejected: 1, points: -4 },
  ]);
  const lessons = learn([...decided(false, 9), ...decided(true, 3)]);
  assert.deepEqual(
    lessons.map(({ value, points }) => [value, points]),
    [
      ["intern", -11],
      ["head", 8],
    ],
  );
  const candidates = [
    someone("intern", 45, { seniority: "intern" }),
    someone("head", 30, { seniority: "head" }),
  ];
  assert.deepEqual(order(candidates, [], lessons), ["head", "intern"]);
  assert.match(rankCandidates(candidates, [], lessons)[1]?.reasons[1]?.says ?? "", /0 approved, 9 rejected/);
});

test("what is decided both ways as often teaches nothing", () => {
  const both: DecidedProposal[] = [true, false].map((isApproved) => ({
    isApproved,
    traits: { country: "norway" },
  }));
  assert.deepEqual(learn(both), []);
});

test("traits are read off facts, the size of a company as a span", () => {
  assert.deepEqual(traitsOf({ seniority: "vp", industry: "Energy", country: null, head_count: 800 }), {
    seniority: "vp",
    industry: "energy",
    company_size: "201–1000 people",
  });
});

test("free is what limits leave, no less than nothing for each mailbox, and no limit is no limit", () => {
  const mailbox = (dailyLimit: number | null, sentLastDay: number) => ({
    dailyLimit,
    sentLastDay,
    plannedNextDay: 2,
  });
  assert.equal(freeSlots([mailbox(10, 3), mailbox(5, 9)]), 5);
  assert.equal(freeSlots([mailbox(10, 3), mailbox(null, 9)]), null);
  assert.equal(freeSlots([]), 0);
});

test("the hour strikes by the team's clock, today or else tomorrow, also where clocks change", () => {
  const at = (now: string, proposedOn: string | null = null) =>
    nextProposal(7, "Europe/Oslo", Temporal.Instant.from(now), proposedOn).toString();
  assert.equal(at("2026-03-10T05:59:00Z"), "2026-03-10T06:00:00Z");
  assert.equal(at("2026-03-10T05:59:00Z", "2026-03-10"), "2026-03-11T06:00:00Z");
  assert.equal(at("2026-03-10T06:00:00Z"), "2026-03-11T06:00:00Z");
  assert.equal(at("2026-03-28T12:00:00Z"), "2026-03-29T05:00:00Z");
});
