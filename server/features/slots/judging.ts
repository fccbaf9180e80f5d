// What the gate's holds mean for one mail: it may go, it waits until a moment, it fails, or nobody needs it any more.

import { GATE, type GateCode, type Hold, holdsOnSending } from "../../domain/gate.ts";
import type { GateFacts } from "../../domain/gate-facts.ts";
import type { Check } from "../../domain/gate-rules.ts";

export type Judgement =
  | { is: "send" }
  | { is: "wait"; code: GateCode; evidence: Hold["evidence"]; lookAt: Temporal.Instant }
  | { is: "fail"; code: GateCode; failure: string; evidence: Hold["evidence"] }
  | { is: "cancel" | "skip"; code: GateCode };

type How = { isByHand: boolean; isCopy: boolean };

export function judge(facts: GateFacts, { isByHand, isCopy }: How): Judgement {
  const holds = holdsOnSending(facts, { isByHand });
  // A mail that nobody needs is called off at once, also where it would have to wait first.
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
    lookAt: lookAt(binding, facts.now),
  };
}

function gaveUpOn({ code, evidence, failure }: Hold, now: Temporal.Instant): Judgement | null {
  const { givesUpAt } = evidence;
  if (!failure || !(givesUpAt instanceof Temporal.Instant)) return null;
  if (Temporal.Instant.compare(givesUpAt, now) > 0) return null;
  return { is: "fail", code, failure, evidence };
}

/** All have to pass, so the one that passes last binds. */
function latest(waits: readonly Hold[]): Hold {
  return waits.reduce((binding, one) => {
    if (!binding.until) return binding; // nobody knows how long
    return !one.until || Temporal.Instant.compare(one.until, binding.until) > 0 ? one : binding;
  });
}

export function lookAt({ code, until }: Pick<Hold, "code" | "until">, now: Temporal.Instant) {
  const { lookAgain: soon }: Check = GATE[code];
  const again = soon ? now.add(soon) : null;
  if (!until) return again ?? now.add({ minutes: 5 });
  return again && Temporal.Instant.compare(again, until) < 0 ? again : until;
}
