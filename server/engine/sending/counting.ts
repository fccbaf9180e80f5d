// What the sending of mails counts for the metrics.

import type { Claims } from "../../features/sending/outbox/claiming.ts";
import type { Ended } from "../../features/sending/outbox/recording.ts";
import type { Metrics } from "../../kernel/metrics.ts";

const secondsSince = (since: number) => (performance.now() - since) / 1000;

export function countClaimed(metrics: Metrics, { claimed }: Claims, since: number) {
  if (claimed.length === 0) return;
  metrics.count("cadenza_emails_claimed_total", {}, claimed.length);
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
