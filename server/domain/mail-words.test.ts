import assert from "node:assert/strict";
import { test } from "node:test";
import { type Attempt, attemptSays, type MailStory, storyOf } from "./mail-words.ts";

const day = (n: number) => Temporal.Instant.from(`2026-02-0${n}T09:00:00Z`);
const at = (instant: Temporal.Instant | null) => instant?.toString().slice(0, 10) ?? "some day";

const MAIL: MailStory = {
  delivery: "planned",
  ...{ isAssumed: false, toEmail: "ines@kraft.example", fromEmail: "ole@example.no" },
  ...{ dueAt: day(1), dotAt: day(2), completedAt: day(3), failedAt: day(4) },
  ...{ failureReason: null, notSentReason: null, hasBounced: null, repliedAt: null },
  ...{ numOpens: 2, numClicks: 1, lookAt: null, askedAt: null, attempts: 1 },
};

const STORIES: [Partial<MailStory>, RegExp][] = [
  [{}, /^The mail is planned for 2026-02-01\.$/],
  [{ delivery: "draft" }, /is a draft/],
  [{ delivery: "claimed" }, /^The mail to ines@kraft.example is being sent now from ole@example.no\.$/],
  [{ delivery: "dot" }, /being sent now: it was handed over on 2026-02-02/],
  [
    { delivery: "sent" },
    /^The mail went to ines@kraft.example on 2026-02-03\. It was opened 2 and clicked 1 times\.$/,
  ],
  [{ delivery: "sent", repliedAt: day(5) }, /They replied on 2026-02-05\.$/],
  [{ delivery: "sent", hasBounced: true }, /It bounced\.$/],
  [{ delivery: "sent", isAssumed: true }, /counts as sent on 2026-02-03: the mail server's answer was lost/],
  [{ delivery: "failed", notSentReason: "snippets_missing" }, /^The mail was not sent on 2026-02-04: /],
  [
    { delivery: "unconfirmed" },
    /nobody can know whether it was taken\. It is looked for .* If nothing is found by 2026-02-03, its owner is asked\./,
  ],
  [
    { delivery: "unconfirmed", lookAt: day(6), attempts: 2 },
    /It was tried 2 times\. It is looked for .* next on 2026-02-06\./,
  ],
  [{ delivery: "unconfirmed", askedAt: day(5) }, /Its owner was asked on 2026-02-05/],
  [{ delivery: "cancelled" }, /will not be sent/],
  [{ delivery: "skipped" }, /was skipped/],
];

for (const [changes, says] of STORIES)
  test(`${JSON.stringify(changes).slice(0, 60)} reads as ${says}`, () =>
    assert.match(storyOf({ ...MAIL, ...changes }, null, at), says));

const ATTEMPT: Attempt = {
  ...{ startedAt: day(1), dotAt: null, endedAt: null, outcome: null, phase: null, why: null },
  ...{ smtpCode: null, serverSaid: null, mailboxEmail: "ole@example.no" },
};

const LINES: [Partial<Attempt>, string][] = [
  [{}, "Attempt 1 from ole@example.no is under way"],
  [{ dotAt: day(1) }, "Attempt 1 from ole@example.no: the mail was handed over, and the answer is awaited"],
  [
    { outcome: "accepted", serverSaid: "250 2.0.0\r\nOK" },
    'Attempt 1 from ole@example.no: the mail server took the mail: "250 2.0.0 OK"',
  ],
  [
    { outcome: "rejected_4xx", smtpCode: 451 },
    "Attempt 1 from ole@example.no: the mail server said later: 451",
  ],
  [
    { outcome: "rejected_5xx", smtpCode: 550, serverSaid: "550 no" },
    'Attempt 1 from ole@example.no: the mail server refused the mail: "550 no"',
  ],
  [
    { outcome: "ambiguous" },
    "Attempt 1 from ole@example.no: the mail was handed over, and the answer was lost",
  ],
  [
    { outcome: "failed_before_dot", phase: "login", why: "timeout", mailboxEmail: null },
    "Attempt 1: nothing was handed over, it ended at login (timeout)",
  ],
];

for (const [changes, says] of LINES)
  test(says, () => assert.equal(attemptSays({ ...ATTEMPT, ...changes }, 1), says));
