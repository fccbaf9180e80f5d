import assert from "node:assert/strict";
import { test } from "node:test";
import { roomFor, whoLeaves } from "./reading-room.ts";

const GB = 2 ** 30;

test("as many mailboxes are listened to as memory and open files allow", () => {
  assert.equal(roomFor({ memory: GB / 64, openFiles: 1_024 }), 50);
  assert.equal(roomFor({ memory: 4 * GB, openFiles: 1_024 }), 512);
  assert.equal(roomFor({ memory: 2 * GB, openFiles: 1_048_576 }), 1_024);
  assert.equal(roomFor({ memory: 64 * GB, openFiles: Number.POSITIVE_INFINITY }), 5_000);
});

test("those who have listened longest make room, as many as wait, and none that has only just come", () => {
  const listening = [3_000, 1_000, 9_500, 2_000].map((since) => ({ since }));
  const leaves = (waiting: number, room = 8) =>
    whoLeaves(listening, { waiting, room, now: 10_000, stayMs: 2_000 }).map(({ since }) => since);
  assert.deepEqual(leaves(0), []);
  assert.deepEqual(leaves(2), [1_000, 2_000]);
  assert.deepEqual(leaves(9), [1_000, 2_000, 3_000]);
  assert.deepEqual(leaves(9, 1), [1_000]);
});
