// A backup in the format of age (https://age-encryption.org/v1), for public keys of the operator. The server never has a private key, so
// it could not read back what it wrote. Therefore it keeps the key of that one file, in memory, until the file was read back.

import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { type BackupBytes, CHANGED } from "./backup-format.ts";
import { CannotRestore } from "./snapshot-refusals.ts";

export type Encryption = {
  write(piece: Buffer): Promise<void>;
  finish(): Promise<void>;
  fileKey: Uint8Array;
};

/** Loaded only where backups are encrypted: its packages take a tenth of a second. */
const loadAge = () => import("age-encryption");

/** The first that is no public key of age, or null. */
export async function findBadRecipient(recipients: readonly string[]): Promise<string | null> {
  const { Encrypter } = await loadAge();
  for (const recipient of recipients) {
    try {
      new Encrypter().addRecipient(recipient);
    } catch {
      return recipient; // misspelt: its checksum does not match, or it is no such key at all
    }
  }
  return null;
}

/** `write` is waited for, as in the writer of a backup. */
export async function encryptTo(
  recipients: readonly string[],
  write: (piece: Buffer) => Promise<void>,
): Promise<Encryption> {
  const { Encrypter } = await loadAge();
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  let fileKey = new Uint8Array();
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = Uint8Array.from(key);
      return []; // nothing of it is in the file
    },
  });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const encrypted = await encrypter.encrypt(readable);
  const writing = (async () => {
    for await (const piece of encrypted) await write(asBuffer(piece));
  })();
  writing.catch(() => {}); // it fails what is written next, too
  const input = writable.getWriter();
  return {
    write: (piece) => input.write(piece),
    async finish() {
      await input.close();
      await writing;
    },
    fileKey,
  };
}

/** What was encrypted. It fails at the first piece that is not as it was written. */
export function decrypted(path: string, fileKey: Uint8Array): BackupBytes {
  return async function* read() {
    const { Decrypter } = await loadAge();
    const decrypter = new Decrypter();
    decrypter.addIdentity({ unwrapFileKey: () => fileKey });
    const file = createReadStream(path);
    try {
      for await (const piece of await decrypter.decrypt(Readable.toWeb(file))) yield asBuffer(piece);
    } catch (error) {
      throw file.errored ?? new CannotRestore(CHANGED, { cause: error });
    } finally {
      file.destroy();
    }
  };
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength);
