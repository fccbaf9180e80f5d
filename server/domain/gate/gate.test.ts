// Every check of the gate by itself: facts in which one thing is wrong, and the code that says so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pauseAfter } from "../basics/limits.ts";
import { NOT_SENT } from "../enrollments/enrollment.ts";
import { NEVER_GIVEN } from "../enrollments/failure-words.ts";
import { HOLD_WORDS } from "../insight/hold-words.ts";
import type { TouchLimit, TouchStanding } from "../sequences/touches.ts";
import type { LinkedInDay } from "../work/linkedin-limits.ts";
import type { ActiveBrake } from "./brake-changes.ts";
import type { BrakeScope } from "./brake-rules.ts";
import { GATE, GATE_CODES, type GateCode, holdsOn, holdsOnSending } from "./gate.ts";
import type { GateFacts } from "./gate-facts.ts";
import type { Check } from "./gate-rules.ts";
import type { RecipientFacts, RecipientLimit } from "./recipient-limits.ts";
import { type GateFactOverrides, soundExcept } from "./sound-facts.ts";

const NOW = Temporal.Instant.from("2026-02-04T10:00:00Z"); // a Wednesday
const ago = (duration: Temporal.DurationLike) => NOW.subtract(duration);
const ahead = (duration: Temporal.DurationLike) => NOW.add(duration);
const OFFICE = {
  timeZone: "Europe/Oslo",
  useContactsTimeZone: true,
  skipHolidays: false,
  holidayCalendar: null,
  ownHolidays: [],
  windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 8 * 60, endsAt: 17 * 60 })),
};
const MAIL = { touchId: "t", isReply: false, hasParent: false, missing: [], fault: null };
const COLLEAGUE = { contactId: "c", repliedAt: ago({ hours: 24 }), replyClass: null, isElsewhere: false };

function answered(until: Temporal.Instant | null) {
  return { id: "h", incomingMailId: "i", reason: "answered" as const, since: ago({ hours: 1 }), until };
}

function brake(scope: BrakeScope): ActiveBrake {
  const figures = { sent: 80, count: 9, percent: 11.25, threshold: 10, days: 7, before: null };
  return { id: "b", scope, subjectId: "m", level: "paused", cause: "bounces", figures, since: String(NOW) };
}

function touched(limit: Partial<TouchLimit>, sent: number, lastAgo: Temporal.DurationLike): TouchStanding {
  const { most = 1 } = limit;
  const window = { limit: most, sent, oldestInTheWay: ago(lastAgo) };
  return { scope: "person", counts: "emails", most, days: 7, key: "c", window, ...limit };
}

function writing(
  limit: Partial<RecipientLimit>,
  sent: number,
  lastAgo: Temporal.DurationLike,
): RecipientFacts {
  const own = { to: "provider" as const, provider: null, most: 1, per: "hour" as const, ...limit };
  const window = { limit: own.most, sent, oldestInTheWay: ago(lastAgo) };
  const limits = [{ ...own, key: "provider google", window }];
  return { domain: "acme.dk", providerName: "Google", lookedUpBy: null, limits };
}

/** By code: what is wrong, and what the gate finds beside the code. */
const CASES: Record<GateCode, [wrong: GateFactOverrides, found: Record<string, unknown>][]> = {
  not_due: [[{ membership: { dueAt: ahead({ minutes: 1 }) } }, { until: ahead({ minutes: 1 }) }]],
  sequence_archived: [
    [{ sequence: { archivedAt: ago({ hours: 1 }), isActive: false } }, { since: ago({ hours: 1 }) }],
  ],
  sequence_inactive: [
    [{ sequence: { isActive: false } }, {}],
    [
      {
        sequence: { isActive: false },
        membership: { state: "paused", inactiveReason: "Sequence inactive", pausedAt: ago({ hours: 2 }) },
      },
      { since: ago({ hours: 2 }) },
    ],
  ],
  step_removed: [
    [{ step: null }, { "evidence.hasSteps": true }],
    [{ step: null, sequence: { hasSteps: false } }, { "evidence.hasSteps": false }],
  ],
  step_off: [[{ step: { isOn: false, position: 3 } }, { "evidence.position": 3 }]],
  enrollment_removed: [[{ membership: { state: "removed", removedAt: NOW } }, { since: NOW }]],
  enrollment_finished: [
    [
      { membership: { state: "finished", inactiveReason: "replied", finishedAt: NOW } },
      { "evidence.reason": "replied" },
    ],
    [
      { membership: { state: "finished" }, person: { isUnsubscribed: true }, step: null, mailbox: null },
      { since: null },
    ],
  ],
  enrollment_failed: [
    [
      { membership: { state: "failed", failureReason: "snippets_missing", failedAt: NOW } },
      { "evidence.failure": "snippets_missing" },
    ],
    [
      { membership: { state: "failed", inactiveReason: "User deleted" } },
      { "evidence.failure": "User deleted" },
    ],
  ],
  enrollment_paused: [
    [
      { membership: { state: "paused", inactiveReason: "out of office", resumeAt: ahead({ hours: 5 }) } },
      { until: ahead({ hours: 5 }) },
    ],
    // Left behind by a sequence that runs again.
    [{ membership: { state: "paused", inactiveReason: "Sequence inactive" } }, { until: null }],
  ],
  "brake:mailbox": [
    [
      { brakes: [brake("mailbox")] },
      {
        since: NOW,
        "evidence.mailboxId": "m",
        "evidence.figures": "9 of 80 emails bounced in 7 days (11.25%, limit 10%)",
      },
    ],
  ],
  "brake:sequence": [[{ brakes: [brake("sequence")] }, { "evidence.sequenceId": "m", until: null }]],
  "brake:team": [[{ brakes: [brake("team")] }, { "evidence.level": "paused", until: null }]],
  contact_unsubscribed: [[{ person: { isUnsubscribed: true } }, {}]],
  contact_do_not_contact: [[{ person: { isDoNotContact: true } }, {}]],
  answer_unsettled: [
    [
      { person: { answerHold: answered(ahead({ hours: 24 })) } },
      { until: ahead({ hours: 24 }), "evidence.reason": "answered" },
    ],
    [{ person: { answerHold: answered(null) } }, { until: null }],
  ],
  contact_paused: [[{ person: { pausedUntil: NOW.add({ hours: 24 }) } }, { until: NOW.add({ hours: 24 }) }]],
  suppressed: [
    [
      { person: { suppression: { id: "s", kind: "domain", source: "person", at: NOW } } },
      { since: NOW, "evidence.kind": "domain" },
    ],
  ],
  contact_stage_safeguard: [[{ person: { excludedStage: { id: "s", name: "Replied" } } }, {}]],
  account_stage_safeguard: [
    [{ person: { excludedAccountStage: { id: "s", name: "Client", accountId: "a" } } }, {}],
  ],
  same_account_reply: [
    [{ person: { colleague: COLLEAGUE }, sequence: { replyPolicy: "mark_not_sent" } }, { until: null }],
  ],
  "delayed:same_account_reply": [
    [
      { person: { colleague: COLLEAGUE }, sequence: { replyPolicy: "delay", replyDelayDays: 3 } },
      { until: ahead({ hours: 48 }) },
    ],
  ],
  ownership_permission: [
    [{ sequence: { ownerLeftAt: NOW } }, { "evidence.who": "sequence_owner" }],
    [{ mailbox: { userLeftAt: NOW, isConnected: false } }, { "evidence.who": "mailbox_user" }],
    [{ membership: { lostAddress: "ole@a.example" } }, { "evidence.address": "ole@a.example" }],
  ],
  email_skipped: [
    [{ person: { email: null, isAddressSound: false, isVerified: false, mayLackAddress: true } }, {}],
  ],
  email_missing: [[{ person: { email: null, isAddressSound: false, isVerified: false } }, {}]],
  email_format_invalid: [
    [{ person: { email: "nobody", isAddressSound: false } }, { "evidence.email": "nobody" }],
  ],
  same_address_in_sequence: [
    [
      { person: { sameAddress: { contactId: "other", enrollmentId: "e" } } },
      { "evidence.otherContactId": "other", until: null },
    ],
  ],
  not_valid_hard_bounce_detected: [
    [{ person: { hasBounced: true, bouncedAt: NOW, isVerified: false } }, { since: NOW }],
  ],
  email_unverified: [
    [{ person: { isVerified: false, emailStatus: "guessed" } }, { "evidence.emailStatus": "guessed" }],
  ],
  new_job_change_detected: [[{ person: { jobChangedAt: ahead({ hours: 1 }) } }, {}]],
  needs_review: [[{ step: { approvedMails: 0, mails: 2 } }, { "evidence.mails": 2, until: null }]],
  mail_unreadable: [[{ mail: { ...MAIL, fault: "It is not closed." } }, {}]],
  snippets_missing: [[{ mail: { ...MAIL, missing: ["title"] } }, {}]],
  personalized_opener_missing: [[{ mail: { ...MAIL, missing: ["personalized_opener"] } }, {}]],
  thread_reply_original_email_missing: [[{ mail: { ...MAIL, isReply: true } }, {}]],
  no_active_email_account: [
    [{ mailbox: null }, { "evidence.reason": "none", "evidence.givesUpAt": ahead({ hours: 72 }) }],
    [
      {
        mailbox: { isConnected: false, inactiveReason: "disconnected", inactiveSince: ago({ hours: 3 }) },
      },
      { since: ago({ hours: 3 }), "evidence.givesUpAt": ahead({ hours: 72 }) },
    ],
    [
      { mailbox: { isConnected: false }, membership: { dueAt: ahead({ hours: 10 }) } },
      { "evidence.givesUpAt": ahead({ hours: 82 }) },
    ],
  ],
  outside_window: [
    [
      { sequence: { schedule: OFFICE }, person: { timeZone: "America/New_York" } },
      { until: Temporal.Instant.from("2026-02-04T13:00:00Z"), "evidence.zone": "America/New_York" },
    ],
    [{ sequence: { schedule: { ...OFFICE, windows: [] } } }, { until: null }],
  ],
  "limit:mailbox_day": [
    [
      { mailbox: { lastDay: { limit: 50, sent: 50, oldestInTheWay: ago({ hours: 20 }) } } },
      { until: ahead({ hours: 4 }) },
    ],
    [{ mailbox: { lastDay: { limit: 0, sent: 0, oldestInTheWay: null } } }, { until: null }],
  ],
  "limit:mailbox_hour": [
    [
      { mailbox: { lastHour: { limit: 6, sent: 7, oldestInTheWay: ago({ minutes: 15 }) } } },
      { until: ahead({ minutes: 45 }) },
    ],
  ],
  delivery_unconfirmed: [
    [
      { unclear: { messageId: "6b0000000000000000000001", since: ago({ hours: 1 }) } },
      { since: ago({ hours: 1 }) },
    ],
  ],
  instance_fenced: [
    [{ heldBack: { since: ago({ hours: 1 }), because: ["copied_folder"] } }, { since: ago({ hours: 1 }) }],
  ],
  provider_rate_limited: [
    [
      { mailbox: { backoffUntil: ahead({ minutes: 2 }), backoffReason: "421 busy" } },
      { until: ahead({ minutes: 2 }) },
    ],
  ],
  inbox_unread: [
    [
      {
        mailbox: {
          inbox: { readAt: null, freshUntil: null, trouble: null, connectedAt: ago({ minutes: 4 }) },
        },
      },
      { "evidence.readAt": null, "evidence.firstReading": "underway" },
    ],
    [
      {
        mailbox: {
          inbox: { readAt: null, freshUntil: null, trouble: null, connectedAt: ago({ minutes: 5 }) },
        },
      },
      { "evidence.readAt": null, "evidence.firstReading": null },
    ],
    [
      {
        mailbox: {
          inbox: {
            readAt: ago({ minutes: 6 }),
            freshUntil: ago({ minutes: 1 }),
            trouble: "auth_failed",
            connectedAt: ago({ hours: 6 }),
          },
        },
      },
      { since: ago({ minutes: 1 }), "evidence.trouble": "auth_failed", until: null },
    ],
  ],
  sample_person: [[{ isInvented: true }, {}]],
  "limit:domain_day": [
    [
      {
        domain: { name: "acme.example", lastDay: { limit: 3, sent: 3, oldestInTheWay: ago({ hours: 20 }) } },
      },
      { until: ahead({ hours: 4, minutes: 1 }) }, // when that minute is over
    ],
  ],
  "limit:touches": [
    [
      { touches: [touched({ most: 2, days: 7 }, 2, { hours: 30 })] },
      { until: ago({ hours: 30 }).add({ hours: 168, minutes: 1 }) },
    ],
    [
      {
        touches: [
          touched({ most: 2, days: 7 }, 3, { hours: 30 }),
          touched({ scope: "company", most: 1, days: 30 }, 1, { hours: 1 }),
        ],
      },
      { until: ago({ hours: 1 }).add({ hours: 720, minutes: 1 }) },
    ],
    [
      {
        step: { type: "call" },
        touches: [touched({ counts: "touches", most: 1, days: 1 }, 1, { hours: 2 })],
      },
      { until: ahead({ hours: 22, minutes: 1 }) },
    ],
  ],
  "limit:mailbox_gap": [
    [
      { mailbox: { gapSeconds: 600, lastSentAt: ago({ minutes: 4 }) } },
      { until: ago({ minutes: 4 }).add({ milliseconds: pauseAfter(600, ago({ minutes: 4 })) }) },
    ],
  ],
  "limit:recipients": [
    [
      { recipient: writing({ to: "provider", most: 2, per: "hour" }, 2, { minutes: 20 }) },
      { until: ahead({ minutes: 40 }) },
    ],
    [
      { recipient: writing({ to: "domain", most: 1, per: "day" }, 3, { hours: 20 }) },
      { until: ahead({ hours: 4 }) },
    ],
    [
      { recipient: { ...writing({ most: 9 }, 0, { hours: 1 }), lookedUpBy: ahead({ seconds: 50 }) } },
      { until: ahead({ seconds: 50 }) },
    ],
  ],
  "limit:mailbox_new_contacts": [
    [
      { mailbox: { newContacts: { limit: 2, sent: 2, oldestInTheWay: ago({ hours: 20 }) } } },
      { until: ahead({ hours: 4 }) },
    ],
    [{ mailbox: { newContacts: { limit: 0, sent: 0, oldestInTheWay: null } } }, { until: null }],
  ],
  "limit:sequence_day": [
    [
      { sequence: { dailyLimit: 10, sentToday: 10, schedule: OFFICE } },
      { until: Temporal.Instant.from("2026-02-04T23:00:00Z") },
    ],
  ],
  "limit:new_contacts_day": [
    [
      { sequence: { newLimit: 2, newToday: 2, schedule: OFFICE } },
      { until: Temporal.Instant.from("2026-02-04T23:00:00Z") },
    ],
  ],
  "limit:step_day": [
    [{ step: { dailyLimit: 1, sentToday: 4 } }, { until: Temporal.Instant.from("2026-02-05T00:00:00Z") }],
    [
      { step: { type: "call", dailyLimit: 2, sentToday: 2 } },
      { until: Temporal.Instant.from("2026-02-05T00:00:00Z"), "evidence.ofTasks": true },
    ],
  ],
  "limit:linkedin_day": [
    [
      { step: { type: "linkedin_step_connect" }, linkedIn: linkedInDay({ done: 1, open: 1 }) },
      { until: Temporal.Instant.from("2026-02-05T00:00:00Z"), "evidence.done": 1 },
    ],
    [{ step: { type: "linkedin_step_connect" }, linkedIn: linkedInDay({ open: 2 }) }, { until: null }],
  ],
};

for (const [code, cases] of Object.entries(CASES) as [GateCode, (typeof CASES)[GateCode]][])
  for (const [n, [wrong, found]] of cases.entries())
    test(`${code} alone holds a mail that meets it, case ${n + 1}`, () => {
      const facts = soundExcept(NOW, wrong);
      const sending = holdsOnSending(facts, { isByHand: false });
      const holds = (GATE[code] as Check).senderOnly ? sending : holdsOn(facts);
      assert.deepEqual(
        holds.map((hold) => hold.code),
        [code],
      );
      assert.ok(
        sending.some((hold) => hold.code === code),
        "who sends and who explains disagree",
      );
      for (const [key, value] of Object.entries(found)) {
        const [first = "", second] = key.split(".");
        const at = (holds[0] as Record<string, unknown>)[first];
        assert.deepEqual(print(second ? (at as Record<string, unknown>)[second] : at), print(value), key);
      }
    });

function print(value: unknown) {
  return value instanceof Temporal.Instant ? value.toString() : value;
}

test("where nothing is wrong nothing is held", () => {
  assert.deepEqual(holdsOn(soundExcept(NOW, {})), []);
  assert.deepEqual(holdsOn(soundExcept(NOW, { mail: MAIL, sequence: { schedule: OFFICE } })), []);
});

const HARMLESS: [string, GateFactOverrides][] = [
  ["a limit that is not reached", { mailbox: { lastDay: { limit: 50, sent: 49, oldestInTheWay: NOW } } }],
  [
    "a mail sent exactly a day ago",
    { mailbox: { lastDay: { limit: 1, sent: 1, oldestInTheWay: ago({ hours: 24 }) } } },
  ],
  ["a pause that is just over", { mailbox: { gapSeconds: 600, lastSentAt: ago({ seconds: 630 }) } }],
  ["an unverified address that was let in", { person: { isVerified: false, mayBeUnverified: true } }],
  ["a change of job before they were added", { person: { jobChangedAt: ago({ hours: 1 }) } }],
  ["a colleague's reply where the policy says nothing", { person: { colleague: COLLEAGUE } }],
  [
    "a colleague's reply that is long enough ago",
    { person: { colleague: COLLEAGUE }, sequence: { replyPolicy: "delay", replyDelayDays: 1 } },
  ],
  ["fewer emails to a provider than allowed", { recipient: writing({ most: 3 }, 2, { minutes: 1 }) }],
  ["an email to a provider exactly an hour ago", { recipient: writing({}, 1, { hours: 1 }) }],
  ["touches that are fewer than allowed", { touches: [touched({ most: 3 }, 2, { hours: 1 })] }],
  [
    "a touch seven days ago, once that minute is over",
    { touches: [touched({}, 1, { hours: 168, minutes: 1 })] },
  ],
  [
    "a limit of mails, for a call",
    { step: { type: "call" }, touches: [touched({ counts: "emails" }, 1, { hours: 1 })] },
  ],
  [
    "a limit of touches, for a to-do that contacts no one",
    { step: { type: "action_item" }, touches: [touched({ counts: "touches" }, 1, { hours: 1 })] },
  ],
  ["a reply to something that was sent", { mail: { ...MAIL, isReply: true, hasParent: true } }],
  [
    "closed hours, for what is not due",
    { sequence: { schedule: { ...OFFICE, windows: [] } }, membership: { dueAt: ahead({ hours: 1 }) } },
  ],
];

for (const [what, known] of HARMLESS)
  test(`${what} holds no mail`, () => {
    assert.deepEqual(holdsOn(soundExcept(NOW, known)), []);
  });

test("a call needs no address, no mailbox and no mail, and keeps to the hours all the same", () => {
  const call: Partial<GateFacts["step"] & object> = { type: "call", approvedMails: 0, mails: 0 };
  const known: GateFactOverrides = {
    step: call,
    mailbox: null,
    person: { email: null, isAddressSound: false, isVerified: false, hasBounced: true },
    mail: { ...MAIL, missing: ["title"] },
  };
  assert.deepEqual(holdsOn(soundExcept(NOW, known)), []);
  const closed = { ...known, sequence: { schedule: { ...OFFICE, windows: [] } } };
  assert.deepEqual(codes(closed), ["outside_window"]);
});

test("a mail sent by hand is not held by the mailbox's limits", () => {
  const full = { lastDay: { limit: 1, sent: 9, oldestInTheWay: ago({ hours: 1 }) } };
  assert.deepEqual(codes({ step: { type: "manual_email" }, mailbox: full }), []);
});

test("everything that is wrong is told, in the order of the gate", () => {
  const everything: GateFactOverrides = {
    sequence: { isActive: false, schedule: { ...OFFICE, windows: [] } },
    step: { isOn: false, approvedMails: 0 },
    person: { isUnsubscribed: true, excludedStage: { id: "s", name: "x" }, isVerified: false },
    mailbox: null,
  };
  assert.deepEqual(codes(everything), [
    "sequence_inactive",
    "step_off",
    "contact_unsubscribed",
    "contact_stage_safeguard",
    "email_unverified",
    "needs_review",
    "no_active_email_account",
    "outside_window",
  ]);
});

test("a rule that compares no times says the same at any time", () => {
  for (const [code, cases] of Object.entries(CASES) as [GateCode, (typeof CASES)[GateCode]][])
    for (const [wrong] of cases) {
      const check: Check = GATE[code];
      if (check.clock === "database") continue;
      const facts = soundExcept(NOW, wrong);
      const later = { ...facts, now: NOW.add({ hours: 24 * 3650 }) };
      assert.deepEqual(check.look(later), check.look(facts), code);
    }
});

test("hours and limits are asked by who sends also of a mail that is not due, and not by who explains", () => {
  const known: GateFactOverrides = {
    membership: { dueAt: ahead({ minutes: 5 }) },
    sequence: { schedule: { ...OFFICE, windows: [] }, dailyLimit: 1, sentToday: 1 },
    mailbox: { lastDay: { limit: 1, sent: 1, oldestInTheWay: ago({ hours: 1 }) } },
  };
  const asked = (isByHand: boolean) =>
    holdsOnSending(soundExcept(NOW, known), { isByHand }).map(({ code }) => code);
  assert.deepEqual(asked(false), ["not_due", "outside_window", "limit:mailbox_day", "limit:sequence_day"]);
  assert.deepEqual(asked(true), ["not_due", "limit:mailbox_day", "limit:sequence_day"]);
  assert.deepEqual(codes(known), []);
});

function codes(known: GateFactOverrides) {
  return holdsOn(soundExcept(NOW, known)).map(({ code }) => code);
}

test("a check that fails a mail says with a code of Apollo's why, and what passes by itself never does", () => {
  for (const code of GATE_CODES) {
    const { outcome, failure } = GATE[code];
    if (outcome === "fail") assert.ok((NOT_SENT as readonly string[]).includes(String(failure)), code);
    if (outcome === "cancel") assert.equal(failure, null, code);
    assert.ok(HOLD_WORDS[code].means.endsWith("."), code);
  }
});

test("what is said never to be given is given by no check", () => {
  const given = Object.values(GATE).map(({ failure }) => failure);
  for (const code of Object.keys(NEVER_GIVEN)) assert.ok(!(given as unknown[]).includes(code), code);
});

test("a contact who got an email of the sequence before is not counted as new", () => {
  const sequence = { newLimit: 0, newToday: 0 };
  const codes = (hasSentMail: boolean) =>
    holdsOnSending(soundExcept(NOW, { sequence, membership: { hasSentMail } }), { isByHand: false }).map(
      ({ code }) => code,
    );
  assert.deepEqual([codes(false), codes(true)], [["limit:new_contacts_day"], []]);
});

function linkedInDay(rest: Partial<LinkedInDay>): LinkedInDay {
  const ends = Temporal.Instant.from("2026-02-05T00:00:00Z");
  const doer = { userId: "ada", userName: "Ada", type: "linkedin_step_connect" } as const;
  return { ...doer, limit: 2, done: 0, open: 0, ends, ...rest };
}
