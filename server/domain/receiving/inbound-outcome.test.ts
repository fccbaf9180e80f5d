import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnswerMatch, Link } from "./answered-mail.ts";
import { type OutcomeFacts, outcomeOf } from "./inbound-outcome.ts";
import { type InboundVerdict, NOTHING } from "./inbound-verdict.ts";

const SENT_AT = Temporal.Instant.from("2026-11-02T09:00:00Z");
const FACTS: OutcomeFacts = {
  receivedAt: SENT_AT.add({ hours: 20 }),
  lastSentAt: SENT_AT,
  daysThatCount: 5,
  softBounces: 1,
};
const sent = { id: "m", contactId: "c", messageId: "<m@x>", to: "a@b.example", subject: "", opening: "" };
const by = (sign: AnswerMatch): Link => ({
  by: sign,
  sent: { ...sent, token: null, threadId: null },
  contactId: "c",
  quote: "",
});
const bounce = (kind: "hard" | "soft" | "policy") => ({
  class: kind,
  code: null,
  recipient: "a@b.example",
  diagnostic: null,
});

const CASES: [
  says: string,
  verdict: Partial<InboundVerdict>,
  facts: Partial<OutcomeFacts>,
  outcome: object,
][] = [
  [
    "a reply finishes and counts",
    { kind: "reply", about: by("message_id"), replyClass: "question" },
    {},
    { counts: true, replyClass: "follow_up_question", happens: ["replied"], proves: true },
  ],
  [
    "a contact who wants to meet is interested as well",
    { kind: "reply", about: by("token"), replyClass: "interested" },
    {},
    { counts: true, happens: ["replied", "interested"], proves: true },
  ],
  [
    "what only may be a reply pauses and asks",
    { kind: "reply", about: by("company"), certainty: "probable", replyClass: "none" },
    {},
    { counts: false, happens: [], rests: "asks", question: "reply", needsPerson: true, proves: false },
  ],
  [
    "an answer to a mail of ours counts however late",
    { kind: "reply", about: by("message_id"), replyClass: "none" },
    { receivedAt: SENT_AT.add({ hours: 24 * 400 }) },
    { counts: true, happens: ["replied"] },
  ],
  [
    "a contact who writes on their own, long after, does not answer",
    { kind: "reply", about: by("address"), replyClass: "none" },
    { receivedAt: SENT_AT.add({ hours: 24 * 5, seconds: 1 }) },
    { counts: false, happens: [], rests: null },
  ],
  [
    "within the days it counts",
    { kind: "reply", about: by("address"), replyClass: "none" },
    { receivedAt: SENT_AT.add({ hours: 24 * 5 }) },
    { counts: true, happens: ["replied"], proves: false },
  ],
  [
    "without a number of days, always",
    { kind: "reply", about: by("address"), replyClass: "none" },
    { receivedAt: SENT_AT.add({ hours: 24 * 500 }), daysThatCount: null },
    { counts: true },
  ],
  [
    "a request for no more mail is an answer and an opt-out",
    { kind: "unsubscribe", about: by("message_id"), replyClass: "unsubscribe" },
    {},
    { counts: true, replyClass: "unsubscribe", optsOut: "unsubscribe", happens: ["unsubscribed"] },
  ],
  [
    "the mail program's own is an opt-out and no answer",
    { kind: "unsubscribe", about: by("token"), replyClass: "unsubscribe" },
    {},
    { counts: false, replyClass: null, optsOut: "unsubscribe" },
  ],
  [
    "a mail that may be from another contact is shown to a user",
    { kind: "unsubscribe", about: by("company"), certainty: "probable" },
    {},
    { optsOut: null, rests: "asks", question: "unsubscribe" },
  ],
  ["a complaint opts out", { kind: "complaint", about: by("message_id") }, {}, { optsOut: "complaint" }],
  [
    "being away pauses and is no answer",
    { kind: "out_of_office", about: by("message_id"), replyClass: "out_of_office" },
    {},
    { counts: false, replyClass: "out_of_office", happens: ["outOfOffice"], proves: true },
  ],
  [
    "a machine that names a successor is for a person to see",
    { kind: "auto_reply", about: by("message_id"), replyClass: "not_right_person", named: ["new@b.example"] },
    {},
    { counts: false, replyClass: "already_left_company_or_not_right_person", needsPerson: true },
  ],
  [
    "a bounce of ours whose code and words say nothing is asked about",
    { kind: "bounce", about: by("message_id"), bounce: bounce("soft"), action: "ask" },
    {},
    { bounced: null, happens: [], question: "bounce", rests: "asks", proves: true },
  ],
  [
    "a hard bounce fails",
    { kind: "bounce", about: by("message_id"), bounce: bounce("hard") },
    {},
    { bounced: "hard", happens: ["hardBounced"], proves: true },
  ],
  [
    "one that may be forged is asked about",
    { kind: "bounce", about: by("address"), bounce: bounce("hard"), certainty: "probable" },
    {},
    { bounced: null, happens: [], question: "bounce", rests: "asks", proves: false },
  ],
  [
    "mail is put off twice without harm",
    { kind: "bounce", about: by("message_id"), bounce: bounce("soft") },
    { softBounces: 2 },
    { bounced: null, rests: null },
  ],
  [
    "the third time it counts, and rests",
    { kind: "bounce", about: by("message_id"), bounce: bounce("soft") },
    { softBounces: 3 },
    { bounced: "soft", rests: "softBounced", happens: [] },
  ],
  [
    "what a policy refuses is the mailbox's trouble",
    { kind: "bounce", about: by("message_id"), bounce: bounce("policy") },
    {},
    { bounced: null, isSpamBlocked: true, happens: ["spamBlocked"] },
  ],
  [
    "a receipt proves and no more",
    { kind: "receipt", about: by("message_id") },
    {},
    { proves: true, happens: [] },
  ],
  ["a delay proves and no more", { kind: "delay", about: by("token") }, {}, { proves: true, happens: [] }],
  ["a challenge is for a person", { kind: "challenge", about: by("message_id") }, {}, { needsPerson: true }],
  [
    "what is unreadable and ours is too",
    { kind: "unreadable", about: by("address") },
    {},
    { needsPerson: true },
  ],
  ["an unreadable mail that is about no contact is not", { kind: "unreadable" }, {}, { needsPerson: false }],
  ["a list is nothing", { kind: "list", about: by("address") }, {}, { proves: false, happens: [] }],
];

for (const [says, verdict, facts, expected] of CASES)
  test(says, () => {
    const outcome = outcomeOf(
      { ...NOTHING, kind: "unrelated", evidence: [], ...verdict },
      { ...FACTS, ...facts },
    );
    const picked = Object.fromEntries(
      Object.keys(expected).map((key) => [key, outcome[key as keyof typeof outcome]]),
    );
    assert.deepEqual(picked, expected);
  });
