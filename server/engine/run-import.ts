// Imports, batch by batch. The file is read once from its beginning to its end, whoever goes on with it passes over the rows
// that have had their turn, and the next rows are read and understood while the database is busy with these.
//
// Easy to get wrong: two workers may be at one import, so a batch is only written behind the row that the import has come
// to; and rows that were read are kept until their batch is committed, because a batch that fails is tried again: from the
// rows, not from what was made of them.

import type { Act, App } from "../app.ts";
import { type Reading, readRows, takeBatch } from "../features/imports/batches.ts";
import { batchesOf } from "../features/imports/commands.ts";
import { recordsOf } from "../features/imports/reading.ts";
import { deletePieces, findImport, type ImportRow, lockImport, pieceAt } from "../features/imports/store.ts";
import { completeProgress } from "../features/progress/commands.ts";
import { lockWork } from "../features/progress/store.ts";
import { crashPoint } from "../seams.ts";

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

/** `again`: somebody else is at it too, and has come farther. */
async function runFrom(app: App, teamId: string, found: ImportRow, signal: AbortSignal, surely: Surely) {
  const { id } = found;
  let header: string[] = [];
  const source = { size: found.size, pieces: () => piecesOf(app, teamId, id) };
  const records = recordsOf(source, found, { known: found.columns.map(({ name }) => name) });
  const watched = async function* () {
    for await (const record of records) {
      if (header.length === 0) header = record.cells;
      yield record;
    }
  };
  const understood = async function* () {
    for await (const rows of batchesOf(watched(), found))
      yield { rows, reading: readRows(found, header, rows) as Reading | null };
  };
  const batches = understood();
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
      const state = await surely((act) => {
        const reading = batch.reading ?? readRows(found, header, batch.rows);
        batch.reading = null;
        return runBatch(act, id, from, reading);
      });
      if (state === "again") return "again";
      if (state !== "more") return "over";
      lastRow = batch.rows.at(-1)?.row ?? lastRow;
      await crashPoint("progress-between-batches");
    }
    return "stopped";
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

async function runBatch(act: Act, id: string, lastRow: number, reading: Reading) {
  const { db, caller } = act;
  const work = await lockWork(db, caller.teamId, id);
  if (!work || work.finishedAt) return "over";
  const found = await lockImport(db, caller.teamId, id);
  if (!found) return "over";
  if (found.lastRow !== lastRow) return "again";
  await takeBatch(act, found, work, reading);
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
