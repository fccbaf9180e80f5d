// Contacts that are merged may be in the same sequences: one enrollment of each stays, and is the winner's.

import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import { enrollmentsKept } from "../../../domain/enrollments/enrollment-merging.ts";
import { happening } from "../../enrollments/enrollments/apply-transition.ts";
import { setEnrollmentsAside } from "../../enrollments/enrollments/store.ts";
import { type By, recordAll } from "../../events/events/store.ts";
import * as store from "./enrollments-store.ts";

/** What is not kept of the losers' goes with them, a moment later. Their rows must be locked. */
export async function mergeEnrollments(by: By, winnerId: string, loserIds: readonly string[]) {
  const { db, teamId, now } = by;
  const rows = await store.lockForMerging(db, teamId, { winnerId, loserIds });
  const { kept, pairs } = enrollmentsKept(rows);
  const gone = new Set(pairs.map(({ goneId }) => goneId));
  const removed = rows.filter(({ id, isWinners }) => isWinners && gone.has(id));
  if (pairs.length > 0) await store.cancelMails(db, teamId, pairs);
  if (removed.length > 0)
    await setEnrollmentsAside(
      db,
      teamId,
      removed.map(({ id }) => id),
      REASONS.merged,
      now,
    );
  await store.giveToWinner(db, teamId, winnerId, kept);
  if (pairs.length > 0) await store.takeOver(db, teamId, pairs, now);
  await recordAll(
    by,
    removed.map((row) =>
      happening("enrollment.removed", row.id, row, {
        reason: REASONS.merged,
        ...(row.stepPosition !== null && { step_position: row.stepPosition }),
      }),
    ),
  );
}
