// One migrated database per test run, and a copy of it per test file: copying takes a fraction of the
// time migrating does, and no file sees another's rows.

import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import type { ConnectionOptions } from "../db/connect.ts";
import { migrate } from "../db/migrate.ts";
import { readMigrations } from "../db/migration-files.ts";

/** Named after what is in it, so that a server kept between runs never serves a stale one. */
function templateName() {
  const checksums = readMigrations().map((migration) => migration.checksum);
  return `cadenza_template_${createHash("sha256").update(checksums.join()).digest("hex").slice(0, 12)}`;
}

export async function prepareTemplate(owner: ConnectionOptions, appPassword: string) {
  const name = templateName();
  await asOwner(owner, async (client) => {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (!rowCount) await client.query(`create database ${name}`);
  });
  await migrate({ ...owner, database: name }, appPassword);
}

/** A copy of its own, and what removes it. */
export async function cloneTemplate(owner: ConnectionOptions) {
  const name = `cadenza_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  // As files: a third of the processor time of a copy through the write-ahead log, which is then long to drop, too.
  const copy = `create database ${name} template ${templateName()} strategy file_copy`;
  await asOwner(owner, (client) => client.query(copy));
  const drop = () => asOwner(owner, (client) => client.query(`drop database if exists ${name} with (force)`));
  return { name, drop: async () => void (await drop()) };
}

async function asOwner<T>(owner: ConnectionOptions, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(owner);
  client.on("error", () => {}); // a lost connection rejects the query that was running
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
