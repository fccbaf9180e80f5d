// A backup as a file in a folder: written under another name, read back as a restore would read it, and only then called a backup. So each
// file with the name of a backup was whole once, also where a process was killed or the power failed.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { crashPoint } from "../seams.ts";
import { decrypted, encryptTo } from "./backup-encryption.ts";
import { backupWriter, bytesOf, openBackup } from "./backup-format.ts";
import type { ConnectionOptions } from "./connect.ts";
import { writeSnapshot } from "./snapshot.ts";

/** `of`: the installation. A file bears it in its name, so that two of them in one folder never delete each other's. */
export type BackupFolder = { path: string; of: string };

/** `recipients`: the public keys for which it is encrypted; without one it is not. */
type Made = { at: Temporal.Instant; version: string | undefined; recipients: readonly string[] };

/** Of the file as it lies on the disk. `fileKey`: it is encrypted with it. */
type Written = { bytes: number; sha256: string; fileKey?: Uint8Array };

/** The message is a sentence for the operator. */
export class BadBackupFile extends Error {}

const stampOf = (at: Temporal.Instant) => at.toString({ smallestUnit: "second" }).replace(/[-:]/g, "");
const backupFileAt = (of: string, at: Temporal.Instant) => `cadenza-${of}-${stampOf(at)}.backup`;
const ENCRYPTED = ".age";
const partAt = (of: string, at: Temporal.Instant) => `.cadenza-${of}-${stampOf(at)}.part`;

const NAME = /^cadenza-(\w+)-(\d{8}T\d{6}Z)\.backup(?:\.age)?$/;
const PART = /^\.cadenza-(\w+)-\d{8}T\d{6}Z\.part$/;

/** Ends early, and leaves nothing, where the process is to stop. */
export async function writeBackupFile(
  owner: ConnectionOptions,
  { path: folder, of }: BackupFolder,
  made: Made,
  stopping?: AbortSignal,
): Promise<{ file: string; bytes: number; sha256: string }> {
  const plain = backupFileAt(of, made.at);
  const file = made.recipients.length > 0 ? plain + ENCRYPTED : plain;
  const part = join(folder, partAt(of, made.at));
  for (const name of [plain, plain + ENCRYPTED]) await refuseTaken(folder, name);
  try {
    const written = await writePart(owner, part, made, stopping);
    await crashPoint("backup-before-check");
    await verifyBackupFile(part, written);
    stopping?.throwIfAborted();
    await rename(part, join(folder, file));
    await syncFolder(folder);
    return { file, bytes: written.bytes, sha256: written.sha256 };
  } finally {
    await rm(part, { force: true });
  }
}

async function refuseTaken(folder: string, file: string) {
  const isTaken = await access(join(folder, file)).then(
    () => true,
    () => false,
  );
  if (isTaken) throw new BadBackupFile(`The file ${file} exists already.`);
}

async function writePart(
  owner: ConnectionOptions,
  part: string,
  { at, version, recipients }: Made,
  stopping?: AbortSignal,
): Promise<Written> {
  const sum = createHash("sha256");
  let bytes = 0;
  let failure: unknown; // what comes after it tells less
  const handle = await open(part, "wx", 0o600);
  try {
    const put = async (piece: Buffer) => {
      try {
        stopping?.throwIfAborted();
        await handle.appendFile(piece);
      } catch (error) {
        failure ??= error;
        throw error;
      }
      sum.update(piece);
      bytes += piece.length;
    };
    const encryption = recipients.length > 0 ? await encryptTo(recipients, put) : null;
    const writer = backupWriter(encryption?.write ?? put);
    await writeSnapshot(owner, { at: at.toString(), version }, writer);
    await writer.finish();
    await encryption?.finish();
    await handle.sync();
    return { bytes, sha256: sum.digest("hex"), ...(encryption && { fileKey: encryption.fileKey }) };
  } catch (error) {
    throw failure ?? error;
  } finally {
    await handle.close();
  }
}

/** Read from the disk as a whole: its length and sum, and every row as a restore reads it. */
export async function verifyBackupFile(path: string, written: Written) {
  const sum = createHash("sha256");
  let bytes = 0;
  for await (const piece of createReadStream(path)) {
    sum.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  if (bytes !== written.bytes)
    throw new BadBackupFile(`The file has ${bytes} bytes, but ${written.bytes} were written.`);
  if (sum.digest("hex") !== written.sha256)
    throw new BadBackupFile("The file does not hold what was written to it.");
  const source = await openBackup(written.fileKey ? decrypted(path, written.fileKey) : bytesOf(path));
  for (const _ of source.contents.tables) for await (const _ of source.piecesOfTable());
}

/** The name of a file lasts once its folder is on the disk too. */
async function syncFolder(folder: string) {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Only those that bear the exact name of a backup of this installation. */
export async function listBackupFiles({
  path,
  of,
}: BackupFolder): Promise<{ file: string; at: Temporal.Instant }[]> {
  return (await readdir(path)).flatMap((file) => {
    const at = timeOfBackup(file, of);
    return at ? [{ file, at }] : [];
  });
}

/** Null: not the exact name of a backup of this installation. */
export function timeOfBackup(file: string, of: string): Temporal.Instant | null {
  const [, whose, stamp] = NAME.exec(file) ?? [];
  return whose === of ? timeIn(stamp) : null;
}

function timeIn(stamp: string | undefined) {
  if (!stamp) return null;
  try {
    return Temporal.Instant.from(stamp);
  } catch {
    return null; // a thirteenth month: not a file of ours
  }
}

export async function deleteBackupFile({ path }: BackupFolder, file: string) {
  await rm(join(path, file), { force: true });
}

/** What killed processes left. Only while no other process of the installation writes. */
export async function deleteParts({ path, of }: BackupFolder) {
  const parts = (await readdir(path)).filter((name) => PART.exec(name)?.[1] === of);
  for (const name of parts) await rm(join(path, name), { force: true });
}
