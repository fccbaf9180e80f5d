// A mail that came in some time ago, read again as the reader is today: from what is kept of it, which is its words and the
// headers that were evidence. Compared with what a person said that it was.

import type { AnswerMatch } from "./answered-mail.ts";
import { classify } from "./inbound.ts";
import type { InboundFacts, SentMail } from "./inbound-facts.ts";
import { APOLLO_CLASS } from "./inbound-outcome.ts";
import type { InboundVerdict } from "./inbound-verdict.ts";
import { type IncomingMail, NOTHING_READ } from "./incoming-mail.ts";

export type KeptMail = {
  id: string;
  contactId: string;
  receivedAt: Temporal.Instant;
  fromEmail: string | null;
  subject: string | null;
  bodyText: string;
  tiedBy: AnswerMatch | null;
  evidence: readonly { rule: string; where: string; quote: string }[];
  sent: SentMail | null;
};

export function readAgain(kept: KeptMail): InboundVerdict {
  return classify(mailFrom(kept), factsFrom(kept));
}

function mailFrom(kept: KeptMail): IncomingMail {
  const headers = headersIn(kept.evidence);
  const from = kept.fromEmail === null ? null : { email: kept.fromEmail, name: "" };
  const answers = kept.sent?.messageId ? [kept.sent.messageId] : [];
  return {
    contentKey: kept.id,
    size: kept.bodyText.length,
    unreadable: null,
    ...NOTHING_READ,
    inReplyTo: kept.tiedBy === "message_id" ? answers : [],
    from,
    returnPath: headers["return-path"]?.[0] === "<>" ? "" : null,
    subject: kept.subject ?? "",
    date: kept.receivedAt,
    headers,
    text: kept.bodyText,
    textFrom: "plain",
  };
}

/** Evidence quotes a header as `Name: value`. */
function headersIn(evidence: KeptMail["evidence"]) {
  const pairs = evidence.flatMap(({ rule, where, quote }): [string, string[]][] => {
    const colon = quote.indexOf(": ");
    if (where !== "header" || rule.startsWith("answers us") || colon <= 0) return [];
    return [[quote.slice(0, colon).toLowerCase(), [quote.slice(colon + 2)]]];
  });
  return Object.fromEntries(pairs);
}

function factsFrom({ contactId, receivedAt, fromEmail, sent }: KeptMail): InboundFacts {
  return {
    folder: "inbox",
    ownAddresses: new Set(),
    threadId: sent?.threadId ?? null,
    receivedAt,
    sent: sent ? [sent] : [],
    contacts: fromEmail === null ? [] : [{ id: contactId, emails: [fromEmail] }],
  };
}

/** A reading as one word: the class of a reply, else the kind. */
export function wordOf({ kind, replyClass }: Pick<InboundVerdict, "kind" | "replyClass">) {
  return kind === "reply" ? APOLLO_CLASS[replyClass ?? "none"] : kind;
}

/** `held`: the reader would not have acted, and asked a person. */
export type Comparison = "agreed" | "held" | "differed";

export type Evaluation = {
  since: Temporal.Instant;
  total: number;
  counts: Record<Comparison, number>;
  table: { decided: string; read: string; outcome: Comparison; count: number }[];
  differing: { id: string; decided: string; read: string; probability: number }[];
};

export function compareReadings(decided: string, read: InboundVerdict): Comparison {
  if (read.action === "ask" || read.certainty !== "sure") return "held";
  return wordOf(read) === decided ? "agreed" : "differed";
}
