// A backup as bytes: a line that says what it is, the contents packed, and at the end the sum of all before. A file that was
// torn or changed has no such end, and is known as such before anything is touched.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
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
  zip.on("error", () => {}); // told by what waits for it; without a listener it would end the process
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

/** All bytes of a backup, from its beginning each time. */
export type BackupBytes = () => AsyncIterable<Buffer>;

export const CHANGED = "This backup was changed after it was made.";
/** With this each file of age begins (https://age-encryption.org/v1). */
const AGE = Buffer.from("age-encryption.org/v1\n");

export const bytesOf =
  (path: string): BackupBytes =>
  () =>
    createReadStream(path);

/** Throws for what is no backup, or not a whole one. Answers where its contents end. */
async function checkBackup(read: BackupBytes) {
  const tailBytes = SUM_BYTES + END.length;
  const sum = createHash("sha256");
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = Buffer.alloc(0);
  let size = 0;
  for await (const piece of read()) {
    if (head.length < AGE.length) head = Buffer.concat([head, piece.subarray(0, AGE.length)]);
    size += piece.length;
    const all = Buffer.concat([tail, piece]);
    const certain = Math.max(0, all.length - tailBytes);
    sum.update(all.subarray(0, certain));
    tail = all.subarray(certain);
  }
  if (head.subarray(0, AGE.length).equals(AGE))
    throw new CannotRestore(
      "It is encrypted, and this server has no private key. Restore it with: cadenza restore <file> --identity <file of the private key>",
    );
  if (!head.subarray(0, MAGIC.length).equals(MAGIC))
    throw new CannotRestore("This file is not a backup of Cadenza.");
  if (size < MAGIC.length + tailBytes || !tail.subarray(SUM_BYTES).equals(END)) throw torn();
  if (!sum.digest().equals(tail.subarray(0, SUM_BYTES))) throw new CannotRestore(CHANGED);
  return size - tailBytes;
}

const torn = () => new CannotRestore("This backup is incomplete: its end is missing.");

export async function openBackup(read: BackupBytes): Promise<SnapshotSource> {
  const packedEnd = await checkBackup(read);
  const unpacked = createGunzip();
  pipeline(between(read(), MAGIC.length, packedEnd), unpacked, () => {}); // a failure destroys what is read below
  const frames = framesIn(unpacked);
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

/** Read to its end, so that what follows is checked too where the pieces are decrypted. */
async function* between(pieces: AsyncIterable<Buffer>, start: number, end: number) {
  let at = 0;
  for await (const piece of pieces) {
    const wanted = piece.subarray(Math.max(0, start - at), Math.max(0, end - at));
    at += piece.length;
    if (wanted.length > 0) yield wanted;
  }
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
