import type { Db } from "../../../db/connect.ts";
import { emptyBranchIn } from "../../../domain/sequences/branch-faults.ts";
import { faultIn } from "../../../domain/sequences/plan-faults.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { contactsFitting } from "../../contacts/contact-search/fitting.ts";
import { planOf, type StepRow } from "./store.ts";

/** Asked after a change: what was written is undone if the sequence could not run that way. */
export async function refuseUnsound(
  db: Db,
  teamId: string,
  sequence: { id: string; byExactDaytime: boolean | null },
) {
  const plan = await planOf(db, teamId, sequence.id);
  const fault = faultIn(plan, sequence.byExactDaytime === true);
  if (fault) {
    const { code, ...about } = fault;
    throw new Refusal(code, about);
  }
  for (const { condition } of plan)
    for (const rule of condition?.rules ?? [])
      if (rule.type === "contact") await contactsFitting(db, teamId, NOBODY, rule.filters, [NOBODY]);
}

/** Filters are asked once of no contact: what a search refuses must not first be found by the engine. */
const NOBODY = "0".repeat(24);

/** Asked of whole lists, and before a sequence begins. */
export function refuseEmptyBranch(steps: readonly StepRow[]) {
  const empty = emptyBranchIn(steps);
  if (empty) throw new Refusal("branch_without_steps", { position: empty.position });
}
