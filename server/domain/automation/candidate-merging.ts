// Merged records may be candidates of the same workflow. It does to the merged record what it would have done to one:
// once for each trigger, and once in all where it takes each record once.

import { type Definition, takenSince } from "./workflow.ts";

export type MergedCandidate = {
  id: string;
  workflowId: string;
  triggerKey: string;
  isWinners: boolean;
  verdict: "waiting" | "done" | "skipped" | "failed";
  createdAt: Temporal.Instant;
  definition: Pick<Definition, "reentry" | "netNew">;
};

/** Those who wait and go no further, because another line of the same record has begun or is through. */
export function leftOutOnceMerged(rows: readonly MergedCandidate[], now: Temporal.Instant): string[] {
  const left: string[] = [];
  const taken = rows.filter(({ verdict }) => verdict !== "skipped").toSorted(before);
  const kept: MergedCandidate[] = [];
  for (const row of taken) {
    if (row.verdict === "waiting" && kept.some((one) => excludes(one, row, now))) left.push(row.id);
    else kept.push(row);
  }
  return left;
}

function excludes(one: MergedCandidate, row: MergedCandidate, now: Temporal.Instant) {
  if (one.workflowId !== row.workflowId) return false;
  if (one.triggerKey === row.triggerKey) return true;
  const since = takenSince(row.definition, now);
  if (since === undefined) return false;
  return since === null || Temporal.Instant.compare(one.createdAt, since) > 0;
}

/** What is through comes first, then the winner's own, then the older one. */
function before(one: MergedCandidate, other: MergedCandidate) {
  return (
    Number(one.verdict === "waiting") - Number(other.verdict === "waiting") ||
    Number(other.isWinners) - Number(one.isWinners) ||
    Temporal.Instant.compare(one.createdAt, other.createdAt) ||
    (one.id < other.id ? -1 : 1)
  );
}
