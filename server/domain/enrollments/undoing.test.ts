import assert from "node:assert/strict";
import { test } from "node:test";
import type { EnrollmentStatus } from "./enrollment.ts";
import { type UndoCode, type UndoConditions, undoneTo } from "./undoing.ts";

const NOW = Temporal.Instant.from("2026-02-10T09:00:00Z");
const ACTIVE: EnrollmentStatus = {
  state: "active",
  inactiveReason: null,
  failureReason: null,
  currentStepId: "step",
  mailboxId: "mailbox",
  sendFromEmail: "ole@example.no",
  dueAt: NOW.add({ hours: 5 }),
  pausedAt: null,
  resumeAt: null,
  manuallySetUnpause: null,
  finishedAt: null,
  failedAt: null,
  removedAt: null,
  inResponseTo: null,
};
const PAUSED: EnrollmentStatus = {
  ...ACTIVE,
  state: "paused",
  inactiveReason: "manually paused",
  pausedAt: NOW,
};
const WAITING: EnrollmentStatus = { ...PAUSED, inactiveReason: "Sequence inactive" };
const FAILED: EnrollmentStatus = { ...ACTIVE, state: "failed", failureReason: "snippets_missing" };
const WORLD: UndoConditions = {
  isUnsubscribed: false,
  isDoNotContact: false,
  hasBounced: false,
  isSuppressed: false,
  hasEmail: true,
  hasVerifiedEmail: true,
  mayBeUnverified: false,
  mayLackAddress: false,
  hasChangedJobs: false,
  isInExcludedStage: false,
  isAccountInExcludedStage: false,
  areUsersThere: true,
  isMailboxConnected: true,
  isSequenceActive: true,
  isSequenceArchived: false,
  isThereAgain: false,
};

const BACK: [what: string, before: EnrollmentStatus, world: Partial<UndoConditions>][] = [
  ["who was active", ACTIVE, {}],
  ["who was paused", PAUSED, {}],
  ["who was paused, in a sequence that is off now", PAUSED, { isSequenceActive: false }],
  ["who was paused, though their mailbox's user has left", PAUSED, { areUsersThere: false }],
  ["who waited for the sequence, and still would", WAITING, { isSequenceActive: false }],
  [
    "who had failed, whatever else",
    FAILED,
    { isUnsubscribed: true, isSequenceArchived: true, areUsersThere: false },
  ],
];
for (const [what, before, world] of BACK) {
  test(`${what} is as before`, () => {
    assert.deepEqual(undoneTo(before, { ...WORLD, ...world }, NOW), { standing: before, code: null });
  });
}

const LEFT: [before: EnrollmentStatus, world: Partial<UndoConditions>, code: UndoCode][] = [
  [ACTIVE, { isThereAgain: true }, "in_sequence_again"],
  [FAILED, { isThereAgain: true }, "in_sequence_again"],
  [ACTIVE, { isSequenceArchived: true, isSequenceActive: false }, "sequence_archived"],
  [PAUSED, { isUnsubscribed: true }, "contact_unsubscribed"],
  [ACTIVE, { isDoNotContact: true }, "contact_do_not_contact"],
  [ACTIVE, { hasBounced: true }, "contact_bounced"],
  [PAUSED, { isSuppressed: true }, "contact_suppressed"],
  [ACTIVE, { areUsersThere: false }, "user_deleted"],
  [WAITING, {}, "changed_since"],
];
for (const [before, world, code] of LEFT) {
  test(`who was ${before.state} stays as they are now: ${code}`, () => {
    assert.deepEqual(undoneTo(before, { ...WORLD, ...world }, NOW), { standing: null, code });
  });
}

test("who was active waits for a sequence that was switched off since", () => {
  const { standing } = undoneTo(ACTIVE, { ...WORLD, isSequenceActive: false }, NOW);
  assert.deepEqual(standing, {
    ...ACTIVE,
    state: "paused",
    inactiveReason: "Sequence inactive",
    pausedAt: NOW,
  });
});
