import type { Db } from "../../../db/connect.ts";
import { faultIn } from "../../../domain/sequences/sequence-plan.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { planOf } from "./store.ts";

/** Asked after a change: what was written is undone if the sequence could not run that way. */
export async function refuseUnsound(
  db: Db,
  teamId: string,
  sequence: { id: string; byExactDaytime: boolean | null },
) {
  const fault = faultIn(await planOf(db, teamId, sequence.id), sequence.byExactDaytime === true);
  if (fault) throw new Refusal(fault.code, "type" in fault ? { type: fault.type } : {});
}
