// What follows from an incoming mail: what is noted on our mail, what happens to its sender, and what a user is asked.
//
// A verdict that is only probable has no final effect: it pauses, and asks. An answer that proves which mail of ours it
// answers always counts, however late. One that is known by its sender alone counts for as many days after our last
// mail as the sequence says: later, the contact writes on their own.

import type { AnswerMatch } from "./answered-mail.ts";
import type { InboundVerdict } from "./inbound-verdict.ts";
import type { ReplyClass } from "./replies.ts";

export const APOLLO_CLASS: Record<ReplyClass, string> = {
  interested: "willing_to_meet",
  question: "follow_up_question",
  referral: "person_referral",
  not_right_person: "already_left_company_or_not_right_person",
  not_interested: "not_interested",
  unsubscribe: "unsubscribe",
  out_of_office: "out_of_office",
  none: "none_of_the_above",
};

export type InboundQuestion = "reply" | "unsubscribe" | "bounce";

export type InboundOutcome = {
  /** It is an answer by a person. */
  counts: boolean;
  replyClass: string | null;
  bounced: "hard" | "soft" | null;
  isSpamBlocked: boolean;
  /** What happens to the contact in the sequence of our mail, in this order. */
  happens: readonly (
    | "replied"
    | "interested"
    | "unsubscribed"
    | "outOfOffice"
    | "hardBounced"
    | "spamBlocked"
  )[];
  /** For how long nothing more is sent, though nothing is final. `asks`: until a person has answered. */
  rests: "asks" | "softBounced" | null;
  optsOut: "unsubscribe" | "complaint" | null;
  question: InboundQuestion | null;
  needsPerson: boolean;
  /** It proves that our mail went out. */
  proves: boolean;
};

export type OutcomeFacts = {
  receivedAt: Temporal.Instant;
  lastSentAt: Temporal.Instant | null;
  /** For how many days an answer counts; null: for ever. */
  daysThatCount: number | null;
  /** How often mail to this address was put off within 14 days, this time included. */
  softBounces: number;
};

const STRIKES = 3;
export const STRIKE_DAYS = 14;

const NOTHING: InboundOutcome = {
  counts: false,
  replyClass: null,
  bounced: null,
  isSpamBlocked: false,
  happens: [],
  rests: null,
  optsOut: null,
  question: null,
  needsPerson: false,
  proves: false,
};

export function outcomeOf(verdict: InboundVerdict, facts: OutcomeFacts): InboundOutcome {
  const { kind, about, certainty } = verdict;
  const proves = about?.sent != null && certainty === "sure" && PROVING.has(kind) && TIES[about.by].proves;
  return { ...NOTHING, proves, ...followingFrom(verdict, facts) };
}

/** Only the recipient of the mail, or a server on its way, sends these. */
export const PROVING: ReadonlySet<InboundVerdict["kind"]> = new Set([
  ...(["reply", "unsubscribe", "out_of_office", "auto_reply", "challenge"] as const),
  ...(["bounce", "delay", "receipt", "complaint"] as const),
]);

/** Whether what it is tied by names one mail of ours and no other. */
export const TIES: Record<AnswerMatch, { proves: boolean }> = {
  message_id: { proves: true },
  token: { proves: true },
  thread: { proves: false }, // an earlier mail of the same thread will do for that
  address: { proves: false },
  company: { proves: false },
};

function followingFrom(verdict: InboundVerdict, facts: OutcomeFacts): Partial<InboundOutcome> {
  const { kind, about, replyClass } = verdict;
  const word = replyClass && APOLLO_CLASS[replyClass];
  switch (kind) {
    case "reply":
      return replied(verdict, facts);
    case "unsubscribe":
      return optedOut(verdict);
    case "complaint":
      return isSure(verdict) ? { optsOut: "complaint", happens: ["unsubscribed"] } : asking("unsubscribe");
    case "out_of_office":
      return { replyClass: word, happens: ["outOfOffice"] };
    case "auto_reply":
      // Neither harmless nor sure: it may be a person's answer that a system carried.
      if (verdict.action === "ask") return { ...asking("reply"), replyClass: word };
      return { replyClass: word, needsPerson: verdict.named.length > 0 };
    case "bounce":
      return bounced(verdict, facts);
    case "challenge":
      return { needsPerson: true };
    case "unreadable":
      return { needsPerson: about !== null };
    default:
      return {};
  }
}

const isSure = ({ certainty }: InboundVerdict) => certainty === "sure";

function replied(verdict: InboundVerdict, facts: OutcomeFacts): Partial<InboundOutcome> {
  if (!stillCounts(verdict, facts)) return {};
  if (!isSure(verdict)) return asking("reply");
  const replyClass = verdict.replyClass && APOLLO_CLASS[verdict.replyClass];
  const isInterested = verdict.replyClass === "interested";
  return { counts: true, replyClass, happens: isInterested ? ["replied", "interested"] : ["replied"] };
}

function stillCounts({ about }: InboundVerdict, { receivedAt, lastSentAt, daysThatCount }: OutcomeFacts) {
  if (about?.by !== "address" && about?.by !== "company") return true;
  if (lastSentAt === null || daysThatCount === null) return true;
  return Temporal.Instant.compare(receivedAt, lastSentAt.add({ hours: 24 * daysThatCount })) <= 0;
}

function optedOut(verdict: InboundVerdict): Partial<InboundOutcome> {
  if (!isSure(verdict)) return asking("unsubscribe");
  // Mail programs send to our unsubscribe address without a person writing.
  const counts = verdict.about?.by !== "token";
  const replyClass = counts ? APOLLO_CLASS.unsubscribe : null;
  return { counts, replyClass, optsOut: "unsubscribe", happens: ["unsubscribed"] };
}

function bounced(verdict: InboundVerdict, { softBounces }: OutcomeFacts): Partial<InboundOutcome> {
  // It is about our mail, and neither code nor words say what became of it.
  if (isSure(verdict) && verdict.action === "ask") return asking("bounce");
  switch (verdict.bounce?.class) {
    case "hard":
      return isSure(verdict) ? { bounced: "hard", happens: ["hardBounced"] } : asking("bounce");
    case "policy":
      return isSure(verdict) ? { isSpamBlocked: true, happens: ["spamBlocked"] } : {};
    default:
      return isSure(verdict) && softBounces >= STRIKES ? { bounced: "soft", rests: "softBounced" } : {};
  }
}

function asking(question: InboundQuestion): Partial<InboundOutcome> {
  return { rests: "asks", question, needsPerson: true };
}
