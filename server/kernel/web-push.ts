// A notification as push services take it: encrypted for one browser (RFC 8291, by aes128gcm of RFC 8188), and signed by this
// installation (VAPID, RFC 8292). Nothing here calls anything.

import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  sign,
} from "node:crypto";

const CURVE = "prime256v1";
/** One record is all that a push service takes. */
const RECORD_SIZE = 4096;
const LAST_RECORD = 2;
/** A day is the most that push services accept. */
const SIGNED_FOR = { hours: 12 };

type BrowserKeys = { p256dh: string; auth: string };

/** Both as base64url: the public key as an uncompressed point, the private one as its number. */
export type PushKeys = { publicKey: string; privateKey: string };

export function newPushKeys(): PushKeys {
  const pair = newPair();
  return { publicKey: pair.getPublicKey("base64url"), privateKey: pair.getPrivateKey("base64url") };
}

/** Whether it is a point of the curve, so that something can be encrypted for it. */
export function isBrowserKey(p256dh: string) {
  try {
    return newPair().computeSecret(p256dh, "base64url").length === 32;
  } catch {
    return false;
  }
}

/** The body of the call to the push service. The pair and the salt are new for each, except where a test gives them. */
export function encryptFor(
  browser: BrowserKeys,
  text: string,
  { pair = newPair(), salt = randomBytes(16) }: { pair?: ECDH; salt?: Buffer } = {},
) {
  const receiver = Buffer.from(browser.p256dh, "base64url");
  const sender = pair.getPublicKey();
  const shared = pair.computeSecret(receiver);
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), receiver, sender]);
  const key = derived(shared, Buffer.from(browser.auth, "base64url"), about, 32);
  const contentKey = derived(key, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = derived(key, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const cipher = createCipheriv("aes-128-gcm", contentKey, nonce);
  const record = [cipher.update(text, "utf8"), cipher.update(Buffer.from([LAST_RECORD])), cipher.final()];
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_SIZE);
  return Buffer.concat([
    ...[salt, size, Buffer.from([sender.length]), sender],
    ...[...record, cipher.getAuthTag()],
  ]);
}

/** The header by which the push service knows who sends. `subject` is where its operator reaches ours. */
export function vapidHeader(
  { publicKey, privateKey }: PushKeys,
  { endpoint, subject, now }: { endpoint: string; subject: string | null; now: Temporal.Instant },
) {
  const expires = Math.floor(now.add(SIGNED_FOR).epochMilliseconds / 1000);
  const claims = { aud: new URL(endpoint).origin, exp: expires, ...(subject !== null && { sub: subject }) };
  const body = `${encoded({ typ: "JWT", alg: "ES256" })}.${encoded(claims)}`;
  const point = Buffer.from(publicKey, "base64url");
  const key = createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
      d: privateKey,
    },
  });
  const signature = sign("sha256", Buffer.from(body), { key, dsaEncoding: "ieee-p1363" });
  return `vapid t=${body}.${signature.toString("base64url")}, k=${publicKey}`;
}

function newPair() {
  const pair = createECDH(CURVE);
  pair.generateKeys();
  return pair;
}

function derived(secret: Buffer, salt: Buffer, about: Buffer, length: number) {
  return Buffer.from(hkdfSync("sha256", secret, salt, about, length));
}

function encoded(value: unknown) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
