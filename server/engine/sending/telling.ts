// What the sending of mails tells of itself: counts for the metrics, and of each mail spans of the email's trace (kernel/traces.ts).

import type { ClaimedOutgoingMail, Claims } from "../../features/sending/outbox/claiming.ts";
import type { GatePassage } from "../../features/sending/outbox/gate.ts";
import type { Ended } from "../../features/sending/outbox/recording.ts";
import type { Metrics } from "../../kernel/metrics.ts";
import { newSpanId, type Traces, traceOfEmail } from "../../kernel/traces.ts";

const secondsSince = (since: number) => (performance.now() - since) / 1000;

export function countClaimed(metrics: Metrics, claims: Iterable<Claims>, since: number) {
  const count = [...claims].reduce((sum, { claimed }) => sum + claimed.length, 0);
  if (count === 0) return;
  metrics.count("cadenza_emails_claimed_total", {}, count);
  metrics.observe("cadenza_claim_duration_seconds", {}, secondsSince(since));
}

export function countGate(metrics: Metrics, since: number) {
  metrics.observe("cadenza_gate_duration_seconds", {}, secondsSince(since));
}

export function countSending(metrics: Metrics, since: number) {
  metrics.observe("cadenza_send_duration_seconds", {}, secondsSince(since));
}

/** A mail that was claimed and never begun (`passage` lost) is no attempt. */
export function countEnded(metrics: Metrics, { outcome, passage }: Ended) {
  switch (outcome.kind) {
    case "accepted":
      return metrics.count("cadenza_emails_sent_total", {});
    case "refused": {
      const word = outcome.permanent ? "refused" : "refused_for_now";
      return metrics.count("cadenza_emails_unsent_total", { outcome: word });
    }
    case "held_back":
      if (passage?.is === "lost") return;
      return metrics.count("cadenza_emails_unsent_total", { outcome: "held" });
    case "not_started":
      return metrics.count("cadenza_emails_unsent_total", { outcome: "not_started" });
    case "ambiguous":
      return metrics.count("cadenza_emails_unsent_total", { outcome: "unconfirmed" });
  }
}

type Period = { from: number; until: number };

const claims = new WeakMap<ClaimedOutgoingMail, Period>();

/** When its batch was taken from the queue. */
export function noteClaim(traces: Traces, claimed: readonly ClaimedOutgoingMail[], from: number) {
  if (!traces.isOn) return;
  const period = { from, until: performance.now() };
  for (const one of claimed) claims.set(one, period);
}

type Attempt = Period & { teamId: string; gate: (Period & { passage: GatePassage }) | null };

export function tellAttempt(traces: Traces, { claimed, outcome }: Ended, attempt: Attempt) {
  if (!traces.isOn) return;
  const { slot, claim } = claimed;
  const { rootId, ...trace } = traceOfEmail(attempt.teamId, slot.id);
  const ids = {
    "cadenza.team_id": attempt.teamId,
    "cadenza.message_id": slot.id,
    "cadenza.sequence_id": slot.sequenceId,
    "cadenza.mailbox_id": slot.mailboxId,
    "cadenza.attempt_id": claim.attemptId,
  };
  const taken = claims.get(claimed);
  if (taken) traces.tell({ ...trace, name: "claim", kind: "internal", ...taken, attributes: ids });
  const spanId = newSpanId();
  const outcomeOf = { "cadenza.outcome": outcome.kind, ...detailsOf(outcome) };
  const { gate } = attempt;
  if (gate) {
    const { passage, ...period } = gate;
    const said = { "cadenza.gate": passage.is, "cadenza.hold": "code" in passage ? passage.code : null };
    traces.tell({
      ...trace,
      parentId: spanId,
      name: "gate",
      kind: "internal",
      ...period,
      attributes: { ...ids, ...said },
    });
  }
  const period = { from: attempt.from, until: attempt.until };
  const failed = outcome.kind === "accepted" || outcome.kind === "held_back" ? null : outcome.kind;
  const attributes = { ...ids, ...outcomeOf };
  traces.tell({ ...trace, spanId, name: "send", kind: "client", ...period, attributes, failed });
  if (outcome.kind !== "accepted") return;
  const from = taken?.from ?? attempt.from;
  traces.tell({
    ...trace,
    spanId: rootId,
    parentId: null,
    name: "email",
    kind: "internal",
    ...period,
    from,
    attributes,
  });
}

/** `since`: when its outcome was known. */
export function tellRecorded(traces: Traces, { claimed }: Ended, teamId: string, since: number) {
  if (!traces.isOn) return;
  const { rootId: _, ...trace } = traceOfEmail(teamId, claimed.slot.id);
  const attributes = { "cadenza.team_id": teamId, "cadenza.message_id": claimed.slot.id };
  traces.tell({
    ...trace,
    name: "record",
    kind: "internal",
    from: since,
    until: performance.now(),
    attributes,
  });
}

/** Codes alone: what a server says in words may name people. */
function detailsOf(outcome: Ended["outcome"]) {
  switch (outcome.kind) {
    case "refused":
      return {
        "cadenza.phase": outcome.phase,
        "cadenza.permanent": outcome.permanent,
        "smtp.code": outcome.code,
        "smtp.enhanced_code": outcome.enhanced,
      };
    case "not_started":
      return { "cadenza.phase": outcome.phase, "cadenza.why": outcome.why };
    case "ambiguous":
      return { "cadenza.why": outcome.why };
    default:
      return {};
  }
}
