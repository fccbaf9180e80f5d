// Reasons name the sequences that stand in the way. Whoever may not see one of them is told that there is one, and no more.

import type { Act, Caller } from "../../app.ts";
import type { Reason } from "../../domain/eligibility.ts";
import { visibleAmong } from "./store.ts";

/** Whose sight it is limited to; null sees all. */
export function viewerIn({ role, userId }: Pick<Caller, "role" | "userId">) {
  return role === "admin" ? null : userId;
}

export const HIDDEN = { sequenceId: "", enrollmentId: "", sequenceName: "that is hidden from you" };

export async function hideSequences<Told extends { reasons: readonly Reason[] | null }>(
  { db, caller }: Pick<Act, "db" | "caller">,
  told: readonly Told[],
): Promise<Told[]> {
  const named = told.flatMap(({ reasons }) =>
    (reasons ?? []).flatMap(({ evidence }) => evidence.sequenceId ?? []),
  );
  if (caller.role === "admin" || named.length === 0) return [...told];
  const ids = [...new Set(named.map(String))];
  const visible = await visibleAmong(db, caller.teamId, ids, caller.userId);
  const masked = (reason: Reason): Reason => {
    const { sequenceId } = reason.evidence;
    return sequenceId === undefined || visible.has(String(sequenceId))
      ? reason
      : { ...reason, evidence: { ...reason.evidence, ...HIDDEN } };
  };
  return told.map((one) => ({ ...one, reasons: one.reasons?.map(masked) ?? null }));
}
