// A short form of `npm run upgrades`: this version and one with more migrations, on one database, while email goes out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../server/testing/database.ts";
import { changeVersions, type Way } from "../upgrades/round.ts";
import { layOut, nextFiles } from "../upgrades/versions.ts";

const HOLDS_MS = 2_000;

async function changed(files: readonly string[], way: Way) {
  const kept = await openTestDatabase();
  try {
    return await changeVersions(layOut("HEAD"), layOut("HEAD", files), way, kept.owner, HOLDS_MS);
  } finally {
    await kept.drop();
  }
}

test("a later version that adds works beside this one, which starts again on its database, and no email is lost or sent twice", async () => {
  const adding = nextFiles().filter((file) => !file.endsWith("_takes_away.sql"));
  const { emails, migratedBeside, back, twice, lost, gone, refusedCalls, complaints } = await changed(
    adding,
    "beside",
  );
  assert.ok(emails > 20, `${emails} emails`);
  assert.deepEqual(
    { migratedBeside, back, twice, lost, gone, refusedCalls, complaints },
    {
      migratedBeside: adding.length,
      back: "beside",
      twice: 0,
      lost: 0,
      gone: 0,
      refusedCalls: 0,
      complaints: [],
    },
  );
});

test("after a later version that takes something away, this one refuses the database, and no email is lost or sent twice", async () => {
  const { back, twice, lost, gone, complaints } = await changed(nextFiles(), "stop");
  assert.deepEqual(
    { back, twice, lost, gone, complaints },
    { back: "refused", twice: 0, lost: 0, gone: 0, complaints: [] },
  );
});
