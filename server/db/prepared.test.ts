// The database that sandboxes of one machine begin with: made once, and never in the way.

import assert from "node:assert/strict";
import { readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { readConfig } from "../config.ts";
import { openLog } from "../kernel/log.ts";
import { openPrepared } from "./prepared.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), "cadenza-prepared-"));
  folders.push(folder);
  return folder;
}

let cache = "";
before(async () => {
  cache = await newFolder();
});

type Facts = { id: string; tables: number; left: number };

/** Starts in a new data folder, leaves a row behind, and stops. Answers what was found, and what the start complained of. */
async function startOnce(cacheDir: string) {
  const said: string[] = [];
  const log = openLog("warn", { write: (line) => void said.push(line) });
  const config = readConfig({ CADENZA_DATA_DIR: await newFolder(), CADENZA_CACHE_DIR: cacheDir }, []);
  const opened = await openPrepared(config, log);
  const client = new pg.Client(opened.owner);
  await client.connect();
  const { rows } = await client.query<Facts>(
    `select (select system_identifier::text from pg_control_system()) as id,
            (select count(*)::int from pg_tables where schemaname = 'public') as tables,
            (select count(*)::int from pg_tables where tablename = 'left_behind') as left`,
  );
  await client.query("create table left_behind ()");
  await client.end();
  await opened.stop();
  return { ...(rows[0] as Facts), said };
}

test("the first start prepares it, and others begin with a copy that holds nothing of them", async () => {
  const first = await startOnce(cache);
  const second = await startOnce(cache);
  const third = await startOnce(cache);
  assert.deepEqual(second, first);
  assert.deepEqual(third, first);
  assert.deepEqual([first.left, first.said], [0, []]);
  assert.ok(first.tables > 100, `${first.tables}`);
  assert.match(readdirSync(cache).join(), /^database-[0-9a-f]{16}$/);
});

test("one that is damaged is told of, made anew, and used again", async () => {
  const [name = ""] = readdirSync(cache);
  truncateSync(join(cache, name, "cluster", "global", "pg_control"), 100);
  const mended = await startOnce(cache);
  assert.match(mended.said.join(), /the prepared database cannot be used/);
  const next = await startOnce(cache);
  assert.deepEqual([next.id, next.said, mended.left], [mended.id, [], 0]);
});

test("where nothing can be kept, each start makes its own", async () => {
  const file = join(await newFolder(), "no-folder");
  writeFileSync(file, "");
  const [one, other] = [await startOnce(file), await startOnce(file)];
  assert.notEqual(one.id, other.id);
  assert.deepEqual([one.said, other.said], [[], []]);
});
