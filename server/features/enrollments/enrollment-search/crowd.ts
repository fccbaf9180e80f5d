// How many people of a sequence are where, and why they are there.

import type { Db } from "../../../db/connect.ts";
import { NOT_SENT } from "../../../domain/enrollments/enrollment.ts";
import { countsBySequence, NOBODY, reasonsIn } from "../../sequences/enrollment-counts/store.ts";

export async function crowdIn(db: Db, teamId: string, sequenceId: string) {
  const [counts, reasons] = await Promise.all([
    countsBySequence(db, teamId, [sequenceId], NOT_SENT),
    reasonsIn(db, teamId, sequenceId),
  ]);
  return { counts: counts.get(sequenceId) ?? NOBODY, reasons };
}
