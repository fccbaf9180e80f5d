// Secrets we hand out: keys, sessions, one-time links, sign-ins under way, what applications hold for people. 256 random bits, kept only as their hash.
// Being random, they need no slow hash and no salt; looking one up by its hash takes no time that
// depends on how much of it was guessed right.

import { createHash, randomBytes } from "node:crypto";

type TokenKind =
  | "cdz"
  | "cdz_ses"
  | "cdz_inv"
  | "cdz_code"
  | "cdz_at"
  | "cdz_rt"
  | "cdz_cs"
  | "cdz_sql"
  | "cdz_sgn"
  | "cdz_hook";

export function newToken(kind: TokenKind) {
  return `${kind}_${randomBytes(32).toString("base64url")}`;
}

export function hashToken(token: string) {
  return createHash("sha256").update(token).digest();
}

/** Whether it can be an access token. A key cannot: it is shorter, and never has this beginning and this length. */
export function isAccessToken(text: string) {
  return /^cdz_at_[\w-]{43}$/.test(text);
}

/** What is shown of a key afterwards, to recognize it by. */
export function prefixOf(key: string) {
  return key.slice(0, 8);
}
