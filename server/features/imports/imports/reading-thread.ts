// Run in a thread of its own by apart.ts: files of strangers are read and understood here, and nowhere else. One that never
// ends, or needs all memory, ends this thread, and the server goes on.

import { serialize } from "node:v8";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type Record as FileRow, type ImportFile, inspect, recordsInFile } from "./reading.ts";
import type { FromThread, RowsAsked, ToThread } from "./run-in-worker.ts";
import { codesOf, judged, understood } from "./understanding.ts";
import { FileUnreadable } from "./unreadable.ts";

const port = parentPort as MessagePort;
/** Says from outside that the modules are loaded and work has begun. */
const place = new Int32Array((workerData as { place: SharedArrayBuffer }).place);
/** Of a batch, before it is handed over though it has fewer rows: a cell may be a megabyte. */
const MOST_CHARACTERS = 8_000_000;

let readings = 0;
let onPiece: ((piece: Uint8Array | null) => void) | null = null;
let onMore: (() => void) | null = null;

port.on("message", (said: ToThread) => {
  if ("piece" in said) {
    if (said.reading === readings) onPiece?.(said.piece);
  } else if ("more" in said) onMore?.();
  else {
    Atomics.store(place, 0, 0);
    void answer(said);
  }
});

const say = (message: FromThread) => port.postMessage(message);

async function answer(asked: Exclude<ToThread, { piece: unknown } | { more: true }>) {
  try {
    if (asked.task === "inspect")
      return say({
        inspected: judged(await inspect(sourceOf(asked.size), asked.said, asked.isPart), asked.kind),
      });
    if (asked.task === "codes") return say({ codes: codesOf(asked) });
    for await (const rows of batchesOf(asked)) {
      const more = new Promise<void>((resolve) => {
        onMore = resolve;
      });
      say({ reading: serialize(rows), lastRow: rows.lastRow });
      await more;
    }
    say({ isOver: true });
  } catch (error) {
    if (error instanceof FileUnreadable) say({ refused: { code: error.code, facts: error.facts } });
    else say({ thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** The file, piece by piece from the server; begun anew as often as it is read. */
function sourceOf(size: number): ImportFile {
  return {
    size,
    async *pieces() {
      const reading = ++readings;
      for (;;) {
        const given = new Promise<Uint8Array | null>((resolve) => {
          onPiece = resolve;
        });
        say({ wants: reading });
        const piece = await given;
        if (piece === null) return;
        yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      }
    },
  };
}

/** Behind the header and the rows that are done. */
async function* batchesOf({ size, manner, known, about, lastRow, batchSize, withNames }: RowsAsked) {
  let header: string[] | null = null;
  let batch: FileRow[] = [];
  let characters = 0;
  const close = () => {
    const rows = understood(about, header ?? [], batch, withNames);
    batch = [];
    characters = 0;
    return rows;
  };
  for await (const record of recordsInFile(sourceOf(size), manner, { known: [...known] })) {
    if (!header) {
      header = record.cells;
      continue;
    }
    if (record.row <= lastRow) continue;
    batch.push(record);
    for (const cell of record.cells) characters += cell.length;
    if (batch.length === batchSize || characters > MOST_CHARACTERS) yield close();
  }
  if (batch.length > 0) yield close();
}
