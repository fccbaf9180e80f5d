// The folder of one database in the archive: `wal/` has the segments, `bases/` the base backups. Every file is written under another
// name, brought to the disk and only then given its name. So a file with a right name was whole, also after a crash.

import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import { putDurably } from "../embedded/durable-file.ts";
import { codeOf } from "../embedded/errors.ts";
import { syncFolder } from "../embedded/places.ts";
import { type ArchivedSegment, archivedName, folderOfSegment, readArchivedName } from "./names.ts";
import { DifferentSegment } from "./refusals.ts";

export type ArchiveFolder = { root: string; wal: string; bases: string };

export const zstdOptions = {
  params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
};

/** `systemId`: the number that PostgreSQL gave the database when it was created, so that several databases can use one folder. */
export function archiveFolder(folder: string, systemId: string): ArchiveFolder {
  return archiveAt(join(folder, `cadenza-${systemId}`));
}

export function archiveAt(root: string): ArchiveFolder {
  return { root, wal: join(root, "wal"), bases: join(root, "bases") };
}

/** The names of all databases that are archived in this folder. */
export async function archivesIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => /^cadenza-\d+$/.test(name)).sort();
}

export async function createArchive({ wal, bases }: ArchiveFolder) {
  for (const folder of [wal, bases]) await mkdir(folder, { recursive: true, mode: 0o700 });
}

export async function listSegments({ wal }: ArchiveFolder): Promise<ArchivedSegment[]> {
  const folders = (await namesIn(wal)).filter((name) => /^[0-9A-F]{16}$/.test(name));
  const found = await Promise.all(folders.map((folder) => segmentsIn(wal, folder)));
  return found.flat();
}

async function segmentsIn(wal: string, folder: string) {
  const names = await namesIn(join(wal, folder));
  return names.flatMap((file) => readArchivedName(folder, file) ?? []);
}

/** The files of one segment: it may have a complete one, partial ones, or both. */
export async function filesOfSegment({ wal }: ArchiveFolder, name: string) {
  return (await segmentsIn(wal, folderOfSegment(name))).filter((one) => one.name === name);
}

/**
 * PostgreSQL asks of an archive: a segment that is there already with the same content was archived, and one with another content is
 * never replaced.
 */
export async function putSegment(
  archive: ArchiveFolder,
  name: string,
  until: Temporal.Instant,
  content: Buffer,
) {
  const there = await filesOfSegment(archive, name);
  const complete = there.find(({ isPartial }) => !isPartial);
  if (complete) {
    if (!(await readSegment(archive, complete)).equals(content)) throw new DifferentSegment(complete.path);
  } else await putCompressed(archive, name, archivedName(name, until, false), content);
  for (const { path, isPartial } of there) if (isPartial) await rm(join(archive.wal, path), { force: true });
}

/** The beginning of a segment. It replaces a shorter one. */
export async function putPartial(
  archive: ArchiveFolder,
  name: string,
  until: Temporal.Instant,
  content: Buffer,
) {
  const file = archivedName(name, until, true);
  await putCompressed(archive, name, file, content);
  for (const { path, isPartial } of await filesOfSegment(archive, name))
    if (isPartial && !path.endsWith(`/${file}`)) await rm(join(archive.wal, path), { force: true });
}

/** Nothing was written since: the same file now reaches up to a later time. False where it is gone. */
export async function prolongPartial(archive: ArchiveFolder, name: string, until: Temporal.Instant) {
  const partial = (await filesOfSegment(archive, name)).find(({ isPartial }) => isPartial);
  if (!partial) return false;
  const folder = join(archive.wal, folderOfSegment(name));
  await rename(join(archive.wal, partial.path), join(folder, archivedName(name, until, true)));
  await syncFolder(folder);
  return true;
}

async function putCompressed({ wal }: ArchiveFolder, name: string, file: string, content: Buffer) {
  const folder = join(wal, folderOfSegment(name));
  if ((await mkdir(folder, { mode: 0o700 }).catch(thereAlready)) !== "there") await syncFolder(wal);
  await putDurably(join(folder, file), await promisify(zstdCompress)(content, zstdOptions));
}

function thereAlready(error: unknown) {
  if (codeOf(error) !== "EEXIST") throw error;
  return "there" as const;
}

/** Fails where one byte of the file was changed: the compression has a checksum. */
export async function readSegment({ wal }: ArchiveFolder, { path }: Pick<ArchivedSegment, "path">) {
  const handle = await open(join(wal, path), "r");
  try {
    return await promisify(zstdDecompress)(await handle.readFile());
  } finally {
    await handle.close();
  }
}

/** None where the folder is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}
