// Lays a base backup and its WAL out as a data folder that PostgreSQL can recover. All WAL is put into its place beforehand, so
// PostgreSQL needs no program that fetches it, and a damaged segment is found before the recovery begins.

import { chmod, copyFile, type FileHandle, mkdir, open, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf, messageOf } from "../embedded/errors.ts";
import { preparePlaces, type ServerPlaces, syncFolder } from "../embedded/places.ts";
import { type ArchiveFolder, namesIn, readSegment } from "./archive-folder.ts";
import { verifyData } from "./base-data.ts";
import { BASE_FILES, type Span } from "./catalogue.ts";
import { type ArchivedSegment, SEGMENT_BYTES } from "./names.ts";
import { CannotRecover, DamagedBase } from "./refusals.ts";

/** What PostgreSQL itself needs beside the data. */
const SPARE_BYTES = 256 * 2 ** 20;
const MEGABYTE = 2 ** 20;
const NUMBER = new Intl.NumberFormat("en");

export async function layOut(
  archive: ArchiveFolder,
  { base }: Pick<Span, "base">,
  segments: readonly ArchivedSegment[],
  dataDir: string,
): Promise<ServerPlaces> {
  const places = preparePlaces(dataDir);
  await mkdir(places.cluster, { mode: 0o700 });
  const folder = join(archive.bases, base.name);
  const files = unpackingInto(places.cluster);
  await refuseLittleSpace(places.root, base.manifest.bytes + segments.length * SEGMENT_BYTES);
  try {
    await verifyData(join(folder, BASE_FILES.data), base.manifest, files.unpack);
    await copyFile(join(folder, BASE_FILES.credentials), places.credentials);
  } catch (error) {
    const isGone = codeOf(error) === "ENOENT" && messageOf(error).includes(folder);
    if (isGone) throw new DamagedBase(`The base backup ${folder} is damaged: files are missing in it.`);
    throw error;
  } finally {
    await files.close();
  }
  await chmod(places.credentials, 0o600);
  for (const one of segments) await layOutSegment(archive, one, join(places.cluster, "pg_wal"));
  for (const name of await namesIn(archive.wal))
    if (/^[0-9A-F]{8}\.history$/.test(name))
      await copyFile(join(archive.wal, name), join(places.cluster, "pg_wal", name));
  await writeFile(join(places.cluster, "recovery.signal"), "", { mode: 0o600 });
  await syncFolder(places.cluster);
  return places;
}

async function refuseLittleSpace(folder: string, needed: number) {
  const { bavail, bsize } = await statfs(folder);
  const [free, need] = [bavail * bsize, needed + SPARE_BYTES].map((bytes) => Math.ceil(bytes / MEGABYTE));
  if (free !== undefined && need !== undefined && free < need)
    throw new CannotRecover(
      `The recovery needs about ${NUMBER.format(need)} MB in ${dirname(folder)}, but only ${NUMBER.format(free)} MB are free there.`,
    );
}

/** `close` for where it ends in the middle of a file. */
function unpackingInto(cluster: string) {
  let handle: FileHandle | null = null;
  async function close() {
    await handle?.close();
    handle = null;
  }
  async function unpack({ name, isFolder }: { name: string; isFolder: boolean }) {
    const path = join(cluster, name);
    if (isFolder) await mkdir(path, { mode: 0o700, recursive: true });
    else handle = await open(path, "wx", 0o600);
    return { write: async (piece: Buffer) => handle?.appendFile(piece), end: close };
  }
  return { unpack, close };
}

/** Zeros at its end take no place on the disk. */
async function layOutSegment(archive: ArchiveFolder, segment: ArchivedSegment, folder: string) {
  const content = await readSegment(archive, segment).catch((error) => {
    if (codeOf(error) === "EIO") throw error;
    const why = codeOf(error) === "ENOENT" ? "is missing in the archive" : "is damaged";
    throw new CannotRecover(`The WAL file ${segment.path} ${why}, so this time cannot be recovered.`);
  });
  const isWhole = segment.isPartial ? content.length <= SEGMENT_BYTES : content.length === SEGMENT_BYTES;
  if (!isWhole)
    throw new CannotRecover(`The WAL file ${segment.path} is damaged, so this time cannot be recovered.`);
  const handle = await open(join(folder, segment.name), "wx", 0o600);
  try {
    await handle.writeFile(content.subarray(0, lengthWithoutZeros(content)));
    await handle.truncate(SEGMENT_BYTES);
  } finally {
    await handle.close();
  }
}

function lengthWithoutZeros(content: Buffer) {
  let length = content.length;
  while (length > 0 && content[length - 1] === 0) length -= 1;
  return length;
}
