// An enrollment's earlier state, kept so that it can be restored.

import type { EnrollmentStatus } from "./enrollment.ts";

export function standingOf(row: EnrollmentStatus): EnrollmentStatus {
  return {
    state: row.state,
    inactiveReason: row.inactiveReason,
    failureReason: row.failureReason,
    currentStepId: row.currentStepId,
    mailboxId: row.mailboxId,
    sendFromEmail: row.sendFromEmail,
    dueAt: row.dueAt,
    pausedAt: row.pausedAt,
    resumeAt: row.resumeAt,
    manuallySetUnpause: row.manuallySetUnpause,
    finishedAt: row.finishedAt,
    failedAt: row.failedAt,
    removedAt: row.removedAt,
    inResponseTo: row.inResponseTo,
  };
}

const INSTANTS = ["dueAt", "pausedAt", "resumeAt", "finishedAt", "failedAt", "removedAt"] as const;

/** It was kept as JSON, where an instant is text. */
export function withInstants(kept: EnrollmentStatus): EnrollmentStatus {
  const read = { ...kept };
  for (const key of INSTANTS) {
    const text = kept[key] as Temporal.Instant | string | null;
    read[key] = text === null ? null : Temporal.Instant.from(text);
  }
  return read;
}
