// The files of a base backup as one compressed tar file: written while the cluster is in use, and read back.

import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress, createZstdDecompress } from "node:zlib";
import { codeOf } from "../embedded/errors.ts";
import { zstdOptions } from "./archive-folder.ts";
import type { Manifest } from "./catalogue.ts";
import { filesOf } from "./cluster-files.ts";
import { DamagedBase } from "./refusals.ts";
import { NotOurTar, readTar, type TarEntry, tarEnd, tarHeader, tarPadding } from "./tar.ts";

const PIECE_BYTES = 1 << 20;

type Written = Pick<Manifest, "files" | "bytes" | "tar_bytes" | "sha256">;

/** `end` ends the backup once all files are copied, and answers the content of its `backup_label`. */
export async function writeData(
  cluster: string,
  path: string,
  end: () => Promise<Buffer>,
  stopping?: AbortSignal,
): Promise<Written> {
  const counted = { files: 0, bytes: 0 };
  async function* contents(): AsyncGenerator<Buffer> {
    for await (const file of filesOf(cluster)) {
      stopping?.throwIfAborted();
      if (file.isFolder) yield tarHeader(file);
      else yield* entryOf(join(cluster, file.name), file, counted, stopping);
    }
    const label = await end();
    counted.files += 1;
    counted.bytes += label.length;
    yield tarHeader({ name: "backup_label", size: label.length, isFolder: false });
    yield Buffer.concat([label, tarPadding(label.length), tarEnd()]);
  }
  const sum = createHash("sha256");
  const handle = await open(path, "wx", 0o600);
  try {
    const compressing = createZstdCompress(zstdOptions);
    await pipeline(Readable.from(contents(), { objectMode: true }), compressing, (packed) =>
      writeTo(handle, sum, packed as AsyncIterable<Buffer>),
    );
    await handle.sync();
    return { ...counted, tar_bytes: (await handle.stat()).size, sha256: sum.digest("hex") };
  } finally {
    await handle.close();
  }
}

async function writeTo(handle: FileHandle, sum: Hash, packed: AsyncIterable<Buffer>) {
  for await (const piece of packed) {
    sum.update(piece);
    await handle.appendFile(piece);
  }
}

/** Exactly as long as it was found: what grows meanwhile is in the WAL, and so is what a shorter file had. */
async function* entryOf(
  path: string,
  entry: TarEntry,
  counted: { files: number; bytes: number },
  stopping: AbortSignal | undefined,
) {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return; // dropped meanwhile
    throw new Error(`${path} cannot be read (${codeOf(error)}).`);
  }
  try {
    yield tarHeader(entry);
    let done = 0;
    while (done < entry.size) {
      stopping?.throwIfAborted();
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, entry.size - done));
      const { bytesRead } = await handle.read(piece, 0, piece.length, done);
      if (bytesRead === 0) {
        yield piece; // zeros, where the file became shorter
        done += piece.length;
        continue;
      }
      yield piece.subarray(0, bytesRead);
      done += bytesRead;
    }
    yield tarPadding(entry.size);
    counted.files += 1;
    counted.bytes += entry.size;
  } finally {
    await handle.close();
  }
}

/** Read from the disk as a recovery reads it. Every piece of the content goes to `unpack`. */
export async function verifyData(
  path: string,
  expected: Pick<Manifest, "files" | "bytes" | "sha256">,
  unpack: Parameters<typeof readTar>[1] = async () => ({ write: async () => {}, end: async () => {} }),
) {
  const sum = createHash("sha256");
  const counted = { files: 0, bytes: 0 };
  let isWhole = false;
  const damaged = (why: string) => new DamagedBase(`The base backup ${path} is damaged: ${why}.`);
  try {
    await pipeline(
      createReadStream(path, { highWaterMark: PIECE_BYTES }),
      async function* (packed: AsyncIterable<Buffer>) {
        for await (const piece of packed) {
          sum.update(piece);
          yield piece;
        }
      },
      createZstdDecompress(),
      async (pieces: AsyncIterable<Buffer>) => {
        isWhole = await readTar(pieces, async (entry) => {
          if (!entry.isFolder) counted.files += 1;
          counted.bytes += entry.size;
          return unpack(entry);
        });
        for await (const _ of pieces); // to its end, so that its sum is that of the file
      },
    );
  } catch (error) {
    if (!/^Z(?:STD)?_/.test(codeOf(error)) && !(error instanceof NotOurTar)) throw error;
    throw damaged("it cannot be unpacked");
  }
  if (sum.digest("hex") !== expected.sha256) throw damaged("its content is not what was written");
  if (!isWhole || counted.files !== expected.files || counted.bytes !== expected.bytes)
    throw damaged("files are missing in it");
}
