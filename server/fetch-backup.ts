// `cadenza fetch-backup`: lists the backups in the bucket, or writes one into a file. It needs the settings of the bucket alone: no
// database and no running server, because it is for the day on which both are lost.

import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { EXIT } from "./cannot-start.ts";
import { openDatabaseClock } from "./clock.ts";
import { bucketSettings } from "./config.ts";
import { type Bucket, openBucket } from "./object-storage/bucket.ts";
import { StorageFailure } from "./object-storage/storage-failure.ts";
import { piecesOf } from "./object-storage/upload-file.ts";
import { openOutgoing } from "./outgoing/door.ts";
import { BadConfiguration } from "./setting-values.ts";

const BACKUP = /^cadenza-\w+-(\d{8}T\d{6}Z)\.backup(?:\.age)?$/;

type Found = { name: string; bytes: number };

const FLAGS = {
  newest: { type: "boolean" },
  name: { type: "string" },
  to: { type: "string" },
} as const;

async function main(args: readonly string[]) {
  const flags = readFlags(args);
  if (!flags) {
    console.error("Usage: cadenza fetch-backup [--newest | --name <name>] [--to <file>]");
    process.exitCode = EXIT.settings;
    return;
  }
  const settings = bucketSettings();
  if (!settings)
    throw new BadConfiguration(
      "CADENZA_BACKUP_S3_URL, CADENZA_BACKUP_S3_KEY_ID and CADENZA_BACKUP_S3_SECRET say which bucket has the backups.",
    );
  const { host, port } = settings;
  const outgoing = openOutgoing({ allowed: [{ host, port }], ownDatabase: [] });
  const waiting = (ms: number) => pause(ms);
  const bucket = openBucket(settings, { outgoing, now: openDatabaseClock().now, pause: waiting });
  const backups = (await bucket.list()).filter(({ name }) => BACKUP.test(name)).toSorted(newestFirst);
  if (!flags.newest && !flags.name) return list(bucket, backups);
  const found = flags.newest ? backups[0] : backups.find(({ name }) => name === flags.name);
  if (!found)
    throw new CannotFetch(`${bucket.address} has no backup${flags.newest ? "" : ` ${flags.name}`}.`);
  await write(bucket, found, resolve(flags.to ?? found.name));
}

function readFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS });
    return values.newest && values.name ? null : values;
  } catch {
    return null;
  }
}

/** By the time in the name, whichever installation made it. */
function newestFirst(a: Found, b: Found) {
  const timeOf = ({ name }: Found) => BACKUP.exec(name)?.[1] ?? "";
  return timeOf(a) < timeOf(b) ? 1 : -1;
}

function list({ address }: Bucket, backups: readonly Found[]) {
  console.log(backups.length === 0 ? `${address} has no backups.` : `Backups in ${address}, newest first:`);
  for (const { name, bytes } of backups) console.log(`  ${name}  ${bytes} bytes`);
}

/** A file of that name is not replaced, and one that was cut off never gets it. */
async function write(bucket: Bucket, { name, bytes }: Found, file: string) {
  for (const taken of [file, `${file}.part`])
    if (existsSync(taken)) throw new CannotFetch(`${taken} exists already. Delete it, or name another file.`);
  try {
    const place = createWriteStream(`${file}.part`, { flags: "wx", mode: 0o600 });
    await pipeline(Readable.from(piecesOf(bucket, { name, bytes })), place);
    await rename(`${file}.part`, file);
  } catch (error) {
    await rm(`${file}.part`, { force: true });
    throw error;
  }
  console.log(
    `${file}: ${bytes} bytes. Try it with cadenza backup verify, or restore it with cadenza restore.`,
  );
}

class CannotFetch extends Error {}

const WORDS: Record<string, (error: Error) => string> = {
  ENOSPC: () => "The disk is full.",
  ENOENT: ({ message }) => `The folder does not exist (${message}).`,
  EACCES: ({ message }) => `This user may not write there (${message}).`,
  EROFS: () => "The disk is read-only.",
};

main(process.argv.slice(2)).catch((error) => {
  const isTold = [BadConfiguration, CannotFetch, StorageFailure].some((kind) => error instanceof kind);
  const words = isTold ? error.message : WORDS[error.code]?.(error);
  console.error(words ? `\nNo backup was fetched. ${words}\n` : error);
  process.exitCode = error instanceof BadConfiguration ? EXIT.settings : EXIT.fault;
});
