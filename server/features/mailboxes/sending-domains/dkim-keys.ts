// Keys that mails are signed with, and what the DNS has to say of them.

import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { KeyType } from "../../../domain/contacts/sending-domain.ts";

export type DkimPair = { type: KeyType; privateKey: string; publicKey: string };

const generate = promisify(generateKeyPair);
const RSA_BITS = 2048; // longer records do not fit into one answer of many name servers
const FEWEST_BITS = 1024; // receivers take shorter ones for none (RFC 8301)
const MOST_BITS = 4096;

export async function newPair(type: KeyType): Promise<DkimPair> {
  const { privateKey } =
    type === "rsa" ? await generate("rsa", { modulusLength: RSA_BITS }) : await generate("ed25519");
  return pairOf(privateKey, type);
}

/** Null where it is no key that mails can be signed with. */
export function readPair(pem: string): DkimPair | null {
  try {
    const key = createPrivateKey(pem);
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
    if (type === "ed25519") return pairOf(key, type);
    const bits = details?.modulusLength ?? 0;
    return type === "rsa" && bits >= FEWEST_BITS && bits <= MOST_BITS ? pairOf(key, type) : null;
  } catch {
    return null; // not PEM, or with a passphrase
  }
}

function pairOf(key: KeyObject, type: KeyType): DkimPair {
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  return {
    type,
    privateKey: key.export({ type: "pkcs8", format: "pem" }).toString(),
    // RFC 8463: of Ed25519 the bare 32 bytes, of RSA the whole.
    publicKey: (type === "ed25519" ? spki.subarray(-32) : spki).toString("base64"),
  };
}
