// Two processes that start at the same moment, where there is nothing yet.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { EXIT } from "./cannot-start.ts";
import { openTestDatabase } from "./testing/database.ts";
import { type Spawned, spawnServer } from "./testing/process.ts";
import { asOwner } from "./testing/wire.ts";
import { urlOf } from "./testing/world.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-together-"));
const running = new Set<Spawned>();
after(() => {
  for (const { process } of running) process.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function startTwo(envs: [Record<string, string>, Record<string, string>]) {
  const two = await Promise.all(
    envs.map((env) => spawnServer({ CADENZA_LOG_LEVEL: "warn", CADENZA_DATABASE_CONNECTIONS: "3", ...env })),
  );
  for (const one of two) running.add(one);
  return two;
}

async function stop(one: Spawned) {
  one.process.kill("SIGTERM");
  assert.equal(await one.ended, 0, one.said());
  running.delete(one);
}

/** On a database without a table. */
async function onEmptyDatabase(work: (url: string) => Promise<void>) {
  const server = await openTestDatabase();
  const name = `cadenza_together_${process.pid}`;
  const at = { ownerConnection: server.owner };
  await asOwner(at, (client) => client.query(`create database ${name}`));
  try {
    await work(urlOf({ ...server.owner, database: name }));
  } finally {
    await asOwner(at, (client) => client.query(`drop database ${name} with (force)`));
    await server.drop();
  }
}

test("of two that have different keys one starts, and the other says which file is wrong", () =>
  onEmptyDatabase(async (url) => {
    const env = (name: string) => ({
      DATABASE_URL: url,
      CADENZA_DATA_DIR: join(folder, name),
      CADENZA_ROLE: "api",
    });
    const two = await startTwo([env("one"), env("other")]);
    const ends = two.map(async (one) => ({ one, code: await one.ended }));
    const { one: refused, code } = await Promise.race(ends);
    assert.equal(code, EXIT.folder, refused.said());
    assert.match(refused.said(), /Cadenza cannot start\. .*cadenza\.key/);
    const other = two.find((one) => one !== refused) as Spawned;
    await stop(await other.ready());
  }));

test("of two on one empty data folder one starts, and the other names it", async () => {
  const env = { CADENZA_DATA_DIR: join(folder, "own") };
  const two = await startTwo([env, env]);
  const ends = two.map(async (one) => ({ one, code: await one.ended }));
  const { one: refused, code } = await Promise.race(ends);
  assert.equal(code, EXIT.folder, refused.said());
  const other = two.find((one) => one !== refused) as Spawned;
  assert.match(
    refused.said(),
    new RegExp(`Another Cadenza process \\(pid ${other.process.pid}\\) is using the data folder`),
  );
  await stop(await other.ready());
  assert.ok(existsSync(env.CADENZA_DATA_DIR));
});
