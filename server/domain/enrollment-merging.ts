// Of contacts that turn out to be one person, several may be in one sequence. One enrollment stays, and nobody is sent a step
// again that one of them was sent.
//
// Easy to get wrong: whoever has ended there (they replied, or somebody stopped them) has ended as the one person they are;
// and else whoever has come furthest goes on, or the others' steps would come once more.

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
