import assert from "node:assert/strict";
import { test } from "node:test";
import { SEQUENCE_ARCHIVED, SEQUENCE_OFF, SEQUENCE_ON } from "./transitions.ts";

test("switching a sequence on undoes what switching it off did, and nothing else", () => {
  assert.equal(SEQUENCE_ON.fromReason, SEQUENCE_OFF.reason);
  assert.deepEqual([SEQUENCE_ON.from, SEQUENCE_ON.to], [[SEQUENCE_OFF.to], SEQUENCE_OFF.from[0]]);
});

test("an archived sequence has no active or paused contact left", () => {
  assert.deepEqual(new Set(SEQUENCE_ARCHIVED.from), new Set(["active", "paused"]));
});
