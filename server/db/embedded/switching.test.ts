import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { finishSwitch, switchDatabase } from "./switching.ts";

const WISH = { from: "recovered/postgres", kept: "postgres-before" };

function folderWith(t: TestContext, places: readonly string[]) {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-switch-"));
  t.after(() => rmSync(dataDir, { recursive: true }));
  mkdirSync(join(dataDir, "recovered"));
  for (const place of places) {
    mkdirSync(join(dataDir, place));
    writeFileSync(join(dataDir, place, "name"), place);
  }
  const nameIn = (place: string) => {
    const file = join(dataDir, place, "name");
    return existsSync(file) ? readFileSync(file, "utf8") : null;
  };
  return { dataDir, nameIn, note: join(dataDir, "switch-database.json") };
}

test("the recovered database takes the place of the present one, which is kept", async (t) => {
  const { dataDir, nameIn, note } = folderWith(t, ["postgres", "recovered/postgres"]);
  await switchDatabase(dataDir, WISH);
  assert.deepEqual([nameIn("postgres"), nameIn("postgres-before")], ["recovered/postgres", "postgres"]);
  assert.equal(existsSync(note), false);
});

test("it takes an empty place too", async (t) => {
  const { dataDir, nameIn } = folderWith(t, ["recovered/postgres"]);
  await switchDatabase(dataDir, WISH);
  assert.deepEqual([nameIn("postgres"), nameIn("postgres-before")], ["recovered/postgres", null]);
});

test("where the recovered database is gone, the present one comes back", async (t) => {
  const { dataDir, nameIn, note } = folderWith(t, ["postgres"]);
  renameSync(join(dataDir, "postgres"), join(dataDir, "postgres-before"));
  writeFileSync(note, JSON.stringify(WISH));
  await finishSwitch(dataDir);
  assert.deepEqual([nameIn("postgres"), existsSync(note)], ["postgres", false]);
});

test("a kept database is never replaced", async (t) => {
  const { dataDir, nameIn } = folderWith(t, ["postgres", "recovered/postgres", "postgres-before"]);
  await assert.rejects(switchDatabase(dataDir, WISH), /exists already\. Nothing was changed\./);
  assert.deepEqual(["postgres", "recovered/postgres", "postgres-before"].map(nameIn), [
    "postgres",
    "recovered/postgres",
    "postgres-before",
  ]);
});
