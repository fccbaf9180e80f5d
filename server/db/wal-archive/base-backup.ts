// A copy of the whole cluster while it is in use, by PostgreSQL's low level API: pg_backup_start, copy the files, pg_backup_stop. What
// changes meanwhile is put right by the WAL from the start to the stop, so a base counts only once that WAL is in the archive.

import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress, createZstdDecompress } from "node:zlib";
import type { Client } from "pg";
import { crashPoint } from "../../seams.ts";
import { putDurably } from "../embedded/durable-file.ts";
import { codeOf } from "../embedded/errors.ts";
import { syncFolder } from "../embedded/places.ts";
import { type ArchiveFolder, zstdOptions } from "./archive-folder.ts";
import type { Archived } from "./archive-wal.ts";
import { BASE_FILES, type Base, type Manifest } from "./catalogue.ts";
import { filesOf } from "./cluster-files.ts";
import { lsnOf, stampOf } from "./names.ts";
import { DamagedBase } from "./refusals.ts";
import { NotOurTar, readTar, type TarEntry, tarEnd, tarHeader, tarPadding } from "./tar.ts";

export type BaseSource = {
  /** A session of its own: PostgreSQL gives the backup up when it ends. */
  client: Client;
  cluster: string;
  credentials: string;
  archive: ArchiveFolder;
  /** Archives what is complete until now. */
  archiveNow(): Promise<Archived>;
};

export type BaseFacts = Pick<Manifest, "cadenza_version" | "key_fingerprint" | "system_id">;

const PART = /^\.base-.*\.part$/;
const PIECE_BYTES = 1 << 20;

export async function takeBase(source: BaseSource, facts: BaseFacts, stopping?: AbortSignal): Promise<Base> {
  const { archive, client } = source;
  await deletePartBases(archive);
  const started = await ask<{ at: string; lsn: string; name: string }>(
    client,
    `select clock_timestamp()::text as at, lsn::text as lsn, pg_walfile_name(lsn) as name
       from pg_backup_start('cadenza', true) as lsn`,
  );
  const startedAt = Temporal.Instant.from(started.at);
  const part = join(archive.bases, `.base-${stampOf(startedAt)}.part`);
  await mkdir(part, { mode: 0o700 });
  try {
    const written = await writeData(source, join(part, BASE_FILES.data), stopping);
    await crashPoint("base-before-check");
    await verifyData(join(part, BASE_FILES.data), written);
    const { stop, ...sizes } = written;
    // The next millisecond: every change confirmed by then is in the WAL that the base needs.
    const usableFrom = Temporal.Instant.from(stop.at).round({
      smallestUnit: "millisecond",
      roundingMode: "ceil",
    });
    const manifest: Manifest = {
      format: 1,
      ...facts,
      postgres_major: Number.parseInt(
        (await readFile(join(source.cluster, "PG_VERSION"), "utf8")).trim(),
        10,
      ),
      timeline: Number.parseInt(started.name.slice(0, 8), 16),
      start_lsn: started.lsn,
      stop_lsn: stop.lsn,
      started_at: startedAt.toString(),
      usable_from: usableFrom.toString(),
      ...sizes,
    };
    await putDurably(join(part, BASE_FILES.credentials), await readFile(source.credentials));
    await putDurably(join(part, BASE_FILES.manifest), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    if ((await source.archiveNow()).lsn < lsnOf(stop.lsn))
      throw new Error("The WAL of the base backup is not in the archive yet.");
    stopping?.throwIfAborted();
    const name = stampOf(usableFrom);
    await rename(part, join(archive.bases, name));
    await syncFolder(archive.bases);
    return { name, manifest };
  } finally {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** What killed processes left. Only while no other one works on this archive. */
async function deletePartBases({ bases }: ArchiveFolder) {
  for (const name of await readdir(bases))
    if (PART.test(name)) await rm(join(bases, name), { recursive: true, force: true });
}

type Written = Pick<Manifest, "files" | "bytes" | "tar_bytes" | "sha256"> & {
  stop: { at: string; lsn: string };
};

async function writeData(
  { client, cluster }: BaseSource,
  path: string,
  stopping?: AbortSignal,
): Promise<Written> {
  const counted = { files: 0, bytes: 0 };
  let stop = { at: "", lsn: "" };
  async function* contents(): AsyncGenerator<Buffer> {
    for await (const file of filesOf(cluster)) {
      stopping?.throwIfAborted();
      if (file.isFolder) yield tarHeader(file);
      else yield* entryOf(join(cluster, file.name), file, counted, stopping);
    }
    const stopped = await ask<{ at: string; lsn: string; label: string }>(
      client,
      `select lsn::text as lsn, labelfile as label, clock_timestamp()::text as at from pg_backup_stop(false)`,
    );
    stop = { at: stopped.at, lsn: stopped.lsn };
    const label = Buffer.from(stopped.label);
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
    return { ...counted, tar_bytes: (await handle.stat()).size, sha256: sum.digest("hex"), stop };
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

async function ask<T extends Record<string, string>>(client: Client, sql: string): Promise<T> {
  const { rows } = await client.query<T>(sql);
  if (!rows[0]) throw new Error("PostgreSQL gave no answer to the base backup");
  return rows[0];
}
