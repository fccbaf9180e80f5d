// The table of what may stop a mail, in the order in which it is asked: the first rule that fails ends the mail, one that
// waits keeps it. Planning, claiming, the gate, explain, dialogs and dry runs all read it, so they cannot disagree.
//
// A new rule:
// 1. A row in gate-of-place.ts, gate-of-person.ts, gate-of-mail.ts, gate-of-brakes.ts or gate-of-times.ts. The compiler asks what the rule is about, which locks make a change of it wait for an open gate, whether
//    it compares times, and who lifts it (gate-rules.ts). `look` reads facts and nothing else.
// 2. What it needs to know: a field in gate-facts.ts, filled for explain (gate/facts/standings.ts) and for the sender
//    (gate/facts/gate-facts.ts). The sender reads it after all locks are held.
// 3. Its words in insight/hold-words and its repair in features/fixes.
// 4. Its cases: gate.test.ts (facts alone), explaining.test.ts (through the API) and testing/gated/scenarios.ts (before claim,
//    claimed, gate open, released). Each is a record by code, so a rule without its case does not compile.
//
// Easy to get wrong: only mails need an address, a mailbox and limits, a call needs none of them; explain asks hours and
// limits of a step that is due and not before, the sender always; who is through is held by that alone.
//
// Apollo's gates for which nothing here can be the reason (GDPR, a bounce list shared among customers) are not in it;
// what a mail server answers is known only once it was asked.

import type { Evidence } from "../basics/evidence.ts";
import { isEmail, isLinkedInStep, type StepType } from "../sequences/sequence-plan.ts";
import type { GateFacts } from "./gate-facts.ts";
import { OF_BRAKES } from "./gate-of-brakes.ts";
import { OF_MAIL } from "./gate-of-mail.ts";
import { OF_PERSON } from "./gate-of-person.ts";
import { OF_PLACE } from "./gate-of-place.ts";
import { OF_TIMES } from "./gate-of-times.ts";
import type { Check, GateOutcome } from "./gate-rules.ts";

/** In the order in which they are asked. */
export const GATE = { ...OF_PLACE, ...OF_PERSON, ...OF_MAIL, ...OF_BRAKES, ...OF_TIMES } satisfies Record<
  string,
  Check
>;

export type GateCode = keyof typeof GATE;
export const GATE_CODES = Object.keys(GATE) as readonly GateCode[];

export type GateHold = {
  code: GateCode;
  outcome: GateOutcome;
  failure: string | null;
  evidence: Evidence;
  since: Temporal.Instant | null;
  until: Temporal.Instant | null;
};

/** Everything that keeps the step from being carried out, in the order of the gate. */
export function holdsOn(facts: GateFacts): GateHold[] {
  const { membership, now } = facts;
  const isDue = membership.dueAt === null || Temporal.Instant.compare(membership.dueAt, now) <= 0;
  const isTime = isDue && membership.state === "active";
  return look(facts, ({ whenDue, senderOnly }) => !senderOnly && (isTime || !whenDue));
}

/** For callers about to send: they check first whether it is due, and always check hours and limits. */
export function holdsOnSending(facts: GateFacts, { isByHand }: { isByHand: boolean }): GateHold[] {
  return look(facts, ({ notByHand }) => !(isByHand && notByHand));
}

function look(facts: GateFacts, isAsked: (check: Check) => boolean): GateHold[] {
  const { membership, step } = facts;
  const through = membership.state === "finished" || membership.state === "removed";
  return GATE_CODES.flatMap((code): GateHold[] => {
    const check: Check = GATE[code];
    const { of, outcome, failure, notAtBranch } = check;
    if (through && code !== `enrollment_${membership.state}`) return [];
    if (step && !ASKED[of](step.type)) return [];
    if (notAtBranch && step?.type === "branch") return [];
    if (!isAsked(check)) return [];
    const found = check.look(facts);
    if (!found) return [];
    const { evidence, since = null, until = null } = found;
    return [{ code, outcome, failure, evidence, since, until }];
  });
}

const ASKED: Record<Check["of"], (type: StepType) => boolean> = {
  all: () => true,
  mails: isEmail,
  automatic: (type) => type === "auto_email",
  linkedin: isLinkedInStep,
};

/** What the holds mean for one mail: it is sent, it waits until a moment, it fails, or it is no longer needed. */
export type GateDecision =
  | { is: "send" }
  | { is: "wait"; code: GateCode; evidence: GateHold["evidence"]; nextCheckAt: Temporal.Instant }
  | { is: "fail"; code: GateCode; failure: string; evidence: GateHold["evidence"] }
  | { is: "cancel" | "skip"; code: GateCode };

type How = { isByHand: boolean; isCopy: boolean };

export function judgeAtGate(facts: GateFacts, { isByHand, isCopy }: How): GateDecision {
  const holds = holdsOnSending(facts, { isByHand });
  // A mail that is no longer needed is canceled at once, also where it would have to wait first.
  const first = holds.find(({ outcome }) => outcome === "cancel") ?? holds[0];
  if (!first) return { is: "send" };
  if (first.outcome === "cancel" || first.outcome === "skip") return { is: first.outcome, code: first.code };
  if (first.outcome === "fail")
    return {
      is: "fail",
      code: first.code,
      failure: first.failure ?? "other_safeguard",
      evidence: first.evidence,
    };
  // A copy that is months older than its mail is of no use.
  if (isCopy && holds.some(({ code }) => code === "contact_paused"))
    return { is: "cancel", code: "contact_paused" };
  const gaveUp = gaveUpOn(first, facts.now);
  if (gaveUp) return gaveUp;
  const binding = latest(holds.filter(({ outcome }) => outcome === "wait"));
  return {
    is: "wait",
    code: binding.code,
    evidence: binding.evidence,
    nextCheckAt: nextCheckAt(binding, facts.now),
  };
}

function gaveUpOn({ code, evidence, failure }: GateHold, now: Temporal.Instant): GateDecision | null {
  const { givesUpAt } = evidence;
  if (!failure || !(givesUpAt instanceof Temporal.Instant)) return null;
  if (Temporal.Instant.compare(givesUpAt, now) > 0) return null;
  return { is: "fail", code, failure, evidence };
}

/** All have to pass, so the one that passes last binds. */
function latest(waits: readonly GateHold[]): GateHold {
  return waits.reduce((binding, one) => {
    if (!binding.until) return binding; // its end is unknown
    return !one.until || Temporal.Instant.compare(one.until, binding.until) > 0 ? one : binding;
  });
}

export function nextCheckAt({ code, until }: Pick<GateHold, "code" | "until">, now: Temporal.Instant) {
  const { lookAgain: soon }: Check = GATE[code];
  const again = soon ? now.add(soon) : null;
  if (!until) return again ?? now.add({ minutes: 5 });
  return again && Temporal.Instant.compare(again, until) < 0 ? again : until;
}

/**
 * For an engine whose time is moved: an email that waits for a limit of its mailbox is looked at when the limit is over, and not
 * every quarter of an hour until then. The caller looks again when a limit changes.
 */
export function trustLimits() {
  for (const code of ["limit:mailbox_day", "limit:mailbox_hour"] as const)
    delete (GATE[code] as Check).lookAgain;
}
