import assert from "node:assert/strict";
import { test } from "node:test";
import { computed, readMoment, stored } from "./moments.ts";

test("an instant prints as the platform prints it, whenever it is", () => {
  const edges = [
    0, -1, 1, 86_399_999, 86_400_000, -86_400_001, 951_782_400_000, 253_402_300_799_999, -62_135_596_800_000,
  ];
  let state = 42;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  const some = Array.from({ length: 2_000 }, () => (random() - 1_073_741_823) * 4_000 + (random() % 1000));
  for (const ms of [...edges, ...some])
    assert.equal(stored(Temporal.Instant.fromEpochMilliseconds(ms)), new Date(ms).toISOString());
});

test("computed instants end in an offset, and microseconds are cut off, not rounded", () => {
  const instant = Temporal.Instant.from("2026-03-01T09:30:00.123999Z");
  assert.equal(computed(instant), "2026-03-01T09:30:00.123+00:00");
});

test("a moment without an offset is UTC, and a bare date its midnight", () => {
  assert.equal(stored(readMoment("2026-03-01")), "2026-03-01T00:00:00.000Z");
  assert.equal(stored(readMoment("2026-03-01 09:30")), "2026-03-01T09:30:00.000Z");
  assert.equal(stored(readMoment("2026-03-01T09:30:00+02:00")), "2026-03-01T07:30:00.000Z");
});
