// Secrets at rest: AES-256-GCM, each bound to the team, table, row and column it belongs to, so a ciphertext copied
// to another place does not open there. The keys live in a file outside the database. The file may hold several: the
// first seals, all open. So a key can be changed while rows sealed with the old one are still being rewritten, and
// while any number of processes run. Each process looks at the file again when it seals, and when it meets a key that
// it does not know.
//
// Digests have a key of their own, which stays when the others are changed: some are of deleted addresses, so they
// could not be made anew. It lies sealed in the database.

import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { BadKeyFile, fingerprintOf, type Key, readKeys, versionOf } from "./key-file.ts";

export { BadKeyFile } from "./key-file.ts";

/** Where a secret lives. It opens nowhere else. */
export type SecretLocation = { teamId: string; table: string; rowId: string; column: string };

export type Secrets = {
  seal(place: SecretLocation, secret: string): Buffer;
  open(place: SecretLocation, sealed: Buffer): string;
  /** Recognizes a text without keeping it: from the digest alone the text cannot be guessed by trying. */
  digest(text: string): Buffer;
  isDigestOf(text: string, digest: Buffer): boolean;
  /**
   * A key for digests, sealed for its place: a new random one, or, where digests were made before there was such a
   * key, what they were made with.
   */
  newDigestKey(place: SecretLocation, hasDigests: boolean): Buffer;
  /** From then on digests are made with it. */
  useDigestKey(place: SecretLocation, sealed: Buffer): void;
  /** Names the current key without telling it. */
  readonly fingerprint: Buffer;
  /** The current key's name, as every sealed value carries it. */
  readonly keyId: string;
  /** Whether a key of this fingerprint is among ours. */
  knows(fingerprint: Buffer): boolean;
};

/** It was changed in the database, or copied there from another place. */
export class UnreadableSecret extends Error {
  constructor({ table, rowId, column }: SecretLocation, options: ErrorOptions) {
    super(
      `${table}.${column} of ${rowId} does not open: it was changed, or copied from another place.`,
      options,
    );
  }
}

const VERSION = 1;
/** An email asks for the digest of its address three times, and of its company's domain as often. */
const MOST_RECENT = 2_000;

/** Reads the key file; makes it where `mayCreate`, because nothing has been sealed yet. */
export function openSecrets(file: string, mayCreate: boolean): Secrets {
  const ring = openRing(file, mayCreate);
  let digestKey: Buffer | null = null;
  const recent = new Map<string, Buffer>();
  const digest = (text: string) => {
    const known = recent.get(text);
    if (known) return known;
    if (!digestKey) throw new Error("digests are asked for before their key is known");
    if (recent.size >= MOST_RECENT) recent.clear();
    const made = createHmac("sha256", digestKey).update(`digest\0${text}`).digest();
    recent.set(text, made);
    return made;
  };
  const secrets: Secrets = {
    get fingerprint() {
      return fingerprintOf(ring.current());
    },
    get keyId() {
      return ring.current().id;
    },
    knows: (fingerprint) => ring.some((key) => fingerprintOf(key).equals(fingerprint)),
    digest,
    isDigestOf: (text, known) => known.length === 32 && timingSafeEqual(digest(text), known),
    newDigestKey: (place, hasDigests) =>
      secrets.seal(place, (hasDigests ? ring.current().bytes : randomBytes(32)).toString("base64")),
    useDigestKey(place, sealed) {
      digestKey = Buffer.from(secrets.open(place, sealed), "base64");
      recent.clear();
    },

    seal(place, secret) {
      const key = ring.current();
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce).setAAD(boundTo(place));
      const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([
        Buffer.from([VERSION]),
        Buffer.from(key.id, "hex"),
        nonce,
        cipher.getAuthTag(),
        body,
      ]);
    },

    open(place, sealed) {
      const id = sealed.toString("hex", 1, 5);
      const key = sealed[0] === VERSION ? ring.named(id) : undefined;
      if (!key)
        throw new BadKeyFile(`The key ${id} is missing in the key file, but a secret was encrypted with it.`);
      try {
        const decipher = createDecipheriv("aes-256-gcm", key.bytes, sealed.subarray(5, 17));
        decipher.setAAD(boundTo(place)).setAuthTag(sealed.subarray(17, 33));
        return Buffer.concat([decipher.update(sealed.subarray(33)), decipher.final()]).toString("utf8");
      } catch (error) {
        throw new UnreadableSecret(place, { cause: error });
      }
    },
  };
  return secrets;
}

/** The keys of a file, which another process may be changing. */
function openRing(file: string, mayCreate: boolean) {
  let keys = readKeys(file, mayCreate);
  let version = versionOf(file);
  // A file that cannot be read just now takes no keys away: they were good a moment ago.
  const refresh = () => {
    try {
      const seen = versionOf(file);
      if (seen === version) return;
      keys = readKeys(file);
      version = seen;
    } catch {}
  };
  const find = (id: string) => keys.find((key) => key.id === id);
  return {
    current() {
      refresh();
      return keys[0] as Key;
    },
    named(id: string) {
      const known = find(id);
      if (known) return known;
      refresh();
      return find(id);
    },
    some: (fits: (key: Key) => boolean) => keys.some(fits),
  };
}

function boundTo({ teamId, table, rowId, column }: SecretLocation) {
  return Buffer.from(JSON.stringify([teamId, table, rowId, column]));
}
