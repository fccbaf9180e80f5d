// Signs a mail with a key of the sender's domain (RFC 6376, relaxed/relaxed).
//
// Ours and not the library's for one reason: headers that must occur once are signed once more than they occur
// ("over-signed"). So a second From or Subject, added on the way, breaks the signature instead of borrowing it. And
// Ed25519 keys work.

import { createHash, createPrivateKey, type KeyObject, sign } from "node:crypto";

export type DkimKey = { domain: string; selector: string; privateKey: string };

/** Signed once more than they occur. What is absent may not be added either. */
const GUARDED = [
  "from",
  "to",
  "cc",
  "reply-to",
  "subject",
  "date",
  "message-id",
  "in-reply-to",
  "references",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
  "list-unsubscribe",
  "list-unsubscribe-post",
];

export function dkimSigned(raw: Buffer, { domain, selector, privateKey }: DkimKey): Buffer {
  const split = raw.indexOf("\r\n\r\n");
  const head = raw.subarray(0, split + 2).toString("latin1");
  const headers = head.split(/\r\n(?![ \t])/).filter(Boolean);
  const key = keyFrom(privateKey);
  const [names, values] = chosen(headers);
  const field = [
    "DKIM-Signature: v=1; c=relaxed/relaxed",
    `a=${key.asymmetricKeyType === "ed25519" ? "ed25519" : "rsa"}-sha256; d=${domain}`,
    `s=${selector}`,
    `h=${names.join(":\r\n  ")}`,
    `bh=${bodyHash(raw.subarray(split + 4))}`,
    "b=",
  ].join(";\r\n ");
  const told = [...values, relaxed(field)].join("\r\n");
  const signature = signatureOf(told, key).replace(/.{70}/g, "$&\r\n  ");
  return Buffer.concat([Buffer.from(`${field}${signature}\r\n`, "latin1"), raw]);
}

const MOST_KEYS = 100;
const readKeys = new Map<string, KeyObject>();

/** Reading a key takes as long as composing the mail. */
function keyFrom(pem: string) {
  const known = readKeys.get(pem);
  if (known) return known;
  if (readKeys.size >= MOST_KEYS) readKeys.clear();
  const key = createPrivateKey(pem);
  readKeys.set(pem, key);
  return key;
}

/** Names as they are listed, and the headers they stand for: the last of a name first, then the one above it. */
function chosen(headers: readonly string[]) {
  const names: string[] = [];
  const values: string[] = [];
  for (const name of GUARDED) {
    const found = headers.filter((header) => header.toLowerCase().startsWith(`${name}:`)).reverse();
    for (const header of found) values.push(relaxed(header));
    for (let i = 0; i <= found.length; i += 1) names.push(name);
  }
  return [names, values] as const;
}

/** RFC 8463 signs the hash with Ed25519; RSA hashes by itself. */
function signatureOf(told: string, key: KeyObject) {
  const bytes = Buffer.from(told, "latin1");
  const isEdwards = key.asymmetricKeyType === "ed25519";
  const made = isEdwards
    ? sign(null, createHash("sha256").update(bytes).digest(), key)
    : sign("sha256", bytes, key);
  return made.toString("base64");
}

function relaxed(header: string) {
  const colon = header.indexOf(":");
  const name = header.slice(0, colon).trim().toLowerCase();
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ");
  return `${name}:${value.replace(/^ | $/g, "")}`;
}

function bodyHash(body: Buffer) {
  const lines = body
    .toString("latin1")
    .replace(/(?<![ \t])[ \t]+(?=\r\n|$)/g, "")
    .replace(/[ \t]+/g, " ")
    .replace(/(?<!\r\n)(?:\r\n)+$/, "");
  return createHash("sha256")
    .update(lines === "" ? "" : `${lines}\r\n`, "latin1")
    .digest("base64");
}
