// What the gate's holds mean for one mail: it may go, it waits until a moment, it fails, or nobody needs it any more.

import { type GateCode, type Hold, holdsOn } from "../../domain/gate.ts";
import type { GateFacts } from "../../domain/gate-facts.ts";

export type Judgement =
  | { is: "send" }
  | { is: "wait"; code: GateCode; evidence: Hold["evidence"]; lookAt: Temporal.Instant }
  | { is: "fail"; code: GateCode; failure: string; evidence: Hold["evidence"] }
  | { is: "cancel"; code: GateCode };

/** Limits and rules are changed by people, so what waits for one is looked at again before long. */
const LOOK_AGAIN: Partial<Record<GateCode, Temporal.DurationLike>> = {
  needs_review: { hours: 1 }, // approving one wakes it
  no_active_email_account: { minutes: 1 },
  "delayed:same_account_reply": { minutes: 15 },
  "limit:sequence_day": { minutes: 15 },
  "limit:step_day": { minutes: 15 },
  contact_paused: { hours: 1 }, // ending a pause wakes what waits for it, but not what is being judged at that moment
};

/** A person who sends by hand has chosen the moment. */
const NOT_BY_HAND: readonly GateCode[] = ["outside_window", "needs_review"];

export function judge(facts: GateFacts, { isByHand }: { isByHand: boolean }): Judgement {
  const holds = holdsOn(facts).filter(({ code }) => !(isByHand && NOT_BY_HAND.includes(code)));
  const [first] = holds;
  if (!first) return { is: "send" };
  if (first.outcome === "cancel") return { is: "cancel", code: first.code };
  if (first.outcome === "fail")
    return {
      is: "fail",
      code: first.code,
      failure: first.failure ?? "other_safeguard",
      evidence: first.evidence,
    };
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
  const soon = LOOK_AGAIN[code];
  const again = soon ? now.add(soon) : null;
  if (!until) return again ?? now.add({ minutes: 5 });
  return again && Temporal.Instant.compare(again, until) < 0 ? again : until;
}
