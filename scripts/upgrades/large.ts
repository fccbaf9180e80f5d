// How long calls that write wait while a large database is migrated: the sample team copied until the database is large, then the
// migrations of `next/`, while one row of each large table is written twenty times a second.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Connection } from "../../server/db/embedded/server.ts";
import type { UpgradeReport } from "../../server/db/upgrade-check/report.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { urlOf } from "../../server/testing/world.ts";
import { runProgram } from "./running.ts";
import type { Version } from "./versions.ts";

const WATCHED = ["messages", "contacts", "enrollments", "events"];
const EVERY_MS = 50;
const ident = (n: number) => n.toString(16).padStart(24, "0");

export async function migrateLarge(now: Version, next: Version, server: Connection, gigabytes: number) {
  const name = `cadenza_large_${process.pid}`;
  const database = { ...server, database: name };
  const folder = mkdtempSync(join(tmpdir(), "cadenza-large-"));
  const settings = { DATABASE_URL: urlOf(database), CADENZA_DATA_DIR: folder, CADENZA_LOG_LEVEL: "warn" };
  await asOwner({ ownerConnection: server }, (client) => client.query(`create database ${name}`));
  try {
    const seeded = await runProgram(now, "server/seed.ts", [], settings);
    if (seeded.exit !== 0) throw new Error(seeded.said);
    const bytes = await withClient(database, (client) => grow(client, gigabytes * 1e9));
    const { said } = await runProgram(next, "server/upgrade.ts", ["--check", "--json"], settings);
    const report = JSON.parse(said) as UpgradeReport;
    const writers = WATCHED.map((table) => watch(database, table));
    const began = performance.now();
    const { exit, said: told } = await runProgram(next, "server/upgrade.ts", ["--beside"], settings);
    const seconds = (performance.now() - began) / 1000;
    if (exit !== 0) throw new Error(told);
    const waits = await Promise.all(writers.map((writer) => writer.stop()));
    const times = await withClient(database, timesOf);
    return { gigabytes: bytes / 1e9, seconds, waits, times, report };
  } finally {
    await asOwner({ ownerConnection: server }, (client) =>
      client.query(`drop database if exists ${name} with (force)`),
    );
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withClient<T>(database: Connection, act: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client(database);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** As many teams more as make it so large. Every key begins with the team, so rows are copied as they are. */
async function grow(client: pg.Client, wanted: number) {
  const size = async () =>
    Number((await client.query("select pg_database_size(current_database()) as n")).rows[0].n);
  const empty = await size();
  await client.query("set session_replication_role = replica; set synchronous_commit = off");
  await copyTeams(client, 1, 4);
  const each = ((await size()) - empty) / 4;
  await copyTeams(client, 5, Math.max(5, Math.ceil((wanted - empty) / each)));
  await client.query("analyze");
  return size();
}

async function copyTeams(client: pg.Client, from: number, to: number) {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and pg_total_relation_size(c.oid) > 200000
        and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'team_id') group by 1`,
  );
  for (const { name, columns } of tables) {
    const quoted = columns.map((column) => pg.escapeIdentifier(column));
    const taken = quoted.map((column) =>
      column === '"team_id"' ? "lpad(to_hex(n), 24, '0')" : `t.${column}`,
    );
    await client
      .query(
        `insert into ${name} (${quoted}) overriding system value select ${taken} from ${name} t cross join generate_series($1::int, $2::int) n
        where t.team_id = (select id from teams where id not like '0000%' limit 1)`,
        [from, to],
      )
      .catch((error) => {
        if (error.code !== "23505") throw error; // a key that no other team may have
      });
  }
  await client.query(
    `insert into teams select (jsonb_populate_record(t, jsonb_build_object('id', lpad(to_hex(n), 24, '0')))).*
       from teams t cross join generate_series($1::int, $2::int) n where t.id not like '0000%' on conflict do nothing`,
    [from, to],
  );
}

type Waits = { table: string; longest: number; all: number; writes: number };

/** One row, written again and again; how long each time took beyond what is usual. */
function watch(database: Connection, table: string) {
  const stopping = new AbortController();
  const found: Waits = { table, longest: 0, all: 0, writes: 0 };
  const working = withClient(database, async (client) => {
    await client.query("set session_replication_role = replica");
    while (!stopping.signal.aborted) {
      const began = performance.now();
      await client.query(
        `update ${table} set team_id = team_id where ctid = (select ctid from ${table} where team_id = $1 limit 1)`,
        [ident(1)],
      );
      const seconds = (performance.now() - began) / 1000;
      found.writes++;
      found.longest = Math.max(found.longest, seconds);
      if (seconds > 0.25) found.all += seconds;
      await sleep(EVERY_MS);
    }
  });
  return {
    async stop() {
      stopping.abort();
      await working;
      return found;
    },
  };
}

/** From the begin of one migration to that of the next one. */
async function timesOf(client: pg.Client) {
  const { rows } = await client.query<{ name: string; seconds: number }>(
    `select name, extract(epoch from lead(applied_at) over (order by number) - applied_at)::float8 as seconds
       from schema_migrations order by number`,
  );
  return rows.filter(({ name }) => name.startsWith("90"));
}
