// One batch of taking an import back: some records, each with all that the import has done about it.

import type { Act } from "../../../app.ts";
import { completeProgress } from "../../events/progress/commands.ts";
import { carryInstructions, lockWork, noteDone } from "../../events/progress/store.ts";
import { furtherRows, leadingRows, writeUndone } from "../../prospecting/import-rows/rows-store.ts";
import { findImport, noteUndone } from "../../prospecting/import-rows/store.ts";
import { KINDS } from "./kinds.ts";
import { AFTER_ROWS, BEFORE_ROWS, undoByproducts } from "./undo-byproducts.ts";

const BATCH = 500;

export async function undoBatch(act: Act, progressId: string): Promise<"more" | "over"> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const work = await lockWork(db, teamId, progressId);
  if (!work || work.finishedAt) return "over";
  const { importId, afterRow } = work.instructions as { importId: string; afterRow: number };
  const found = await findImport(db, teamId, importId);
  if (!found) return "over";
  const more = async (counts: Record<string, number>, done = 0) => {
    await noteDone(db, teamId, progressId, { done, counts }, now);
    return "more" as const;
  };
  const before = await undoByproducts(act, found, BEFORE_ROWS, BATCH);
  if (before) return more(before);
  const leading = await leadingRows(db, teamId, importId, afterRow, BATCH);
  if (leading.length === 0) {
    const after = await undoByproducts(act, found, AFTER_ROWS, BATCH);
    if (after) return more(after);
    await noteUndone(db, teamId, importId, now);
    await completeProgress(act, work);
    return "over";
  }
  const ids = leading.flatMap(({ recordId }) => recordId ?? []);
  const further = Map.groupBy(await furtherRows(db, teamId, importId, ids), ({ recordId }) => recordId);
  const traces = leading.map((row) => ({
    recordId: row.recordId as string,
    rows: [row, ...(further.get(row.recordId) ?? [])],
  }));
  const told = await KINDS[found.kind].undo(act, found, traces);
  await writeUndone(db, teamId, importId, told);
  const counts: Record<string, number> = {};
  for (const { code } of told) counts[code] = (counts[code] ?? 0) + 1;
  await carryInstructions(db, teamId, progressId, { afterRow: leading.at(-1)?.row ?? afterRow });
  return more(counts, leading.length);
}
