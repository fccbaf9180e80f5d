import assert from "node:assert/strict";
import { createECDH, createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { encryptFor, isBrowserKey, newPushKeys, vapidHeader } from "./web-push.ts";

test("the example of RFC 8291, appendix A, comes out byte for byte", () => {
  const pair = createECDH("prime256v1");
  pair.setPrivateKey("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "base64url");
  const browser = {
    p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  };
  const salt = Buffer.from("DGv6ra1nlYgDCS1FRnbzlw", "base64url");
  assert.equal(
    encryptFor(browser, "When I grow up, I want to be a watermelon", { pair, salt }).toString("base64url"),
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
  );
});

test("a text is encrypted differently each time", () => {
  const { publicKey } = newPushKeys();
  const browser = { p256dh: publicKey, auth: "BTBZMqHH6r4Tts7J_aSIgg" };
  assert.notDeepEqual(encryptFor(browser, "New reply"), encryptFor(browser, "New reply"));
});

test("the signature names the push service, an end and the sender, and opens with the public key", () => {
  const keys = newPushKeys();
  const now = Temporal.Instant.from("2026-11-27T10:00:00Z");
  const endpoint = "https://push.example/send/abc?d=1";
  const header = vapidHeader(keys, { endpoint, subject: "https://cadenza.example", now });
  const [, token = "", key = ""] = /^vapid t=(\S+), k=(\S+)$/.exec(header) ?? [];
  assert.equal(key, keys.publicKey);
  const [head = "", body = "", signature = ""] = token.split(".");
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
  assert.deepEqual(read(head), { typ: "JWT", alg: "ES256" });
  assert.deepEqual(read(body), {
    aud: "https://push.example",
    exp: 1_795_816_800,
    sub: "https://cadenza.example",
  });
  const point = Buffer.from(key, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const opener = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" } });
  const opened = { key: opener, dsaEncoding: "ieee-p1363" } as const;
  assert.ok(verify("sha256", Buffer.from(`${head}.${body}`), opened, Buffer.from(signature, "base64url")));
});

test("a key that is no point of the curve is recognized", () => {
  assert.equal(isBrowserKey(newPushKeys().publicKey), true);
  assert.equal(isBrowserKey(Buffer.alloc(65, 4).toString("base64url")), false);
  assert.equal(isBrowserKey("short"), false);
});
