// Every row of the state machine, and every state against everything that can be wished of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, type LeftCode, type TransitionFacts, type TransitionRequest } from "./deciding.ts";
import { beginning, type EnrollmentState, REASONS, STAGE_EVENTS } from "./enrollment.ts";
import { SEQUENCE_OFF, SEQUENCE_ON, TRANSITIONS } from "./transitions.ts";

const NOW = Temporal.Instant.from("2026-02-10T09:00:00Z");
const EARLIER = NOW.subtract({ hours: 48 });
const LATER = NOW.add({ hours: 72 });

const ACTIVE: TransitionFacts = {
  state: "active",
  inactiveReason: null,
  failureReason: null,
  currentStepId: "step",
  mailboxId: "mailbox",
  sendFromEmail: "ole@example.no",
  dueAt: LATER,
  pausedAt: null,
  resumeAt: null,
  manuallySetUnpause: null,
  finishedAt: null,
  failedAt: null,
  removedAt: null,
  inResponseTo: null,
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
  waitsForAnother: false,
  rulings: {
    finishesOnReply: true,
    finishesOnInterest: true,
    finishesOnClick: true,
    pausesOnOutOfOffice: true,
    failsWhenNotSent: true,
  },
};

const paused = (reason: string): TransitionFacts => ({
  ...ACTIVE,
  state: "paused",
  inactiveReason: reason,
  pausedAt: EARLIER,
});
const STATES = {
  active: ACTIVE,
  paused: paused("manually paused"),
  waiting: paused("Sequence inactive"),
  finished: { ...ACTIVE, state: "finished", inactiveReason: "replied", dueAt: null, finishedAt: EARLIER },
  failed: { ...ACTIVE, state: "failed", failureReason: "snippets_missing", failedAt: EARLIER },
  removed: { ...ACTIVE, state: "removed", dueAt: null, removedAt: EARLIER },
} satisfies Record<string, TransitionFacts>;
type Situation = keyof typeof STATES;

const WISHES = {
  pause: { is: "pause" },
  "pause until": { is: "pause", until: LATER },
  resume: { is: "resume" },
  finish: { is: "finish" },
  stop: { is: "stop" },
  remove: { is: "remove" },
  retry: { is: "retry" },
  restart: { is: "restart" },
  move: { is: "move", mailboxId: "other", sendFromEmail: "ines@example.no" },
  resumeAtDate: { is: "resumeAtDate" },
  sequenceOff: { is: "sequenceOff" },
  sequenceOn: { is: "sequenceOn" },
  sequenceArchived: { is: "sequenceArchived" },
  replied: { is: "replied", messageId: "message" },
  interested: { is: "interested" },
  clicked: { is: "clicked" },
  outOfOffice: { is: "outOfOffice", until: LATER },
  unsubscribed: { is: "unsubscribed" },
  doNotContact: { is: "doNotContact" },
  completedLastStep: { is: "completedLastStep" },
  hardBounced: { is: "hardBounced" },
  spamBlocked: { is: "spamBlocked" },
  notSent: { is: "notSent", code: "email_unverified" },
  userDeleted: { is: "userDeleted" },
} satisfies Record<string, TransitionRequest>;

// What it becomes, with the reason in its row; or the code by which it is left alone, in brackets.
const F = "(already_finished)";
const X = "(already_failed)";
const P = "(already_paused)";
const N = "(not_paused)";
const OUTCOMES: Record<
  keyof typeof WISHES,
  [active: string, paused: string, waiting: string, finished: string, failed: string]
> = {
  pause: ["paused manually paused", P, "paused manually paused", F, X],
  "pause until": ["paused manually paused", "paused manually paused", "paused manually paused", F, X],
  resume: [N, "active", "active", N, N],
  finish: ["finished manually finished", "finished manually finished", "finished manually finished", F, X],
  stop: ["finished stopped", "finished stopped", "finished stopped", F, X],
  remove: ["removed", "removed", "removed", "removed", "removed"],
  retry: ["(not_failed)", "(not_failed)", "(not_failed)", "(not_failed)", "active"],
  restart: [
    "removed started over",
    "removed started over",
    "removed started over",
    "removed started over",
    "removed started over",
  ],
  move: ["active", "paused manually paused", "paused Sequence inactive", F, "failed"],
  resumeAtDate: [N, "active", "active", N, N],
  sequenceOff: ["paused Sequence inactive", P, P, F, X],
  sequenceOn: [N, P, "active", N, N],
  sequenceArchived: [
    "finished Sequence archived",
    "finished Sequence archived",
    "finished Sequence archived",
    F,
    X,
  ],
  replied: ["finished replied", "finished replied", "finished replied", F, X],
  interested: ["finished interested", "finished interested", "finished interested", F, X],
  clicked: ["finished clicked", "finished clicked", "finished clicked", F, X],
  outOfOffice: ["paused out of office", P, P, F, X],
  unsubscribed: ["finished unsubscribed", "finished unsubscribed", "finished unsubscribed", F, X],
  doNotContact: ["finished do not contact", "finished do not contact", "finished do not contact", F, X],
  completedLastStep: ["finished Completed last step", P, P, F, X],
  hardBounced: ["failed bounced", "failed bounced", "failed bounced", F, X],
  spamBlocked: ["failed spam blocked", P, P, F, X],
  notSent: ["failed", P, P, F, X],
  userDeleted: ["failed User deleted", P, P, F, X],
};

for (const [name, outcomes] of Object.entries(OUTCOMES) as [keyof typeof WISHES, string[]][]) {
  for (const [n, expected] of [...outcomes, "(not_in_sequence)"].entries()) {
    const situation = Object.keys(STATES)[n] as Situation;
    test(`${name}, where a contact is ${situation}: ${expected}`, () => {
      const { change, code } = decide(WISHES[name], STATES[situation], NOW);
      const became = change && [change.after.state, change.after.inactiveReason].filter(Boolean).join(" ");
      assert.equal(became ?? `(${code})`, expected);
    });
  }
}

const BLANK = { isPaused: false, startsAt: null };
test("a contact who joins is active, waits for the sequence, or for a date", () => {
  const rows: [
    sequenceIsActive: boolean,
    wish: Parameters<typeof beginning>[1],
    state: string,
    reason: string | null,
  ][] = [
    [true, BLANK, "active", null],
    [false, BLANK, "paused", "Sequence inactive"],
    [true, { isPaused: true, startsAt: LATER }, "paused", "scheduled start"],
    [false, { isPaused: true, startsAt: LATER }, "paused", "scheduled start"],
    [true, { isPaused: true, startsAt: null }, "paused", "manually paused"],
  ];
  for (const [isActive, wish, state, reason] of rows)
    assert.deepEqual(beginning({ isActive }, wish), { state, reason });
});

const GUARDED: [wish: TransitionRequest, facts: TransitionFacts, code: LeftCode][] = [
  ...(["resume", "restart", "retry"] as const).flatMap(
    (is): [TransitionRequest, TransitionFacts, LeftCode][] => {
      const ground = is === "retry" ? STATES.failed : STATES.paused;
      return [
        [{ is }, { ...ground, isUnsubscribed: true }, "contact_unsubscribed"],
        [{ is }, { ...ground, isDoNotContact: true }, "contact_do_not_contact"],
        [{ is }, { ...ground, hasBounced: true }, "contact_bounced"],
        [{ is }, { ...ground, isSuppressed: true }, "contact_suppressed"],
        [{ is }, { ...ground, isSequenceArchived: true, isSequenceActive: false }, "sequence_archived"],
        [{ is }, { ...ground, areUsersThere: false }, "user_deleted"],
      ];
    },
  ),
  [{ is: "resume" }, { ...STATES.waiting, isSequenceActive: false }, "sequence_inactive"],
  [{ is: "resumeAtDate" }, { ...STATES.waiting, isSequenceActive: false }, "sequence_inactive"],
  [{ is: "resumeAtDate" }, { ...STATES.paused, resumeAt: NOW, areUsersThere: false }, "user_deleted"],
  [{ is: "resumeAtDate" }, { ...STATES.paused, resumeAt: NOW, waitsForAnother: true }, "in_another_sequence"],
  [{ is: "retry" }, { ...STATES.failed, currentStepId: null }, "step_removed"],
  [
    { is: "retry" },
    { ...STATES.failed, failureReason: "contact_stage_safeguard", isInExcludedStage: true },
    "cause_not_gone",
  ],
  [
    { is: "retry" },
    { ...STATES.failed, failureReason: "account_stage_safeguard", isAccountInExcludedStage: true },
    "cause_not_gone",
  ],
  [
    { is: "retry" },
    { ...STATES.failed, failureReason: "email_unverified", hasVerifiedEmail: false },
    "cause_not_gone",
  ],
  [
    { is: "retry" },
    { ...STATES.failed, failureReason: "email_format_invalid", hasEmail: false },
    "cause_not_gone",
  ],
  [
    { is: "retry" },
    { ...STATES.failed, failureReason: "no_active_email_account", isMailboxConnected: false },
    "cause_not_gone",
  ],
  [
    { is: "retry" },
    { ...STATES.failed, failureReason: "new_job_change_detected", hasChangedJobs: true },
    "cause_not_gone",
  ],
  [{ is: "pause", until: LATER }, { ...STATES.paused, resumeAt: LATER }, "already_paused"],
  [{ is: "pause", until: null }, STATES.paused, "already_paused"],
  [{ is: "move", mailboxId: "mailbox", sendFromEmail: "Ole@Example.no" }, ACTIVE, "already_moved"],
  ...(
    [
      ["replied", "finishesOnReply"],
      ["interested", "finishesOnInterest"],
      ["clicked", "finishesOnClick"],
      ["outOfOffice", "pausesOnOutOfOffice"],
      ["notSent", "failsWhenNotSent"],
    ] as const
  ).map(([is, rule]): [TransitionRequest, TransitionFacts, LeftCode] => [
    WISHES[is],
    { ...ACTIVE, rulings: { ...ACTIVE.rulings, [rule]: false } },
    "rule_off",
  ]),
];

for (const [wish, facts, code] of GUARDED) {
  test(`${wish.is} leaves alone whom ${code} is about (${facts.failureReason ?? facts.state})`, () => {
    assert.deepEqual(decide(wish, facts, NOW), { change: null, code });
  });
}

test("what failed for another reason, or no longer would, is tried again", () => {
  for (const failureReason of [
    "contact_stage_safeguard",
    "email_unverified",
    "user_deleted",
    "other_safeguard",
    null,
  ]) {
    const { change } = decide({ is: "retry" }, { ...STATES.failed, failureReason }, NOW);
    assert.deepEqual([change?.after.state, change?.event], ["active", "enrollment.resumed"]);
    assert.deepEqual(
      [change?.after.failureReason, change?.after.failedAt],
      [failureReason, EARLIER],
      "history stays",
    );
    assert.deepEqual(
      [change?.after.currentStepId, change?.due],
      ["step", "resumed"],
      "the same step, never a later one",
    );
  }
});

test("where the sequence is switched off, a contact who is to go on waits for it", () => {
  const off = { isSequenceActive: false };
  for (const [wish, facts] of [
    [{ is: "resume" }, STATES.paused],
    [{ is: "resumeAtDate" }, { ...STATES.paused, resumeAt: NOW }],
    [{ is: "retry" }, STATES.failed],
  ] as const) {
    const { change } = decide(wish, { ...facts, ...off }, NOW);
    const { state, inactiveReason, pausedAt, resumeAt, failureReason } = change?.after ?? {};
    assert.deepEqual([state, inactiveReason, pausedAt, resumeAt], ["paused", "Sequence inactive", NOW, null]);
    assert.deepEqual(
      [change?.due, change?.event, failureReason],
      ["resumed", "enrollment.paused", facts.failureReason],
    );
  }
  assert.equal(
    decide({ is: "sequenceOn" }, { ...STATES.waiting, ...off }, NOW).change?.after.state,
    "active",
  );
});

test("a pause says until when, and by whom", () => {
  const until = decide({ is: "pause", until: LATER, reason: "on leave" }, ACTIVE, NOW).change;
  assert.deepEqual(
    [until?.after.resumeAt, until?.after.manuallySetUnpause, until?.after.inactiveReason, until?.due],
    [LATER, true, "on leave", "kept"],
  );
  assert.equal(until?.reason, "manually paused", "what people write themselves is not told in the history");
  const forGood = decide(
    { is: "pause", until: null },
    { ...paused("scheduled start"), resumeAt: LATER },
    NOW,
  ).change;
  assert.deepEqual(
    [forGood?.after.inactiveReason, forGood?.after.resumeAt, forGood?.after.pausedAt],
    ["scheduled start", null, EARLIER],
  );
  const instead = decide({ is: "pause" }, STATES.waiting, NOW).change;
  assert.deepEqual([instead?.after.pausedAt, instead?.due], [NOW, "rested"], "what was left is left");
  const away = decide({ is: "outOfOffice", until: LATER }, ACTIVE, NOW).change;
  assert.deepEqual([away?.after.resumeAt, away?.after.manuallySetUnpause], [LATER, null]);
});

test("going on clears what belonged to the pause, ending clears the date, and failures stay", () => {
  const was = {
    ...paused("manually paused"),
    resumeAt: LATER,
    manuallySetUnpause: true,
    failureReason: "bounced",
    failedAt: EARLIER,
  };
  const on = decide({ is: "resume" }, was, NOW).change?.after;
  assert.deepEqual(
    [on?.inactiveReason, on?.pausedAt, on?.resumeAt, on?.manuallySetUnpause, on?.failureReason, on?.failedAt],
    [null, null, null, null, "bounced", EARLIER],
  );
  const done = decide({ is: "finish" }, was, NOW).change;
  assert.deepEqual([done?.after.finishedAt, done?.after.resumeAt, done?.due], [NOW, null, "none"]);
  const gone = decide({ is: "remove" }, was, NOW).change;
  assert.deepEqual([gone?.after.removedAt, gone?.after.inactiveReason, gone?.due], [NOW, null, "none"]);
});

test("a failure says why, in the row and in the history", () => {
  const notSent = decide(WISHES.notSent, ACTIVE, NOW).change;
  assert.deepEqual(
    [notSent?.after.failureReason, notSent?.after.inactiveReason, notSent?.reason, notSent?.after.failedAt],
    ["email_unverified", null, "email_unverified", NOW],
  );
  const lost = decide({ is: "userDeleted" }, ACTIVE, NOW).change;
  assert.deepEqual(
    [lost?.after.failureReason, lost?.reason, lost?.due],
    ["user_deleted", "User deleted", "kept"],
  );
  assert.equal(decide(WISHES.replied, ACTIVE, NOW).change?.after.inResponseTo, "message");
  assert.equal(
    decide({ is: "stop", reason: "talked on phone" }, ACTIVE, NOW).change?.after.inactiveReason,
    "talked on phone",
  );
});

test("moving to another mailbox changes where mail comes from, and nothing else", () => {
  const { change } = decide(WISHES.move, STATES.paused, NOW);
  const { mailboxId, sendFromEmail, ...rest } = change?.after ?? {};
  assert.deepEqual([mailboxId, sendFromEmail], ["other", "ines@example.no"]);
  const { dueAt: _, ...kept } = {
    ...decide({ is: "move", mailboxId: "x", sendFromEmail: "x" }, STATES.paused, NOW).change?.after,
    dueAt: null,
  };
  assert.deepEqual({ ...rest, mailboxId: "x", sendFromEmail: "x" }, kept);
});

test("every transition is whole: its event fits the state, and what it triggers can be asked for", () => {
  const events: Record<EnrollmentState, string> = {
    active: "enrollment.resumed",
    paused: "enrollment.paused",
    finished: "enrollment.finished",
    failed: "enrollment.failed",
    removed: "enrollment.removed",
  };
  for (const [name, { to, event, trigger, from, reason }] of Object.entries(TRANSITIONS)) {
    assert.equal(event, events[to], name);
    assert.ok(!from.includes(to) && !from.includes("removed"), name);
    assert.ok(trigger === null || STAGE_EVENTS.includes(trigger), name);
    assert.ok(reason === null || Object.values<string>(REASONS).includes(reason), name);
  }
  assert.equal(SEQUENCE_ON.fromReason, SEQUENCE_OFF.reason);
});
