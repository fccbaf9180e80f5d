import assert from "node:assert/strict";
import { test } from "node:test";
import type { Output } from "@cadenza/sdk";
import { partOf } from "../../../../server/testing/unchecked.ts";
import { daysOf, readCheck } from "./check.ts";
import { warningWords } from "./words.ts";

const reason = (code: string, flag: string | null = null) => ({ code, flag, evidence: {}, sentence: code });

const unverified = reason("contacts_unverified_email", "sequence_unverified_email");
const ownUnverified = reason("contacts_with_unverified_user_managed_email", "sequence_unverified_email");

const ANSWER = partOf<Output<"joining", "addContacts">>({
  contacts: [],
  enrollments: [{}, {}],
  skipped_contacts: [
    { contact_id: "a", reasons: [unverified, ownUnverified] },
    {
      contact_id: "b",
      reasons: [unverified, reason("contacts_in_same_company", "sequence_same_company_in_same_campaign")],
    },
    { contact_id: "c", reasons: [reason("contacts_unsubscribed")] },
  ],
  mailbox_split: [],
  warnings: [
    {
      contact_id: "x",
      contact_name: "Ines Okafor",
      code: "snippets_missing",
      evidence: { position: 1, missing: "company" },
    },
    {
      contact_id: "x",
      contact_name: "Ines Okafor",
      code: "snippets_missing",
      evidence: { position: 3, missing: "company, first_name" },
    },
    { contact_id: "x", code: "steps_received", evidence: { steps: "1, 2" } },
    { contact_id: "y", code: "steps_received", evidence: { steps: "10, 2" } },
  ],
});

test("who is left out is grouped by the first reason, the most first, with what lets them in", () => {
  const { joining, leftOut, groups } = readCheck(ANSWER);
  assert.deepEqual([joining, leftOut], [2, 3]);
  assert.deepEqual(
    groups.map(({ code, people, flag, withMore }) => [code, people.length, flag, withMore]),
    [
      ["contacts_unverified_email", 2, "sequence_unverified_email", 1],
      ["contacts_unsubscribed", 1, null, 0],
    ],
  );
});

test("a warning counts people, not steps, and names both", () => {
  const { warnings } = readCheck(ANSWER);
  assert.deepEqual(warnings, [
    {
      code: "snippets_missing",
      count: 1,
      steps: [1, 3],
      names: ["Ines Okafor"],
      missing: ["company", "first_name"],
    },
    { code: "steps_received", count: 2, steps: [1, 2, 10], names: [], missing: [] },
  ]);
  assert.deepEqual(warnings.map(warningWords), [
    "1 contact (Ines Okafor) will be added without company and first name, which the email of steps 1 and 3 needs: it will fail.",
    "2 contacts will be added again and will get steps 1, 2 and 10 a second time.",
  ]);
});

test("work that is put off says how many were not tried", () => {
  const answer = partOf<Output<"joining", "addContacts">>({
    entity_progress_job: { entity_ids: Array.from({ length: 6000 }, String) },
    num_added: 4900,
    num_tried: 4995,
    skipped_contacts: Array.from({ length: 95 }, (_, n) => ({ contact_id: `${n}`, reasons: [unverified] })),
  });
  const { isLong, joining, leftOut, untried } = readCheck(answer);
  assert.deepEqual([isLong, joining, leftOut, untried], [true, 4900, 95, 1005]);
});

test("days are told one by one, the empty ones between them too", () => {
  const local = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
  const days = daysOf([
    { hour: local(20, 9), count: 3 },
    { hour: local(20, 16), count: 2 },
    { hour: local(23, 8), count: 4 },
  ]);
  assert.deepEqual(
    days.map(({ count }) => count),
    [5, 0, 0, 4],
  );
  assert.equal(days[0]?.day.includes("20 Nov"), true);
  assert.deepEqual(daysOf([]), []);
});
