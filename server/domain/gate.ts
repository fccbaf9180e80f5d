// The table of what may stop a mail, in the order in which it is asked: the first rule that fails ends the mail, one that
// waits keeps it. Planning, claiming, the gate, explain, dialogs and dry runs all read it, so they cannot disagree.
//
// A new rule:
// 1. A row in gate-of-place.ts, gate-of-person.ts, gate-of-mail.ts or gate-of-times.ts. The compiler asks what the rule is about, which locks make a change of it wait for an open gate, whether
//    it compares times, and who lifts it (gate-rules.ts). `look` reads facts and nothing else.
// 2. What it needs to know: a field in gate-facts.ts, filled for explain (explaining/standings.ts) and for the sender
//    (slots/surroundings.ts). The sender reads it after all locks are held.
// 3. Its words in hold-words.ts and its repair in features/fixes.
// 4. Its cases: gate.test.ts (facts alone), explaining.test.ts (through the API) and testing/gated/scenarios.ts (before claim,
//    claimed, gate open, released). Each is a record by code, so a rule without its case does not compile.
//
// Easy to get wrong: only mails need an address, a mailbox and limits, a call needs none of them; explain asks hours and
// limits of a step that is due and not before, the sender always; who is through is held by that alone.
//
// Apollo's gates for which nothing here can be the reason (GDPR, a bounce list shared among customers) are not in it;
// what a mail server answers is known only once it was asked.

import type { Evidence } from "./evidence.ts";
import type { GateFacts } from "./gate-facts.ts";
import { OF_MAIL } from "./gate-of-mail.ts";
import { OF_PERSON } from "./gate-of-person.ts";
import { OF_PLACE } from "./gate-of-place.ts";
import { OF_TIMES } from "./gate-of-times.ts";
import type { Check, Outcome } from "./gate-rules.ts";
import { isEmail } from "./sequence-plan.ts";

/** In the order in which they are asked. */
export const GATE = { ...OF_PLACE, ...OF_PERSON, ...OF_MAIL, ...OF_TIMES } satisfies Record<string, Check>;

export type GateCode = keyof typeof GATE;
export const GATE_CODES = Object.keys(GATE) as readonly GateCode[];

export type Hold = {
  code: GateCode;
  outcome: Outcome;
  failure: string | null;
  evidence: Evidence;
  since: Temporal.Instant | null;
  until: Temporal.Instant | null;
};

/** Everything that keeps the step from being carried out, in the order of the gate. */
export function holdsOn(facts: GateFacts): Hold[] {
  const { membership, now } = facts;
  const isDue = membership.dueAt === null || Temporal.Instant.compare(membership.dueAt, now) <= 0;
  const isTime = isDue && membership.state === "active";
  return look(facts, ({ whenDue, senderOnly }) => !senderOnly && (isTime || !whenDue));
}

/** For whoever is about to send: whether it is due is asked first, hours and limits always. */
export function holdsOnSending(facts: GateFacts, { isByHand }: { isByHand: boolean }): Hold[] {
  return look(facts, ({ notByHand }) => !(isByHand && notByHand));
}

function look(facts: GateFacts, isAsked: (check: Check) => boolean): Hold[] {
  const { membership, step } = facts;
  const through = membership.state === "finished" || membership.state === "removed";
  return GATE_CODES.flatMap((code): Hold[] => {
    const check: Check = GATE[code];
    const { of, outcome, failure } = check;
    if (through && code !== `enrollment_${membership.state}`) return [];
    if (of !== "all" && step && !(of === "automatic" ? step.type === "auto_email" : isEmail(step.type)))
      return [];
    if (!isAsked(check)) return [];
    const found = check.look(facts);
    if (!found) return [];
    const { evidence, since = null, until = null } = found;
    return [{ code, outcome, failure, evidence, since, until }];
  });
}
