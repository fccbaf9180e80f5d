// Secrets at rest: AES-256-GCM, each bound to the team, table, row and column it belongs to, so a
// ciphertext copied to another place does not open there. The keys live in a file outside the
// database. The file may hold several: the first seals, all open, so a key can be changed while
// rows sealed with the old one are still being rewritten.

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** Where a secret lives. It opens nowhere else. */
export type Place = { teamId: string; table: string; rowId: string; column: string };

export type Secrets = {
  seal(place: Place, secret: string): Buffer;
  open(place: Place, sealed: Buffer): string;
  /** Recognizes a text without keeping it: whoever has the digest alone cannot try out what it might be of. */
  digest(text: string): Buffer;
  isDigestOf(text: string, digest: Buffer): boolean;
  /** Names the current key without telling it. */
  fingerprint: Buffer;
  /** Whether a key of this fingerprint is among ours. */
  knows(fingerprint: Buffer): boolean;
};

export class BadKeyFile extends Error {}

type Key = { id: string; bytes: Buffer };

const VERSION = 1;

/** Reads the key file; makes it where `mayCreate`, because nothing has been sealed yet. */
export function openSecrets(file: string, mayCreate: boolean): Secrets {
  const keys = readKeys(file, mayCreate);
  const current = keys[0] as Key;
  return {
    fingerprint: fingerprintOf(current),
    digest: (text) => digestWith(current, text),
    isDigestOf: (text, digest) =>
      keys.some((key) => digest.length === 32 && timingSafeEqual(digestWith(key, text), digest)),
    knows: (fingerprint) => keys.some((key) => fingerprintOf(key).equals(fingerprint)),

    seal(place, secret) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", current.bytes, nonce).setAAD(boundTo(place));
      const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([
        Buffer.from([VERSION]),
        Buffer.from(current.id, "hex"),
        nonce,
        cipher.getAuthTag(),
        body,
      ]);
    },

    open(place, sealed) {
      const id = sealed.toString("hex", 1, 5);
      const key = sealed[0] === VERSION ? keys.find((candidate) => candidate.id === id) : undefined;
      if (!key) throw new BadKeyFile(`The key file has no key ${id}; a secret was sealed with it.`);
      const decipher = createDecipheriv("aes-256-gcm", key.bytes, sealed.subarray(5, 17));
      decipher.setAAD(boundTo(place)).setAuthTag(sealed.subarray(17, 33));
      return Buffer.concat([decipher.update(sealed.subarray(33)), decipher.final()]).toString("utf8");
    },
  };
}

function digestWith({ bytes }: Key, text: string) {
  return createHmac("sha256", bytes).update("digest\0").update(text).digest();
}

function fingerprintOf({ bytes }: Key) {
  return createHash("sha256").update("cadenza key\0").update(bytes).digest().subarray(0, 16);
}

function boundTo({ teamId, table, rowId, column }: Place) {
  return Buffer.from(JSON.stringify([teamId, table, rowId, column]));
}

function readKeys(file: string, mayCreate: boolean): Key[] {
  if (mayCreate) createIfMissing(file);
  let text: string;
  try {
    refuseLooseMode(file);
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new BadKeyFile(
      `The key file ${file} is missing, but this database holds secrets sealed with it. Put the file back, or set CADENZA_KEY_FILE to where it is.`,
    );
  }
  const keys = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  if (keys.length === 0) throw new BadKeyFile(`The key file ${file} holds no key.`);
  return keys.map((line) => readKey(file, line));
}

function readKey(file: string, line: string): Key {
  const [id = "", base64 = ""] = line.split(":");
  const bytes = Buffer.from(base64, "base64");
  if (!/^[0-9a-f]{8}$/.test(id) || bytes.length !== 32) {
    throw new BadKeyFile(
      `The key file ${file} has a line that is not <8 hex characters>:<32 bytes in base64>.`,
    );
  }
  return { id, bytes };
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

// Written whole under another name and then linked into place: of two processes starting at once
// one makes the file, and neither ever reads half of it.
function createIfMissing(file: string) {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const line = `${randomBytes(4).toString("hex")}:${randomBytes(32).toString("base64")}\n`;
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = openSync(draft, "wx", 0o600);
  writeSync(
    handle,
    `# Cadenza's key. Whoever has it and the database can read mailbox passwords. Back it up.\n${line}`,
  );
  fsyncSync(handle);
  closeSync(handle);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
}
