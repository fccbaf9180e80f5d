// Whoever was through some days ago and has not answered moves to the stage that the sequence names for it.

import { isUnresponsive } from "../../domain/unanswered.ts";
import { lockIds } from "../contacts/holding-store.ts";
import { moveByTriggers } from "../enrollments/carry-out.ts";
import type { By } from "../events/store.ts";
import { inParts, type Manner } from "../set-aside/commands.ts";
import * as store from "./store.ts";

const BATCH = 500;

/** One batch of a team. Answers how many were looked at. Whoever answers meanwhile waits for us, or we for them. */
export async function markUnresponsive(by: By, manner: Manner = "together"): Promise<number> {
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
