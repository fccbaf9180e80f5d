// Whether a webhook is from the server it is said to be from: Standard Webhooks, read the strict way.
//
// What is easy to get wrong: the signature is over the bytes that came, so they are never parsed and written again; any of
// several signatures may be the right one, while a secret is changed; and a good signature of long ago is no good.

import { createHmac, timingSafeEqual } from "node:crypto";

export type WebhookRequest = {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
};

export type SignatureCheck = { id: string } | { refused: string };

const OLDEST_S = 300;

export function verify(
  { headers, body }: WebhookRequest,
  secret: string | undefined,
  nowMs: number,
): SignatureCheck {
  if (!secret) return { refused: "This trigger has no webhook. Deactivate and activate the workflow again." };
  const id = String(headers["webhook-id"] ?? "");
  const timestamp = String(headers["webhook-timestamp"] ?? "");
  const given = String(headers["webhook-signature"] ?? "");
  if (!id || !/^\d{1,12}$/.test(timestamp) || !given) return { refused: "The signature is missing." };
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > OLDEST_S)
    return { refused: "The signature is too old, or one of the clocks is wrong." };
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  const isRight = given.split(" ").some((one) => isSame(one, expected));
  return isRight ? { id } : { refused: "The signature is wrong." };
}

function isSame(signature: string, expected: Buffer) {
  if (!signature.startsWith("v1,")) return false;
  const bytes = Buffer.from(signature.slice(3), "base64");
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

/** The server delivers at least once, for three days: so many ids are kept to know what came before. */
const KEPT = 1_000;

/** The ids with this one among them; null where it was there already. */
export function remember(seen: readonly string[], id: string): string[] | null {
  return seen.includes(id) ? null : [...seen, id].slice(-KEPT);
}
