// Secrets we hand out: keys, sessions, one-time links. 256 random bits, kept only as their hash.
// Being random, they need no slow hash and no salt; looking one up by its hash takes no time that
// depends on how much of it was guessed right.

import { createHash, randomBytes } from "node:crypto";

export type TokenKind = "cdz" | "cdz_ses" | "cdz_inv" | "cdz_setup";

export function newToken(kind: TokenKind) {
  return `${kind}_${randomBytes(32).toString("base64url")}`;
}

export function hashToken(token: string) {
  return createHash("sha256").update(token).digest();
}

/** What is shown of a key afterwards, to recognize it by. */
export function prefixOf(key: string) {
  return key.slice(0, 8);
}
