import assert from "node:assert/strict";
import { test } from "node:test";
import { attemptSays, type MailStory, type SendAttempt, storyOf } from "./mail-words.ts";

const day = (n: number) => Temporal.Instant.from(`2026-02-0${n}T09:00:00Z`);
const at = (instant: Temporal.Instant | null) => instant?.toString().slice(0, 10) ?? "some day";

const MAIL: MailStory = {
  delivery: "planned",
  isAssumed: false,
  toEmail: "ines@kraft.example",
  fromEmail: "ole@example.no",
  dueAt: day(1),
  releasedAt: day(2),
  completedAt: day(3),
  failedAt: day(4),
  failureReason: null,
  notSentReason: null,
  hasBounced: null,
  repliedAt: null,
  numOpens: 2,
  numClicks: 1,
  nextCheckAt: null,
  askedAt: null,
  attempts: 1,
};

const STORIES: [Partial<MailStory>, RegExp][] = [
  [{}, /^The email is scheduled for 2026-02-01\.$/],
  [{ delivery: "draft" }, /is a draft/],
  [{ delivery: "claimed" }, /^The email to ines@kraft.example is being sent now from ole@example.no\.$/],
  [{ delivery: "dot" }, /being sent now: it was handed to the mail server on 2026-02-02/],
  [
    { delivery: "sent" },
    /^The email was sent to ines@kraft.example on 2026-02-03\. It was opened 2 and clicked 1 times\.$/,
  ],
  [{ delivery: "sent", repliedAt: day(5) }, /The contact replied on 2026-02-05\.$/],
  [{ delivery: "sent", hasBounced: true }, /It bounced\.$/],
  [{ delivery: "sent", isAssumed: true }, /counts as sent on 2026-02-03\. The mail server's answer was lost/],
  [{ delivery: "failed", notSentReason: "snippets_missing" }, /^The email was not sent on 2026-02-04: /],
  [
    { delivery: "unconfirmed" },
    /is not confirmed: .* Cadenza looks for it .* If nothing is found by 2026-02-03, the owner of the mailbox is asked to decide\./,
  ],
  [
    { delivery: "unconfirmed", nextCheckAt: day(6), attempts: 2 },
    /There were 2 attempts\. Cadenza looks for it .* next on 2026-02-06\./,
  ],
  [
    { delivery: "unconfirmed", askedAt: day(5) },
    /The owner of the mailbox was asked to decide on 2026-02-05/,
  ],
  [{ delivery: "cancelled" }, /was canceled/],
  [{ delivery: "skipped" }, /was skipped/],
];

for (const [changes, says] of STORIES)
  test(`${JSON.stringify(changes).slice(0, 60)} reads as ${says}`, () =>
    assert.match(storyOf({ ...MAIL, ...changes }, null, at), says));

const ATTEMPT: SendAttempt = {
  startedAt: day(1),
  releasedAt: null,
  endedAt: null,
  outcome: null,
  phase: null,
  why: null,
  smtpCode: null,
  serverSaid: null,
  mailboxEmail: "ole@example.no",
};

const LINES: [Partial<SendAttempt>, string][] = [
  [{}, "Attempt 1 from ole@example.no is in progress"],
  [
    { releasedAt: day(1) },
    "Attempt 1 from ole@example.no: the email was handed over, and the server has not answered yet",
  ],
  [
    { outcome: "accepted", serverSaid: "250 2.0.0\r\nOK" },
    'Attempt 1 from ole@example.no: the mail server accepted the email: "250 2.0.0 OK"',
  ],
  [
    { outcome: "rejected_4xx", smtpCode: 451 },
    "Attempt 1 from ole@example.no: the mail server asked to try again later: 451",
  ],
  [
    { outcome: "rejected_5xx", smtpCode: 550, serverSaid: "550 no" },
    'Attempt 1 from ole@example.no: the mail server rejected the email: "550 no"',
  ],
  [
    { outcome: "ambiguous" },
    "Attempt 1 from ole@example.no: the email was handed over, but the server's answer was lost",
  ],
  [
    { outcome: "failed_before_dot", phase: "login", why: "timeout", mailboxEmail: null },
    "Attempt 1: the email was not handed over, it stopped at login (timeout)",
  ],
];

for (const [changes, says] of LINES)
  test(says, () => assert.equal(attemptSays({ ...ATTEMPT, ...changes }, 1), says));
