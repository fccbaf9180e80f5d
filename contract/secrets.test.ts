// Secrets are answered by writes alone, once. So reads may be compressed (server/http/compression.ts) and kept by the
// caller until they change.

import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { endpoints } from "./index.ts";

const SECRET =
  /^\w*secret|^(?:\w+_)?token$|password|private_key|recovery_code|hook_url|setup_url|^apiKeys\.\w+ key$/;

/** Names that look like secrets in the answers of reads, and why they are none. */
const WORD_OF_SUBJECTS = "a word that warm-up emails have in their subject, always null here";
const NONE: Record<string, string> = {
  "users.search password_needs_reset": "whether, not which",
  "emailAccounts.list mailwarming_subject_token": WORD_OF_SUBJECTS,
  "emailAccounts.search mailwarming_subject_token": WORD_OF_SUBJECTS,
  "emailAccounts.searchOlder mailwarming_subject_token": WORD_OF_SUBJECTS,
};

type Shape = { properties?: Record<string, Shape>; [keyword: string]: unknown };

function namesIn(shape: unknown): string[] {
  if (Array.isArray(shape)) return shape.flatMap(namesIn);
  if (typeof shape !== "object" || shape === null) return [];
  const { properties = {} } = shape as Shape;
  return [...Object.keys(properties), ...Object.values(shape).flatMap(namesIn)];
}

const namesOf = (output: z.ZodType) =>
  new Set(namesIn(z.toJSONSchema(output, { io: "input", unrepresentable: "any" })));

/** With the name of the call, because a `key` is a secret in some answers and a name in others. */
const secretsIn = (name: string, output: z.ZodType) =>
  [...namesOf(output)]
    .filter((one) => SECRET.test(one) || SECRET.test(`${name} ${one}`))
    .map((one) => `${name} ${one}`);

test("no read answers a secret", () => {
  const found = endpoints
    .filter(({ endpoint }) => endpoint.effect === "read")
    .flatMap(({ name, endpoint }) => secretsIn(name, endpoint.output));
  assert.deepEqual(
    found.filter((one) => !(one in NONE)),
    [],
  );
  assert.deepEqual(
    Object.keys(NONE).filter((one) => !found.includes(one)),
    [],
    "no longer answered",
  );
});

test("the search sees the secrets that writes answer", () => {
  const writes = endpoints.filter(({ endpoint }) => endpoint.effect === "write");
  const answering = writes.filter(({ name, endpoint }) => secretsIn(name, endpoint.output).length > 0);
  const names = answering.map(({ name }) => name);
  for (const name of ["apiKeys.create", "oauth.token", "workflows.rotateSecrets"])
    assert.ok(names.includes(name), `${name} of ${names}`);
});
