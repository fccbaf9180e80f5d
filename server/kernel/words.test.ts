// Ids, tokens and moments: the small things everything is made of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "./ids.ts";
import { computed, computedOrNull, readMoment, stored, storedOrNull } from "./moments.ts";
import { hashToken, newToken, prefixOf } from "./tokens.ts";

test("ids are 24 lower-case hex characters, carry their second, and do not repeat", () => {
  const ids = Array.from({ length: 5000 }, () => newId());
  for (const id of ids) assert.match(id, /^[0-9a-f]{24}$/);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(Number.parseInt(newId(Date.UTC(2026, 0, 1)).slice(0, 8), 16), Date.UTC(2026, 0, 1) / 1000);
  assert.ok(newId(1_000_000_000_000) < newId(1_000_000_001_000));
  assert.match(newId(0), /^0{12}[0-9a-f]{12}$/);
  assert.match(newId(1_767_225_599_999.9), /^[0-9a-f]{24}$/);
});

test("tokens carry 256 random bits and are kept as a hash", () => {
  const tokens = Array.from({ length: 500 }, () => newToken("cdz"));
  assert.equal(new Set(tokens).size, 500);
  for (const token of tokens) assert.equal(Buffer.from(token.slice(4), "base64url").length, 32);
  assert.equal(hashToken("x").length, 32);
  assert.ok(
    (tokens[0] as string).startsWith(prefixOf(tokens[0] as string)) &&
      prefixOf(tokens[0] as string).length === 8,
  );
});

test("moments are printed Apollo's two ways, to the millisecond", () => {
  const moment = Temporal.Instant.from("2026-03-01T09:30:00.123456789Z");
  assert.equal(stored(moment), "2026-03-01T09:30:00.123Z");
  assert.equal(computed(moment), "2026-03-01T09:30:00.123+00:00");
  assert.equal(stored(Temporal.Instant.from("2026-03-01T09:30:00Z")), "2026-03-01T09:30:00.000Z");
  assert.deepEqual([storedOrNull(null), computedOrNull(null)], [null, null]);
});

const moments: [text: string, instant: string][] = [
  ["2026-03-01", "2026-03-01T00:00:00Z"],
  ["2026-03-01T09:30", "2026-03-01T09:30:00Z"],
  ["2026-03-01 09:30:15", "2026-03-01T09:30:15Z"],
  ["2026-03-01T09:30:15.123456Z", "2026-03-01T09:30:15.123456Z"],
  ["2026-03-01T09:30:15+01:00", "2026-03-01T08:30:15Z"],
  ["2026-03-01T09:30:15-0530", "2026-03-01T15:00:15Z"],
  ["2026-03-01t09:30:15z", "2026-03-01T09:30:15Z"],
];

for (const [text, instant] of moments) {
  test(`the moment ${text} is ${instant}`, () => {
    assert.equal(readMoment(text).toString(), instant);
  });
}
