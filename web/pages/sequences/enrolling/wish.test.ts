import assert from "node:assert/strict";
import { test } from "node:test";
import { type EnrollmentForm, requestOf } from "./wish.ts";

const WISH: EnrollmentForm = {
  sequenceId: "s",
  whom: { ids: ["a", "b"], listIds: [], filter: null },
  file: null,
  mailboxIds: ["m"],
  startsAt: null,
  startStep: 1,
  skipsValidation: false,
  waived: [],
  reEnrolls: false,
  waitsForOthers: false,
};
const LISTS = [
  { id: "l1", name: "Nordic" },
  { id: "l2", name: "Dutch" },
];

test("what was not changed is not said", () => {
  assert.deepEqual(requestOf(WISH, LISTS), {
    id: "s",
    contact_ids: ["a", "b"],
    send_email_from_email_account_id: ["m"],
  });
});

test("lists go by their names, a search as it is, and what was waived by its flag", () => {
  const whom = { ids: [], listIds: ["l2"], filter: { q_keywords: "acme" } };
  assert.deepEqual(requestOf({ ...WISH, whom, waived: ["sequence_job_change"], startStep: 2 }, LISTS), {
    id: "s",
    label_names: ["Dutch"],
    contact_filter: { q_keywords: "acme" },
    send_email_from_email_account_id: ["m"],
    start_step: 2,
    sequence_job_change: true,
  });
});

test("a start at a date is a pause until then, by the viewer's clock", () => {
  const request = requestOf({ ...WISH, startsAt: "2026-12-01 09:30:00" }, LISTS);
  assert.deepEqual(
    [request?.status, request?.auto_unpause_at],
    ["paused", new Date("2026-12-01T09:30:00").toISOString()],
  );
});

const MISSING: [name: string, wish: Partial<EnrollmentForm>][] = [
  ["a sequence", { sequenceId: null }],
  ["somebody", { whom: { ids: [], listIds: [], filter: null } }],
  ["a mailbox", { mailboxIds: [] }],
];

for (const [name, wish] of MISSING) {
  test(`without ${name} there is nothing to ask`, () => {
    assert.equal(requestOf({ ...WISH, ...wish }, LISTS), null);
  });
}
