// The file that holds the keys: one a line, the first seals and all open. It is written whole under another name and
// then renamed into its place, so no reader ever sees half of it, whenever the machine goes down.

import { createHash, randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

export class BadKeyFile extends Error {}

export type Key = { id: string; bytes: Buffer };

const ABOUT =
  "# Cadenza's key. With this file and the database, mailbox passwords can be read. Keep it secret and back it up.\n";
const OLDER =
  "# Older keys, needed for older secrets and backups. Remove them with: cadenza rotate-key --forget\n";

/** Of all that it holds. Makes it where `mayCreate`, because nothing has been sealed yet. */
export function readKeys(file: string, mayCreate = false): Key[] {
  if (mayCreate) createIfMissing(file);
  let text: string;
  try {
    refuseLooseMode(file);
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES")
      throw new BadKeyFile(
        `This user may not read the key file ${file}. Run Cadenza as the user that owns it, or set CADENZA_KEY_FILE to another path.`,
      );
    if (code !== "ENOENT") throw error;
    throw new BadKeyFile(
      `The key file ${file} is missing, but this database has secrets encrypted with it. Put the file back, or set CADENZA_KEY_FILE to its path.`,
    );
  }
  const keys = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  if (keys.length === 0)
    throw new BadKeyFile(`The key file ${file} contains no key. Put the right file back.`);
  return keys.map((line) => readKey(file, line));
}

function readKey(file: string, line: string): Key {
  const [id = "", base64 = ""] = line.split(":");
  const bytes = Buffer.from(base64, "base64");
  if (!/^[0-9a-f]{8}$/.test(id) || bytes.length !== 32) {
    throw new BadKeyFile(
      `The key file ${file} has an invalid line. Each line must be <8 hex characters>:<32 bytes in base64>.`,
    );
  }
  return { id, bytes };
}

/** Something that changes whenever the file does. */
export function versionOf(file: string) {
  const { ino, mtimeMs, size } = statSync(file);
  return `${ino} ${mtimeMs} ${size}`;
}

/** Names a key without telling it. */
export function fingerprintOf({ bytes }: Key) {
  return createHash("sha256").update("cadenza key\0").update(bytes).digest().subarray(0, 16);
}

/** A new first key; those that were there stay, and open what they sealed. */
export function addKey(file: string): Key {
  const older = readKeys(file);
  const key = newKey();
  replace(file, [key, ...older]);
  return key;
}

/** Leaves the first, and answers how many are gone. */
export function forgetOlderKeys(file: string) {
  const [first, ...older] = readKeys(file);
  if (older.length > 0) replace(file, [first as Key]);
  return older.length;
}

function newKey(): Key {
  return { id: randomBytes(4).toString("hex"), bytes: randomBytes(32) };
}

function printed([first, ...older]: readonly Key[]) {
  const lines = (keys: readonly (Key | undefined)[]) =>
    keys.map((key) => key && `${key.id}:${key.bytes.toString("base64")}\n`).join("");
  return ABOUT + lines([first]) + (older.length > 0 ? OLDER + lines(older) : "");
}

// Windows has no such modes; there the folder's rights must do.
function refuseLooseMode(file: string) {
  if (process.platform === "win32") return;
  const mode = statSync(file).mode & 0o777;
  if (mode & 0o077) {
    throw new BadKeyFile(
      `The key file ${file} can be read by others (mode ${mode.toString(8)}). Run: chmod 600 "${file}"`,
    );
  }
}

/** Of two processes starting at once one makes the file, and neither ever reads half of it. */
function createIfMissing(file: string) {
  if (existsSync(file)) return;
  const draft = writeFirstDraft(file);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
}

function writeFirstDraft(file: string) {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return writeDraft(file, printed([newKey()]));
  } catch (error) {
    throw new BadKeyFile(
      `The key file ${file} cannot be created: ${WORDS[(error as NodeJS.ErrnoException).code ?? ""] ?? (error as Error).message}. ` +
        "Run Cadenza as the user that owns its folder, or set CADENZA_KEY_FILE to another path.",
    );
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: "this user may not write to its folder",
  EROFS: "its folder is on a read-only disk",
  ENOSPC: "the disk is full",
  ENOTDIR: "its folder is a file",
};

/** Whose file it was, it stays: an operator who is root may turn the key of a server that is not. */
function replace(file: string, keys: readonly Key[]) {
  const { uid, gid } = statSync(file);
  const draft = writeDraft(file, printed(keys));
  try {
    if (process.platform !== "win32" && uid !== process.getuid?.()) chownSync(draft, uid, gid);
    renameSync(draft, file);
  } catch (error) {
    unlinkSync(draft);
    throw error;
  }
  if (process.platform === "win32") return; // which cannot open a folder
  const folder = openSync(dirname(file), "r");
  fsyncSync(folder);
  closeSync(folder);
}

function writeDraft(file: string, text: string) {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = openSync(draft, "wx", 0o600);
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
  return draft;
}
