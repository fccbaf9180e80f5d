// A database that was copied, and wakes up beside the one it came from: a server of its own on a copy, with a data folder of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import pg from "pg";
import { openLog } from "../kernel/log.ts";
import { type Running, start } from "../start.ts";
import { leaveToItself } from "./owner.ts";
import { urlOf, type World } from "./world.ts";

/** Stops the original, since a database with connections cannot be copied, and starts what wakes up in the copy. */
export async function wakeCopy(world: World): Promise<Running> {
  const { config, now } = world.running.app;
  await world.running.stop();
  await leaveToItself(world.ownerConnection);
  const database = `${world.ownerConnection.database}_copy`;
  await atServer(world, `create database ${database} template ${world.ownerConnection.database}`);
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-copy-"));
  const copied = { ...config, dataDir, databaseUrl: urlOf({ ...world.ownerConnection, database }) };
  const running = await start(copied, openLog("silent"));
  running.app.now = now;
  after(async () => {
    await running.stop();
    await atServer(world, `drop database ${database} with (force)`);
    rmSync(dataDir, { recursive: true, force: true });
  });
  return running;
}

async function atServer({ ownerConnection }: World, sql: string) {
  const client = new pg.Client({ ...ownerConnection, database: "postgres" });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
