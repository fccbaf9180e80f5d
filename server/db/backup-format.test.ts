// A place that takes no more of a backup: a full disk, a client that hung up, a stop.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { backupWriter } from "./backup-format.ts";

for (const fine of [0, 1, 2])
  test(`a place that fails after ${fine} pieces fails the backup, and not the process`, async () => {
    let taken = 0;
    const writer = backupWriter(async () => {
      if (taken++ >= fine) throw new Error("no room");
    });
    await assert.rejects(async () => {
      for (let n = 0; n < 50; n++) await writer.piece(randomBytes(100_000));
      await writer.endOfTable();
      await writer.finish();
    }, /no room|destroyed|premature/i);
    await nextTurn();
  });

test("a place that fails before anything is written, while nothing waits for it, ends no process", async () => {
  const writer = backupWriter(() => Promise.reject(new Error("hung up")));
  await nextTurn();
  await assert.rejects(writer.finish(), /hung up/);
});
