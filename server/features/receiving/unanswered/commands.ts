// A contact who finished some days ago without a reply moves to the stage that the sequence names for it.

import { isUnresponsive } from "../../../domain/enrollments/unanswered.ts";
import { lockIds } from "../../contacts/contact-rows/holding-store.ts";
import { moveByTriggers } from "../../enrollments/enrollments/apply-transition.ts";
import * as store from "../../enrollments/enrollments/unanswered-store.ts";
import type { By } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";

const BATCH = 500;

/**
 * One batch of a team. Answers how many were looked at. A reply that arrives meanwhile waits for this transaction, or
 * this one for it.
 */
export async function markUnresponsive(by: By, manner: BatchMode = "together"): Promise<number> {
  const { db, teamId, now } = by;
  const seen = await store.findOverdue(db, teamId, now, BATCH);
  const rows = seen.map((row) => ({ ...row, id: row.enrollmentId }));
  await inParts(by, { loop: "mark-unresponsive", manner }, rows, (some) => markThese(by, some));
  return seen.length;
}

async function markThese(by: By, seen: readonly { enrollmentId: string; contactId: string }[]) {
  const { db, teamId, now } = by;
  await lockIds(db, teamId, [...new Set(seen.map(({ contactId }) => contactId))]);
  const ids = seen.map(({ enrollmentId }) => enrollmentId);
  const taken = await store.takeOverdue(db, teamId, ids, now);
  const silent = (await store.silencesOf(db, teamId, taken)).filter(isUnresponsive);
  await moveByTriggers(
    by,
    silent.map(({ contactId, sequenceId }) => ({ contactId, sequenceId, event: "unresponsive" })),
  );
}
