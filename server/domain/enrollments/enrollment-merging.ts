// Merged contacts may be in one sequence several times. One enrollment stays, and no step is sent again that one of
// them was sent.
//
// Easy to get wrong: where one enrollment has ended (the contact replied, or a user stopped it), the merged one has
// ended. Otherwise the furthest goes on, or the others' steps would be repeated.

import type { EnrollmentState } from "./enrollment.ts";

export type MergedEnrollment = {
  id: string;
  sequenceId: string;
  isWinners: boolean;
  state: EnrollmentState;
  /** Steps that were sent to them, or done for them. */
  numDone: number;
  addedAt: Temporal.Instant;
};

/** `gone` is in the place of which the other one stays. */
export type MergedPair = { goneId: string; keptId: string };

export function enrollmentsKept(rows: readonly MergedEnrollment[]): { kept: string[]; pairs: MergedPair[] } {
  const kept: string[] = [];
  const pairs: MergedPair[] = [];
  for (const own of Map.groupBy(rows, ({ sequenceId }) => sequenceId).values()) {
    const [first, ...others] = own.toSorted(before);
    if (!first) continue;
    kept.push(first.id);
    for (const { id } of others) pairs.push({ goneId: id, keptId: first.id });
  }
  return { kept, pairs };
}

function before(one: MergedEnrollment, other: MergedEnrollment) {
  return (
    Number(other.state === "finished") - Number(one.state === "finished") ||
    other.numDone - one.numDone ||
    Number(other.isWinners) - Number(one.isWinners) ||
    Number(isLive(other)) - Number(isLive(one)) ||
    Temporal.Instant.compare(one.addedAt, other.addedAt) ||
    (one.id < other.id ? -1 : 1)
  );
}

function isLive({ state }: MergedEnrollment) {
  return state === "active" || state === "paused";
}
