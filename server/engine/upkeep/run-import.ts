// Imports, batch by batch. The file is read once from its beginning to its end. A worker that takes it over passes
// over the rows that are done. The next rows are read and understood while the database is busy with the current
// ones.
//
// Easy to get wrong: two workers may be at one import, so a batch is only written behind the row that the import has
// come to. And a batch that fails is tried again with its rows as they were read, not with what was derived from
// them.

import type { Act, App } from "../../app.ts";
import { completeProgress } from "../../features/events/progress/commands.ts";
import { lockWork } from "../../features/events/progress/store.ts";
import { takeBatch } from "../../features/imports/imports/batches.ts";
import { rowsToRead } from "../../features/imports/imports/commands.ts";
import { ourFileReaders } from "../../features/imports/imports/run-in-worker.ts";
import type { UnderstoodRows } from "../../features/imports/imports/understanding.ts";
import {
  deletePieces,
  findImport,
  type ImportRow,
  lockImport,
  pieceAt,
} from "../../features/prospecting/import-rows/store.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { crashPoint } from "../../seams.ts";

/** Does one batch, however often it takes; answers null where the work is given up. */
export type Surely = <T>(work: (act: Act) => Promise<T>) => Promise<T | null>;

export async function runImport(
  app: App,
  { teamId, id }: { teamId: string; id: string },
  signal: AbortSignal,
  surely: Surely,
): Promise<"over" | "stopped"> {
  while (!signal.aborted) {
    const found = await app.db.inTeam(teamId, (db) => findImport(db, teamId, id));
    if (!found || found.finishedAt) return "over";
    if ((await runFrom(app, teamId, found, signal, surely)) === "over") return "over";
  }
  return "stopped";
}

/** `again`: another worker is at it too, and has come farther. */
async function runFrom(app: App, teamId: string, found: ImportRow, signal: AbortSignal, surely: Surely) {
  const { id } = found;
  const source = { size: found.size, pieces: () => piecesOf(app, teamId, id) };
  const known = found.columns.map(({ name }) => name);
  const batches = ourFileReaders.rows(source, rowsToRead(found, known));
  let { lastRow } = found;
  let next = ahead(batches);
  try {
    while (!signal.aborted) {
      const { value: batch, done } = await next;
      if (done || !batch) {
        await surely((act) => complete(act, id));
        return "over";
      }
      next = ahead(batches);
      const from = lastRow;
      const state = await surely((act) => runBatch(act, id, from, batch.open));
      if (state === "again") return "again";
      if (state !== "more") return "over";
      lastRow = batch.lastRow ?? lastRow;
      await crashPoint("progress-between-batches");
    }
    return "stopped";
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The file ended its reader: reading it again would end the next one.
    await surely(() => Promise.reject(error));
    return "over";
  } finally {
    await next.catch(() => {});
    await batches.return(undefined);
  }
}

/** Begun now, and looked at when it is needed. */
function ahead<T>(batches: AsyncGenerator<T, void, undefined>) {
  const next = batches.next();
  next.catch(() => {}); // thrown where it is awaited
  return next;
}

async function runBatch(act: Act, id: string, lastRow: number, open: () => UnderstoodRows) {
  const { db, caller } = act;
  const work = await lockWork(db, caller.teamId, id);
  if (!work || work.finishedAt) return "over";
  const found = await lockImport(db, caller.teamId, id);
  if (!found) return "over";
  if (found.lastRow !== lastRow) return "again";
  await takeBatch(act, found, work, open);
  await crashPoint("progress-before-commit");
  return "more";
}

async function complete(act: Act, id: string) {
  const { db, caller } = act;
  const work = await lockWork(db, caller.teamId, id);
  if (!work || work.finishedAt) return;
  await deletePieces(db, caller.teamId, id);
  await completeProgress(act, work);
}

async function* piecesOf(app: App, teamId: string, id: string) {
  for (let position = 0; ; position++) {
    const piece = await app.db.inTeam(teamId, (db) => pieceAt(db, teamId, id, position));
    if (!piece) return;
    yield piece;
  }
}
