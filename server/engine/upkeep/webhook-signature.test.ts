// The sample in docs/api/webhooks.md is what receivers copy, so it is run here word for word.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { webhookSignatures } from "./send-webhooks.ts";

type Verify = (
  headers: Record<string, string>,
  body: string,
  secret: string,
  seen: Set<string>,
  now?: number,
) => boolean;

const page = readFileSync(new URL("../../../docs/api/webhooks.md", import.meta.url), "utf8");
const sample = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
const { isFromCadenza } = (await import(`data:text/javascript,${encodeURIComponent(sample)}`)) as {
  isFromCadenza: Verify;
};

const OLD = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const NEW = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
const BODY = '{"id":"64f0aa0000000000000000e1"}';
const AT = Temporal.Instant.from("2026-02-03T08:00:00Z");
const sent = (secrets: string[]) => webhookSignatures({ id: "64f0aa0000000000000000e1" }, BODY, secrets, AT);
const check = (headers: Record<string, string>, body: string, secret: string, afterMs = 0) =>
  isFromCadenza(headers, body, secret, new Set(), AT.epochMilliseconds + afterMs);

test("the documented check takes what we sign, with either secret while one is rotated", () => {
  assert.equal(check(sent([NEW]), BODY, NEW), true);
  assert.equal(check(sent([NEW, OLD]), BODY, OLD), true);
  assert.equal(check(sent([NEW, OLD]), BODY, NEW), true);
});

test("the documented check refuses what was altered, is old, comes twice, or is signed by another", () => {
  const headers = sent([NEW]);
  assert.equal(check(headers, BODY.replace("e1", "e2"), NEW), false);
  assert.equal(check({ ...headers, "webhook-id": "64f0aa0000000000000000e2" }, BODY, NEW), false);
  assert.equal(
    check({ ...headers, "webhook-timestamp": String(AT.epochMilliseconds / 1000 + 1) }, BODY, NEW),
    false,
  );
  assert.equal(check(headers, BODY, NEW, 6 * 60_000), false);
  assert.equal(check(headers, BODY, NEW, -6 * 60_000), false);
  assert.equal(check(headers, BODY, OLD), false);
  assert.equal(check({}, BODY, NEW), false);
  const seen = new Set<string>();
  const now = AT.epochMilliseconds;
  assert.deepEqual(
    [1, 2].map(() => isFromCadenza(headers, BODY, NEW, seen, now)),
    [true, false],
  );
});

test("we sign as Standard Webhooks' own example does", () => {
  const example = webhookSignatures(
    { id: "msg_p5jXN8AQM9LWM0D4loKWxJek" },
    '{"test": 2432232314}',
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    Temporal.Instant.fromEpochMilliseconds(1_614_265_330_000),
  );
  assert.equal(example["webhook-signature"], "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});
