// Backups in the format of age (https://age-encryption.org/v1): written for public keys, read with the private keys of a file. A private
// key is used on this machine only; no server gets it.

import { createReadStream, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { EXIT, Unusable } from "./exits.ts";

type Pieces = AsyncIterable<Uint8Array>;

const HEAD = Buffer.from("age-encryption.org/v1\n");

/** Loaded only where it is used: its packages take a tenth of a second. */
const loadAge = () => import("age-encryption");

/** A key that is misspelt is refused before anything is asked of the server. */
export async function encryptionFor(recipients: readonly string[]): Promise<(plain: Pieces) => Pieces> {
  const { Encrypter } = await loadAge();
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new Unusable(badRecipient(recipient));
    }
  }
  return async function* encrypt(plain) {
    yield* await encrypter.encrypt(Readable.toWeb(Readable.from(plain)));
  };
}

function badRecipient(text: string) {
  if (/^AGE-SECRET-KEY-/i.test(text))
    return "--recipient takes a public key of age (age1…), and this is a private one.";
  return `--recipient takes public keys of age (age1…). This one is misspelt or incomplete: ${text}`;
}

/** The bytes of a backup, decrypted where it is encrypted, from the beginning each time. */
export async function plainBytes(file: string, identityFile: string | undefined): Promise<() => Pieces> {
  if (!(await isEncrypted(file))) return () => createReadStream(file);
  if (identityFile === undefined)
    throw new Unusable(`${file} is encrypted. Name the file with its private key: --identity <file>`);
  const identities = await readIdentities(identityFile);
  return () => decrypted(file, identityFile, identities);
}

async function isEncrypted(file: string) {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD.length), 0, HEAD.length, 0);
    return bytesRead === HEAD.length && buffer.equals(HEAD);
  } finally {
    await handle.close();
  }
}

/** As age-keygen writes them: one a line, and comments. */
async function readIdentities(file: string) {
  const { Decrypter } = await loadAge();
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  try {
    for (const line of lines) new Decrypter().addIdentity(line);
    if (lines.length > 0) return lines;
  } catch {}
  throw new Unusable(`${file} is not a file of private keys of age: each line must be AGE-SECRET-KEY-1…`);
}

async function* decrypted(file: string, identityFile: string, identities: readonly string[]) {
  const { Decrypter } = await loadAge();
  const decrypter = new Decrypter();
  let hasKey = true;
  for (const identity of identities) decrypter.addIdentity(identity);
  decrypter.addIdentity({
    unwrapFileKey() {
      hasKey = false; // it is asked last, after each of the others found nothing
      return null;
    },
  });
  const from = createReadStream(file);
  try {
    for await (const piece of await decrypter.decrypt(Readable.toWeb(from))) yield piece;
  } catch {
    if (from.errored) throw from.errored;
    if (!hasKey)
      throw new Unusable(
        `No key in ${identityFile} decrypts ${file}. Nothing was sent.`,
        "Use the private key of one of the recipients it was made for.",
        EXIT.refused,
      );
    throw damaged(file);
  } finally {
    from.destroy();
  }
}

export const damaged = (file: string) =>
  new Unusable(
    `${file} is not a complete backup: it is cut off or changed. Nothing was sent.`,
    null,
    EXIT.refused,
  );
