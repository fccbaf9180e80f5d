import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AllowFlag,
  type EnrollmentCandidate,
  type EnrollmentEvidence,
  FLAG_FOR,
  FLAGS,
  judgeCandidates,
  SKIP_REASONS,
  type SkipReason,
  type Terms,
  tally,
} from "./eligibility.ts";

const now = Temporal.Instant.from("2026-11-20T12:00:00Z");
const sound: EnrollmentCandidate = {
  id: "c",
  email: "a@b.example",
  emailStatus: "verified",
  isUserManaged: true,
  barredBy: [],
  otherOwner: null,
  jobChangedAt: null,
  companyKey: null,
  here: null,
  address: null,
  twin: null,
  takenOutAt: null,
  elsewhere: [],
  queuedIn: null,
};
const terms: Terms = {
  waived: new Set(),
  reEnrolls: false,
  isExplicit: true,
  waitsForOthers: false,
  colleagues: new Map(),
};
const at = (state: EnrollmentEvidence["state"], sequenceId = "s"): EnrollmentEvidence => ({
  enrollmentId: "e",
  sequenceId,
  sequenceName: "S",
  state,
  stepPosition: 2,
  addedAt: now,
  finishedAt: state === "finished" ? now : null,
  inactiveReason: state === "finished" ? "what somebody wrote" : null,
});

function codes(facts: Partial<EnrollmentCandidate>, more: Partial<Terms> = {}) {
  const [reasons] = judgeCandidates([{ ...sound, ...facts }], { ...terms, ...more }, now);
  return reasons?.map(({ code }) => code);
}

const ONE: [Partial<EnrollmentCandidate>, SkipReason[]][] = [
  [{}, []],
  [{ barredBy: [{ reason: "contacts_unsubscribed", evidence: {} }] }, ["contacts_unsubscribed"]],
  [{ here: at("active") }, ["contacts_already_exists_in_current_campaign"]],
  [{ here: at("failed") }, ["contacts_already_exists_in_current_campaign"]],
  [{ queuedIn: "p" }, ["contacts_in_pending_state"]],
  [{ otherOwner: { id: "u", mayActFor: true } }, ["contacts_without_ownership_permission"]],
  [{ email: null, emailStatus: null }, ["contacts_without_email"]],
  [{ emailStatus: "unverified", isUserManaged: false }, ["contacts_unverified_email"]],
  [{ emailStatus: null }, ["contacts_unverified_email", "contacts_with_unverified_user_managed_email"]],
  [{ emailStatus: "likely to engage" }, []],
  [{ emailStatus: "user_managed" }, []],
  [{ jobChangedAt: now.subtract({ hours: 90 * 24 }) }, ["contacts_with_job_change"]],
  [{ jobChangedAt: now.subtract({ hours: 90 * 24, seconds: 1 }) }, []],
  [{ elsewhere: [at("active")] }, ["contacts_active_in_other_campaigns"]],
  [{ elsewhere: [at("paused")] }, ["contacts_active_in_other_campaigns"]],
  [{ elsewhere: [at("finished")] }, ["contacts_finished_in_other_campaigns"]],
  [{ elsewhere: [at("failed")] }, []],
];
for (const [facts, expected] of ONE)
  test(`${JSON.stringify(facts)}: ${expected.join(", ") || "may join"}`, () =>
    assert.deepEqual(codes(facts), expected));

test("every reason holds at once, in the one order", () => {
  const everything: Partial<EnrollmentCandidate> = {
    emailStatus: "unverified",
    queuedIn: "p",
    here: at("active"),
    companyKey: "k",
    jobChangedAt: now,
    otherOwner: { id: "u", mayActFor: true },
    elsewhere: [at("finished"), at("active")],
    barredBy: [
      { reason: "contacts_paused", evidence: {} },
      { reason: "contacts_do_not_contact", evidence: {} },
      { reason: "contacts_bounced", evidence: {} },
      { reason: "contacts_unsubscribed", evidence: {} },
    ],
  };
  const found =
    codes(everything, { colleagues: new Map([["k", [{ contactId: "x", enrollmentId: "e" }]]]) }) ?? [];
  const expected = SKIP_REASONS.filter(
    (code) => code !== "contact_not_found" && code !== "contacts_without_email",
  );
  assert.deepEqual(found, expected);
});

test("of two contacts with one address the second is left out, unless the flag for shared addresses admits it", () => {
  const line = [sound, { ...sound, id: "d" }].map((one) => ({ ...one, address: "a@b.example" }));
  const [first, second] = judgeCandidates(line, terms, now);
  assert.deepEqual(first, []);
  assert.deepEqual(
    second?.map(({ code, flag, evidence }) => [code, flag, evidence.because, evidence.contactId]),
    [
      [
        ...["contacts_already_exists_in_current_campaign", "sequence_same_email_in_same_campaign"],
        ...["same_address", "c"],
      ],
    ],
  );
  const waived = new Set<AllowFlag>(["sequence_same_email_in_same_campaign"]);
  assert.deepEqual(judgeCandidates(line, { ...terms, waived }, now), [[], []]);
});

test("a flag lifts its own reasons and no others", () => {
  for (const flag of FLAGS.filter((one) => one !== "sequence_same_email_in_same_campaign")) {
    const lifted = SKIP_REASONS.filter((code) => FLAG_FOR[code] === flag);
    assert.ok(lifted.length > 0, flag);
    const waived = new Set<AllowFlag>([flag]);
    for (const [facts, expected] of ONE)
      assert.deepEqual(
        codes(facts, { waived }),
        expected.filter((code) => !lifted.includes(code)),
        flag,
      );
  }
});

test("who is to wait for other sequences is kept out by none that is busy with them, and by everything else", () => {
  for (const [facts, expected] of ONE)
    assert.deepEqual(
      codes(facts, { waitsForOthers: true }),
      expected.filter((code) => code !== "contacts_active_in_other_campaigns"),
    );
});

test("for whom one may not act the flag changes nothing, and is not named", () => {
  const facts = { otherOwner: { id: "u", mayActFor: false } };
  const waived = new Set<AllowFlag>(FLAGS);
  const [reasons] = judgeCandidates([{ ...sound, ...facts }], { ...terms, waived }, now);
  assert.deepEqual(reasons, [
    { code: "contacts_without_ownership_permission", flag: null, evidence: { ownerId: "u" } },
  ]);
});

test("starting over is for contacts who are finished or paused", () => {
  for (const state of ["paused", "finished", "failed"] as const)
    assert.deepEqual(codes({ here: at(state) }, { reEnrolls: true }), []);
  assert.equal(codes({ here: at("active") }, { reEnrolls: true })?.length, 1);
});

test("of colleagues the first in line joins; oneself is no colleague", () => {
  const line = ["a", "b", "c"].map((id) => ({ ...sound, id, companyKey: id === "c" ? "other" : "same" }));
  assert.deepEqual(
    judgeCandidates(line, terms, now).map(({ length }) => length),
    [0, 1, 0],
  );
  const colleagues = new Map([["same", [{ contactId: "a", enrollmentId: "e" }]]]);
  assert.deepEqual(
    judgeCandidates(line, { ...terms, colleagues }, now).map(({ length }) => length),
    [0, 1, 0],
  );
  const two = new Map([["same", [...(colleagues.get("same") ?? []), { contactId: "z", enrollmentId: "f" }]]]);
  assert.deepEqual(
    judgeCandidates(line, { ...terms, colleagues: two }, now).map(({ length }) => length),
    [1, 1, 0],
  );
});

test("a tally counts each person once for each reason", () => {
  const judged = judgeCandidates(
    [{ ...sound, elsewhere: [at("active"), at("paused", "t")] }, sound],
    terms,
    now,
  );
  const { byReason, leftOut } = tally(["a", "b"], judged);
  assert.deepEqual([[...byReason], leftOut], [[["contacts_active_in_other_campaigns", ["a"]]], 1]);
});
