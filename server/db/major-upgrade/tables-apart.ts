// Tables that no migration makes: the queue of background jobs, whose program makes them, and the snapshots of a sandbox, which are plain
// copies of tables.

import type pg from "pg";
import { createJobTables } from "../jobs.ts";
import { quoted } from "../snapshot-guards.ts";
import { type Copied, copyTables, placeOf, type Table, tablesIn } from "./tables.ts";

const QUEUE = "n.nspname = 'pgboss'";
const SNAPSHOTS = "n.nspname ~ '^sandbox_snapshot_'";
/** How the queue is made, and figures that it counts anew. */
const NOT_COPIED = ["version", "queue_stats"];

/**
 * The waiting jobs, if both queues are of the same version. Otherwise the jobs start again from the open work, as after a restore:
 * the rows are the jobs, and the queue only hastens them.
 */
export async function copyQueue(from: pg.Client, to: pg.Client): Promise<Copied[] | null> {
  const old = await versionOf(from);
  if (old === null) return null; // it was never made
  await createJobTables(to);
  if (old !== (await versionOf(to))) return null;
  const tables = (await tablesIn(from, QUEUE)).filter(({ name }) => !NOT_COPIED.includes(name));
  return within(to, () => copyTables(from, to, tables, () => undefined));
}

async function versionOf(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query<{ is_there: boolean }>(
    "select to_regclass('pgboss.version') is not null as is_there",
  );
  if (!rows[0]?.is_there) return null;
  const found = await client.query<{ version: number }>("select version from pgboss.version");
  return found.rows[0]?.version ?? null;
}

export async function copySnapshots(from: pg.Client, to: pg.Client): Promise<Copied[]> {
  const tables = await tablesIn(from, SNAPSHOTS);
  for (const schema of new Set(tables.map((table) => table.schema)))
    await to.query(`create schema ${quoted(schema)}`);
  for (const table of tables)
    await to.query(`create table ${placeOf(table)} (${await typedColumns(from, table)})`);
  return within(to, () => copyTables(from, to, tables, () => undefined));
}

async function typedColumns(from: pg.Client, table: Table) {
  const { rows } = await from.query<{ column: string }>(
    `select format('%I %s', attname, format_type(atttypid, atttypmod)) as column from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [placeOf(table)],
  );
  return rows.map(({ column }) => column).join(", ");
}

export async function within<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("begin");
  const done = await work();
  await client.query("commit");
  return done;
}
