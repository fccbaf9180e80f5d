import assert from "node:assert/strict";
import { test } from "node:test";
import { classify } from "./inbound.ts";
import type { InboundFacts } from "./inbound-facts.ts";
import { type IncomingMail, NOTHING_READ } from "./incoming-mail.ts";

const RECEIVED_AT = Temporal.Instant.from("2026-11-25T08:00:00Z");

function facts(subject: string): InboundFacts {
  const sent = {
    id: "m",
    contactId: "c",
    messageId: "<a-mail-of-ours@us.example>",
    to: "ada@acme.example",
    subject,
    opening: "Hi Ada, your team grows",
    token: null,
    threadId: null,
  };
  const contacts = [{ id: "c", emails: ["ada@acme.example"] }];
  return {
    folder: "inbox",
    ownAddresses: new Set(),
    threadId: null,
    receivedAt: RECEIVED_AT,
    sent: [sent],
    contacts,
  };
}

function mail(said: Partial<IncomingMail>): IncomingMail {
  return {
    ...NOTHING_READ,
    contentKey: "k",
    size: 1,
    unreadable: null,
    from: { email: "ada@acme.example", name: "Ada" },
    returnPath: "ada@acme.example",
    date: RECEIVED_AT,
    ...said,
  };
}

const ANSWERS_US = { inReplyTo: ["<a-mail-of-ours@us.example>"] };
const LIST = { headers: { "list-id": ["<sales.acme.example>"] } };
const AUTOMATIC = { headers: { "auto-submitted": ["auto-replied"] } };

const CASES: [says: string, ours: string, mail: Partial<IncomingMail>, read: string][] = [
  [
    "a list carries an answer whose subject is ours",
    "Quick question",
    { ...LIST, subject: "Re: Quick question", text: "Let's talk on Thursday." },
    "reply act",
  ],
  [
    "a list carries a wish for no more mail",
    "Quick question",
    { ...LIST, subject: "AW: Quick question", text: "Please remove me from your list." },
    "unsubscribe act",
  ],
  [
    "a list carries a colleague's answer",
    "Quick question",
    {
      ...LIST,
      from: { email: "bo@acme.example", name: "Bo" },
      subject: "Re: Quick question",
      text: "Ada is not interested.",
    },
    "reply ask",
  ],
  [
    "a newsletter is no answer",
    "Quick question",
    { ...LIST, subject: "Acme news: a quick question for you", text: "Our spring offers." },
    "list leave",
  ],
  [
    "an absence in our own subject is not theirs",
    "Out of office coverage at Acme",
    {
      ...ANSWERS_US,
      subject: "Automatic reply: Out of office coverage at Acme",
      text: "Please take me off your list.",
    },
    "unsubscribe act",
  ],
  [
    "a day in our own subject is no day of return",
    "Meeting on 8 December",
    {
      ...ANSWERS_US,
      ...AUTOMATIC,
      subject: "Automatic reply: Meeting on 8 December",
      text: "I am out of the office.",
    },
    "out_of_office act",
  ],
  [
    "a wish for no more mail in an absence note is not forgotten after the absence",
    "Quick question",
    {
      ...ANSWERS_US,
      ...AUTOMATIC,
      subject: "Automatic reply: Quick question",
      text: "I am out until 3 December. Please remove me from your mailing list.",
    },
    "unsubscribe ask",
  ],
];

for (const [says, ours, said, read] of CASES)
  test(says, () => {
    const { kind, action, returnsOn, evidence } = classify(mail(said), facts(ours));
    const day = kind === "out_of_office" && returnsOn ? ` ${returnsOn}` : "";
    assert.equal(`${kind} ${action}${day}`, read, JSON.stringify(evidence));
  });

const DETAILS = [
  "Subject: Quick question",
  "Message-ID: <a-mail-of-ours@us.example>",
  "To: ada@acme.example",
];

function report(lines: readonly string[]) {
  const from = { email: "postmaster@acme.example", name: "" };
  const said = mail({ from, returnPath: "", subject: "Undeliverable", text: lines.join("\n") });
  const { kind, bounce } = classify(said, facts("Quick question"));
  return [kind, bounce?.class];
}

test("the reason may follow the details of the email that a report is about", () => {
  const reason = ["The email could not be delivered:", ...DETAILS, "", "550 5.1.1 User unknown"];
  assert.deepEqual(report(reason), ["bounce", "hard"]);
});

test("words of our own email, given back, are no reason", () => {
  const [before, ours] = [
    "450 4.2.2 The mailbox is full.",
    "Hi Ada,\n> your team grows. 550 5.1.1 User unknown",
  ];
  assert.deepEqual(report([before, "", ...DETAILS, "", ours]), ["bounce", "soft"]);
  const headers = [
    "Received: from us.example",
    ...DETAILS,
    "MIME-Version: 1.0",
    "",
    "550 5.1.1 User unknown",
  ];
  assert.deepEqual(report([before, "", ...headers]), ["bounce", "soft"]);
});
