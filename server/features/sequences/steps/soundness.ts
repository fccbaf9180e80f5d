import type { Db } from "../../../db/connect.ts";
import { emptyBranchIn } from "../../../domain/sequences/branch-faults.ts";
import { faultIn } from "../../../domain/sequences/plan-faults.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { planOf, type StepRow } from "./store.ts";

/** Asked after a change: what was written is undone if the sequence could not run that way. */
export async function refuseUnsound(
  db: Db,
  teamId: string,
  sequence: { id: string; byExactDaytime: boolean | null },
) {
  const fault = faultIn(await planOf(db, teamId, sequence.id), sequence.byExactDaytime === true);
  if (!fault) return;
  const { code, ...about } = fault;
  throw new Refusal(code, about);
}

/** Asked of whole lists, and before a sequence begins. */
export function refuseEmptyBranch(steps: readonly StepRow[]) {
  const empty = emptyBranchIn(steps);
  if (empty) throw new Refusal("branch_without_steps", { position: empty.position });
}
