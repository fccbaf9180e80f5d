// Copies a file into a bucket, and reads the copy back: its length and its SHA-256. Only then it is a copy. What does not hold the same
// bytes is deleted again, so that an object with the name of a backup is whole.

import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { crashPoint } from "../seams.ts";
import type { Bucket } from "./bucket.ts";
import { StorageFailure } from "./storage-failure.ts";

/** What the file was when it was checked on the disk. */
export type CheckedFile = { path: string; name: string; bytes: number; sha256: string };

const MIB = 1024 * 1024;
/** All parts but the last have one size, as some storages require. */
const LEAST_PART = 16 * MIB;
const MOST_PARTS = 10_000;
/** Read in pieces of this size, however large the parts were. */
const PIECE = 16 * MIB;
const PART_MS = 900_000;

/** So that the largest backup fits in the parts that S3 allows. A part is held in memory. */
export function partSizeOf(bytes: number) {
  return Math.max(LEAST_PART, Math.ceil(bytes / MOST_PARTS / MIB) * MIB);
}

export async function copyIntoBucket(bucket: Bucket, file: CheckedFile, stopping?: AbortSignal) {
  const before = await bucket.lengthOf(file.name, stopping);
  if (before === file.bytes && (await isSame(bucket, file, stopping))) return; // killed after it had uploaded the file
  await upload(bucket, file, stopping);
  const found = await bucket.lengthOf(file.name, stopping);
  if (found !== file.bytes) {
    await dropObject(bucket, file.name);
    const held = found === null ? "does not have the file" : `has ${found} bytes of it`;
    throw new StorageFailure(
      "wrong_length",
      `After the upload the storage ${held}; the file has ${file.bytes}.`,
    );
  }
  if (await isSame(bucket, file, stopping)) return;
  await dropObject(bucket, file.name);
  throw new StorageFailure("wrong_bytes", "The copy was read back and does not hold the bytes of the file.");
}

async function upload(bucket: Bucket, file: CheckedFile, stopping?: AbortSignal) {
  const handle = await open(file.path, "r");
  try {
    await uploadParts(bucket, file, handle, stopping);
  } finally {
    await handle.close();
  }
}

async function uploadParts(bucket: Bucket, file: CheckedFile, handle: FileHandle, stopping?: AbortSignal) {
  const { name, bytes, sha256 } = file;
  if ((await handle.stat()).size !== bytes) throw changed();
  const uploadId = await bucket.beginUpload(name, stopping);
  try {
    const size = partSizeOf(bytes);
    const sum = createHash("sha256");
    const etags: string[] = [];
    for (let from = 0; from < bytes; from += size) {
      const part = await readAt(handle, from, Math.min(size, bytes - from));
      sum.update(part);
      const place = { name, uploadId, number: etags.length + 1 };
      etags.push(await bucket.putPart(place, part, { longestMs: PART_MS, stopping }));
      await crashPoint("copy-between-parts");
    }
    if (sum.digest("hex") !== sha256) throw changed();
    await complete(bucket, file, uploadId, etags);
  } catch (error) {
    await bucket.abortUpload(name, uploadId).catch(() => {}); // or the next copy does it
    throw error;
  }
  await crashPoint("copy-before-check");
}

/** The answer may be lost after the storage has put the parts together. */
async function complete(bucket: Bucket, { name, bytes }: CheckedFile, uploadId: string, etags: string[]) {
  try {
    await bucket.completeUpload(name, uploadId, etags);
  } catch (error) {
    const isThere = (await bucket.lengthOf(name).catch(() => null)) === bytes;
    if (!isThere) throw error;
  }
}

async function readAt(handle: FileHandle, from: number, length: number) {
  const part = Buffer.allocUnsafe(length);
  for (let had = 0; had < length; ) {
    const { bytesRead } = await handle.read(part, had, length - had, from + had);
    if (bytesRead === 0) throw changed();
    had += bytesRead;
  }
  return part;
}

async function isSame(bucket: Bucket, { name, bytes, sha256 }: CheckedFile, stopping?: AbortSignal) {
  const sum = createHash("sha256");
  for await (const piece of piecesOf(bucket, { name, bytes }, stopping)) sum.update(piece);
  return sum.digest("hex") === sha256;
}

/** An object in pieces that fit into memory. */
export async function* piecesOf(
  bucket: Bucket,
  { name, bytes }: { name: string; bytes: number },
  stopping?: AbortSignal,
) {
  for (let from = 0; from < bytes; from += PIECE) {
    const to = Math.min(from + PIECE, bytes);
    const piece = await bucket.readRange(name, from, to, stopping);
    if (piece.length !== to - from)
      throw new StorageFailure("wrong_length", `The storage sent ${piece.length} of ${to - from} bytes.`);
    yield piece;
  }
}

async function dropObject(bucket: Bucket, name: string) {
  await bucket.delete(name).catch(() => {}); // the next copy replaces it
}

function changed() {
  return new StorageFailure(
    "changed_file",
    "The file in the backup folder was changed after it was checked.",
  );
}
