// Doubt holds: after an answer nothing automatic goes to the person who wrote it, until a person or an API call has said
// what the answer was, or a set time has passed.
//
// The hold is about the person, not about one row: it is asked by contact and by address, of every sequence of the team.
// A sure opt-out or hard bounce needs none, because the address is barred by it. Only what is sure and harmless is
// followed by nothing: a receipt, a delayed report, a plain acknowledgement by a machine.

import type { InboundOutcome } from "./inbound-outcome.ts";
import type { InboundVerdict } from "./inbound-verdict.ts";

const HOLD_REASONS = [
  "answered",
  "maybe_answered",
  "maybe_opted_out",
  "maybe_bounced",
  "automatic",
  "unclear",
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** As the gate and explain are told of it. */
export type AnswerHold = {
  id: string;
  incomingMailId: string;
  reason: HoldReason;
  since: Temporal.Instant;
  /** Null: until it is settled. */
  until: Temporal.Instant | null;
};

type HoldRules = { isOn: boolean; days: number };
export const DEFAULT_HOLD_RULES: HoldRules = { isOn: true, days: 7 };
/** A machine's note that is no plain acknowledgement, where it names no day. */
const AUTOMATIC_DAYS = 7;

export type HoldToPlace = { reason: HoldReason; until: Temporal.Instant | null };

/** Null: nothing needs to be held. */
export function holdAfter(
  verdict: InboundVerdict,
  outcome: Pick<InboundOutcome, "counts" | "optsOut">,
  rules: HoldRules,
  now: Temporal.Instant,
): HoldToPlace | null {
  const reason = isAcknowledgement(verdict) ? null : reasonToHold(verdict, outcome);
  if (reason === null) return null;
  // A missed opt-out is what people complain about: it waits, also where a team holds nothing else.
  if (reason === "maybe_opted_out") return { reason, until: null };
  if (!rules.isOn) return null;
  const days = reason === "automatic" ? AUTOMATIC_DAYS : rules.days;
  return { reason, until: now.add({ hours: 24 * days }) };
}

/** A machine confirms that the mail came, and says nothing else. */
function isAcknowledgement({ kind, certainty, replyClass, named, evidence }: InboundVerdict) {
  const isDesk = evidence.some(({ rule }) => rule.includes("ticket desk"));
  return kind === "auto_reply" && certainty === "sure" && replyClass === null && named.length === 0 && isDesk;
}

function reasonToHold(
  { kind, certainty, action, about, returnsOn }: InboundVerdict,
  { counts, optsOut }: Pick<InboundOutcome, "counts" | "optsOut">,
): HoldReason | null {
  if (about?.contactId == null || action === "leave") return null;
  if (optsOut) return null;
  switch (kind) {
    case "reply":
      return counts ? "answered" : "maybe_answered";
    case "bounce":
      return certainty === "sure" && action === "act" ? null : "maybe_bounced";
    case "out_of_office":
      return certainty === "sure" && returnsOn ? null : "automatic";
    case "auto_reply":
      return "automatic";
    case "unsubscribe":
      return "maybe_opted_out";
    case "complaint": // a report without an id of ours may be forged: it must not hold a contact forever
    case "challenge":
    case "unreadable":
      return "unclear";
    default:
      return null;
  }
}

/** Of several, the one that holds longest. */
export function longestHold<Hold extends Pick<AnswerHold, "until">>(holds: readonly Hold[]): Hold | null {
  return holds.reduce<Hold | null>((longest, one) => {
    if (!longest?.until) return longest ?? one;
    return !one.until || Temporal.Instant.compare(one.until, longest.until) > 0 ? one : longest;
  }, null);
}

/** What a person asked for by hand after the answer goes: they had seen it, or could have. */
export function isSpared(hold: Pick<AnswerHold, "since">, byHandAt: Temporal.Instant | null) {
  return byHandAt !== null && Temporal.Instant.compare(byHandAt, hold.since) > 0;
}
