// A push service as browsers' makers run them, and a browser that has subscribed there: it checks who signed, decrypts with the
// keys of the browser by its own reading of RFC 8291, and answers what the test says.

import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Delivered = {
  path: string;
  /** As it was signed; null where the signature is wrong. */
  claims: { aud: string; exp: number; sub?: string } | null;
  headers: Record<string, string>;
  notice: { title: string; tag: string; url: string };
};

type Answer = { status: number; headers?: Record<string, string> };

export async function openPushService() {
  const browser = createECDH("prime256v1");
  browser.generateKeys();
  const auth = randomBytes(16);
  const delivered: Delivered[] = [];
  const service = {
    url: "",
    delivered,
    answer: { status: 201 } as Answer,
    keys: { p256dh: browser.getPublicKey("base64url"), auth: auth.toString("base64url") },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer(async (request, response) => {
    response.on("error", () => {});
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const headers = request.headers as Record<string, string>;
    delivered.push({
      path: request.url ?? "",
      claims: signedClaims(headers.authorization ?? ""),
      headers,
      notice: JSON.parse(decrypted(Buffer.concat(parts), browser, auth)),
    });
    response.writeHead(service.answer.status, service.answer.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return service;
}

function signedClaims(authorization: string) {
  const [, head = "", body = "", signature = "", key = ""] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const point = Buffer.from(key, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const opener = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" } });
  const by = { key: opener, dsaEncoding: "ieee-p1363" } as const;
  const isGood = verify("sha256", Buffer.from(`${head}.${body}`), by, Buffer.from(signature, "base64url"));
  return isGood ? JSON.parse(Buffer.from(body, "base64url").toString()) : null;
}

/** One record: salt, size, length of the key, key, what is encrypted, tag. */
function decrypted(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer) {
  const salt = body.subarray(0, 16);
  const length = body[20] ?? 0;
  const sender = body.subarray(21, 21 + length);
  const rest = body.subarray(21 + length);
  const derive = (secret: Buffer, by: Buffer, about: Buffer, size: number) =>
    Buffer.from(hkdfSync("sha256", secret, by, about, size));
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), sender]);
  const key = derive(browser.computeSecret(sender), auth, about, 32);
  const contentKey = derive(key, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = derive(key, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const opener = createDecipheriv("aes-128-gcm", contentKey, nonce).setAuthTag(rest.subarray(-16));
  const padded = Buffer.concat([opener.update(rest.subarray(0, -16)), opener.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}
