import assert from "node:assert/strict";
import { test } from "node:test";
import { prospectScore, type ScoreFacts } from "./prospect-score.ts";

const NOBODY: ScoreFacts = {
  email: null,
  emailStatus: null,
  mayBeContacted: true,
  hasPhone: false,
  title: null,
  accountId: null,
  linkedinUrl: null,
  timeZone: null,
  hasChangedJob: false,
  hasOpened: false,
  hasClicked: false,
};

const CASES: [string, Partial<ScoreFacts>, number, string[]][] = [
  ["nothing known", {}, 0, []],
  ["a verified address", { email: "a@b.se", emailStatus: "verified" }, 25, ["verified_email"]],
  ["an unverified address", { email: "a@b.se", emailStatus: "unverified" }, 10, ["unverified_email"]],
  ["a status without an address", { emailStatus: "verified" }, 0, []],
  ["a chief executive", { title: "CEO & Founder" }, 15, ["leader"]],
  ["a vice president", { title: "Vice President Sales" }, 10, ["head"]],
  ["a plant manager", { title: "Plant Manager" }, 10, ["head"]],
  ["an assistant", { title: "Assistant" }, 0, []],
  ["whoever must not be contacted", { email: "a@b.se", mayBeContacted: false }, 0, ["not_to_be_contacted"]],
];

for (const [who, facts, score, codes] of CASES) {
  test(`${who} scores ${score}`, () => {
    const result = prospectScore({ ...NOBODY, ...facts });
    assert.equal(result.score, score);
    assert.deepEqual(
      result.parts.map((part) => part.code),
      codes,
    );
  });
}

test("the best contact has a hundred points, and the parts add up to the score", () => {
  const best = {
    email: "a@b.se",
    emailStatus: "verified",
    hasPhone: true,
    title: "Owner",
    accountId: "x",
    linkedinUrl: "x",
    timeZone: "x",
    hasChangedJob: true,
    hasOpened: true,
    hasClicked: true,
  };
  const { score, parts } = prospectScore({ ...NOBODY, ...best });
  assert.equal(score, 100);
  assert.equal(
    parts.reduce((sum, part) => sum + part.points, 0),
    score,
  );
});
