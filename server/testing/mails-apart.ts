// Whole incoming mails in the forms of real programs, from which no rule and no training text was written, and what became of
// each. Half A was looked at while the reader was mended, of half B only the totals.

import { readFileSync } from "node:fs";
import { DEFAULT_HOLD_RULES, holdAfter } from "../domain/receiving/answer-holds.ts";
import { classify } from "../domain/receiving/inbound.ts";
import { type InboundFacts, lookUpFor } from "../domain/receiving/inbound-facts.ts";
import { outcomeOf } from "../domain/receiving/inbound-outcome.ts";
import type { InboundVerdict } from "../domain/receiving/inbound-verdict.ts";
import { readMessage } from "../mail/read-message.ts";

type MailApart = {
  id: number;
  half: "A" | "B" | "C" | "D" | "E" | "F";
  language: string;
  kind: "opt-out" | "look-alike" | "absence-headers" | "absence-plain" | "person" | "bounce";
  form: string;
  received: string;
  expected: "opt_out" | "person" | "absence" | "hard" | "soft" | "block";
  /** The first day on which the contact is back at work. */
  back?: string | null;
  /** A report that names an id of ours. */
  ids?: boolean;
  /** The subject of our mail. */
  ours: string;
  raw: string;
};

export type ReadMail = MailApart & {
  verdict: InboundVerdict;
  fresh: string;
  /** Barred or on hold: nothing automatic leaves. */
  isHeld: boolean;
  isOptedOut: boolean;
  /** Processor time of reading it, without parsing, in milliseconds. */
  cost: number;
};

const OUR_ID = "<step1.7f3a@cadence-unseen.example>";
const CONTACT = "r.holm@marlow-castings.example";

export function mailsApart(file: "set-apart-7.jsonl" | "set-apart-8.jsonl"): MailApart[] {
  return readFileSync(new URL(file, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as MailApart);
}

export async function readApart(one: MailApart): Promise<ReadMail> {
  const mail = await readMessage(Buffer.from(one.raw));
  const receivedAt = Temporal.Instant.from(`${one.received}T10:20:00Z`);
  const look = lookUpFor(mail);
  const isOurs =
    look.messageIds.includes(OUR_ID) ||
    look.addresses.includes(CONTACT) ||
    look.companyDomains.includes("marlow-castings.example");
  const facts: InboundFacts = {
    folder: "inbox",
    ownAddresses: new Set(["mara@cadence-unseen.example"]),
    threadId: null,
    receivedAt,
    sent: isOurs
      ? [
          {
            id: "sent",
            contactId: "contact",
            messageId: OUR_ID,
            to: CONTACT,
            subject: one.ours,
            opening: "Hi, we build torque benches for workshops like yours.",
            token: null,
            threadId: null,
          },
        ]
      : [],
    contacts: look.addresses.includes(CONTACT) ? [{ id: "contact", emails: [CONTACT] }] : [],
  };
  const before = process.cpuUsage();
  const verdict = classify(mail, facts);
  const { user, system } = process.cpuUsage(before);
  const outcome = outcomeOf(verdict, {
    receivedAt,
    lastSentAt: receivedAt.subtract({ hours: 24 }),
    daysThatCount: 30,
    softBounces: 1,
  });
  const hold = holdAfter(verdict, outcome, DEFAULT_HOLD_RULES, receivedAt);
  const isOptedOut = outcome.optsOut !== null;
  return {
    ...one,
    verdict,
    fresh: mail.text.slice(0, 200),
    isOptedOut,
    isHeld: isOptedOut || outcome.bounced === "hard" || hold !== null,
    cost: (user + system) / 1000,
  };
}
