import type { EnrollmentCounts } from "./store.ts";

export function presentEnrollmentCounts(counts: EnrollmentCounts) {
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

const LOADING = "loading";

/** Where counting would take longer than what was asked for. */
export const UNCOUNTED = {
  active: LOADING,
  paused: LOADING,
  finished: LOADING,
  failed: LOADING,
  bounced: LOADING,
  hard_bounced: LOADING,
  spam_blocked: LOADING,
  not_sent: LOADING,
} as const;
