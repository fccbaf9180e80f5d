import type { Counts } from "./store.ts";

export function presentCounts(counts: Counts) {
  return {
    active: counts.active,
    paused: counts.paused,
    finished: counts.finished,
    failed: counts.failed,
    bounced: counts.bounced,
    hard_bounced: counts.hardBounced,
    spam_blocked: counts.spamBlocked,
    not_sent: counts.notSent,
  };
}
