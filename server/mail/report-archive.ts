// The file within a report's attachment: as it is, compressed (gzip), or in a ZIP archive. Read with a limit from the first byte: a file
// that grows beyond it, or grows far more than reports do, is refused, and so is an archive within an archive.

import { gunzipSync, inflateRawSync } from "node:zlib";

const LARGEST = 48 * 1024 * 1024;
/** Reports shrink to a thirtieth. What shrinks far more is made to fill our memory. */
const MOST_RATIO = 250;
const SMALL = 1024 * 1024;
const MOST_ENTRIES = 20;

export class ArchiveFault extends Error {}

export function unpacked(bytes: Buffer): Buffer {
  if (isZip(bytes)) return plain(fromZip(bytes));
  if (isGzip(bytes)) return plain(inflated(bytes, gunzipSync));
  if (bytes.length > LARGEST) throw new ArchiveFault("too large");
  return bytes;
}

const isZip = (bytes: Buffer) => bytes.length > 4 && bytes.readUInt32LE(0) === LOCAL_FILE;
const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b;

function plain(bytes: Buffer) {
  if (isZip(bytes) || isGzip(bytes)) throw new ArchiveFault("an archive in an archive");
  return bytes;
}

function inflated(bytes: Buffer, inflate: typeof gunzipSync) {
  const most = Math.min(LARGEST, Math.max(SMALL, bytes.length * MOST_RATIO));
  try {
    return inflate(bytes, { maxOutputLength: most });
  } catch (error) {
    const isTooLarge = (error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE";
    throw new ArchiveFault(isTooLarge ? "too large" : "damaged");
  }
}

const LOCAL_FILE = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_END = 0x06054b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;

/** The only XML file in it. Names, sizes and places are as its directory at the end says, and are not believed. */
function fromZip(bytes: Buffer): Buffer {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw new ArchiveFault("too many files");
  let at = bytes.readUInt32LE(end + 16);
  const found: Buffer[] = [];
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new ArchiveFault("damaged");
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("latin1", at + 46, at + 46 + nameLength);
    if (/\.xml$/i.test(name)) found.push(fileAt(bytes, at));
    if (found.length > 1) throw new ArchiveFault("too many files");
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  const [file] = found;
  if (!file) throw new ArchiveFault("no XML file");
  return file;
}

function endOf(bytes: Buffer) {
  const least = Math.max(0, bytes.length - END_LENGTH - LONGEST_COMMENT);
  for (let at = bytes.length - END_LENGTH; at >= least; at--)
    if (bytes.readUInt32LE(at) === DIRECTORY_END) return at;
  throw new ArchiveFault("damaged");
}

function fileAt(bytes: Buffer, entry: number): Buffer {
  const isEncrypted = (bytes.readUInt16LE(entry + 8) & 1) === 1;
  const method = bytes.readUInt16LE(entry + 10);
  const size = bytes.readUInt32LE(entry + 20);
  const local = bytes.readUInt32LE(entry + 42);
  if (isEncrypted) throw new ArchiveFault("encrypted");
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL_FILE)
    throw new ArchiveFault("damaged");
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (from + size > bytes.length) throw new ArchiveFault("damaged");
  const data = bytes.subarray(from, from + size);
  if (method === STORED) return data;
  if (method !== DEFLATED) throw new ArchiveFault("damaged");
  return inflated(data, inflateRawSync);
}
