// A backup as bytes: a line that says what it is, the contents packed, and at the end the sum of all before. A file that was
// torn or changed has no such end, and is known as such before anything is touched.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { Contents, SnapshotSink, SnapshotSource } from "./snapshot.ts";
import { CannotRestore } from "./snapshot-refusals.ts";

const MAGIC = Buffer.from("CADENZA-BACKUP-1\n");
const END = Buffer.from("\nCADENZA-BACKUP-END\n");
const SUM_BYTES = 32;

/** Each frame with its length before it; one of length zero ends a table. */
function frame(content: Buffer) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** `write` is waited for: nothing is read from the database faster than it goes out. */
export function backupWriter(
  write: (piece: Buffer) => Promise<void>,
): SnapshotSink & { finish(): Promise<void> } {
  const sum = createHash("sha256");
  const put = async (piece: Buffer) => {
    sum.update(piece);
    await write(piece);
  };
  const zip = createGzip({ level: 6 });
  const writing = (async () => {
    await put(MAGIC);
    for await (const piece of zip) await put(piece as Buffer);
    await write(Buffer.concat([sum.digest(), END]));
  })();
  writing.catch((error) => zip.destroy(error as Error));
  const pack = (content: Buffer) =>
    new Promise<void>((resolve, reject) => {
      zip.write(frame(content), (error) => (error ? reject(error) : resolve()));
    });
  return {
    contents: (contents) => pack(Buffer.from(JSON.stringify(contents))),
    piece: pack,
    endOfTable: () => pack(Buffer.alloc(0)),
    async finish() {
      zip.end();
      await writing;
    },
  };
}

/** Throws for what is no backup, or not a whole one. */
async function checkBackup(path: string) {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = SUM_BYTES + END.length;
    const head = Buffer.alloc(MAGIC.length);
    await file.read(head, 0, head.length, 0);
    if (!head.equals(MAGIC)) throw new CannotRestore("This file is not a backup of Cadenza.");
    const last = Buffer.alloc(tail);
    await file.read(last, 0, tail, Math.max(0, size - tail));
    const sum = createHash("sha256");
    for await (const piece of createReadStream(path, { end: Math.max(0, size - tail) - 1 }))
      sum.update(piece as Buffer);
    if (size < MAGIC.length + tail || !last.subarray(SUM_BYTES).equals(END)) throw torn();
    if (!sum.digest().equals(last.subarray(0, SUM_BYTES)))
      throw new CannotRestore("This backup was changed after it was made.");
    return { packedEnd: size - tail - 1 };
  } finally {
    await file.close();
  }
}

const torn = () => new CannotRestore("This backup is incomplete: its end is missing.");

export async function openBackup(path: string): Promise<SnapshotSource> {
  const { packedEnd } = await checkBackup(path);
  const packed = createReadStream(path, { start: MAGIC.length, end: packedEnd });
  const frames = framesIn(packed.pipe(createGunzip()));
  const first = await frames.next();
  if (first.done) throw torn();
  const contents = JSON.parse(first.value.toString()) as Contents;
  return {
    contents,
    async *piecesOfTable() {
      for (;;) {
        const next = await frames.next(); // not for-await, which would close what the next table is read from
        if (next.done) throw torn();
        if (next.value.length === 0) return;
        yield next.value;
      }
    },
  };
}

async function* framesIn(unpacked: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of unpacked) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    while (rest.length >= 4) {
      const end = 4 + rest.readUInt32BE(0);
      if (rest.length < end) break;
      yield rest.subarray(4, end);
      rest = rest.subarray(end);
    }
  }
}
