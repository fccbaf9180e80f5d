// Everything that the old database has into the new one, and the proof that it arrived. Both servers run; nobody else uses either.

import type pg from "pg";
import { crashPoint } from "../../seams.ts";
import { buildAt } from "../earlier-level.ts";
import { CannotStartDatabase } from "../embedded/errors.ts";
import { makeRoles, refuseUnknownPast } from "../migrate.ts";
import { readMigrations } from "../migration-files.ts";
import { refuseDifference } from "./comparing.ts";
import { readRoles, writeRoles } from "./roles.ts";
import { carryAdditions, refuseOtherSchema } from "./schema.ts";
import { connectTo, type Serving } from "./servers.ts";
import { toldToStop } from "./stopping.ts";
import { ALL, copySequences, copyTables, dropIndexes, tablesIn } from "./tables.ts";
import { copyQueue, copySnapshots, within } from "./tables-apart.ts";

const DATABASE = "cadenza";
/** Each builds one index, on a processor of its own. */
const BUILDERS = 2;

export type Tell = (step: "copying" | "indexing" | "checking", share: number) => void;

type Moving = { old: Serving; fresh: Serving; tell: Tell; isStopping: () => boolean };

export type Moved = { tables: number; rows: number; carried: string[]; isQueueCopied: boolean };

export async function moveContents(moving: Moving): Promise<Moved> {
  const { old, fresh } = moving;
  await refuseOtherDatabases(old);
  const open: pg.Client[] = [];
  const connected = async (server: Serving, database: string) => {
    const client = await connectTo(server, database);
    open.push(client);
    return client;
  };
  try {
    const from = await connected(old, DATABASE);
    const level = await levelOf(from);
    const maintenance = await connected(fresh, "postgres");
    await maintenance.query(`create database ${DATABASE}`);
    const to = await connected(fresh, DATABASE);
    await makeRoles(to);
    await writeRoles(to, await readRoles(from));
    return await fill(moving, from, to, level, () => connected(fresh, DATABASE));
  } finally {
    for (const client of open) await client.end().catch(() => undefined);
  }
}

async function fill(
  { tell, isStopping }: Moving,
  from: pg.Client,
  to: pg.Client,
  level: Awaited<ReturnType<typeof levelOf>>,
  another: () => Promise<pg.Client>,
): Promise<Moved> {
  await to.query("begin");
  await buildAt(to, level);
  const carried = await carryAdditions(from, to);
  await refuseOtherSchema(from, to);
  const indexes = await dropIndexes(to);
  await crashPoint("upgrade-before-copy");
  const tables = await tablesIn(from, ALL);
  const all = tables.reduce((sum, { bytes }) => sum + bytes, 1);
  let done = 0;
  const copied = await copyTables(from, to, tables, (bytes) => {
    if (isStopping()) throw toldToStop();
    done += bytes;
    tell("copying", done / all);
    return crashPoint("upgrade-while-copying");
  });
  await copySequences(from, to);
  await to.query("commit");
  await buildIndexes(indexes, await Promise.all(Array.from({ length: BUILDERS }, another)), tell, isStopping);
  await to.query("analyze");
  const queue = await copyQueue(from, to);
  const snapshots = await copySnapshots(from, to);
  await refreshViews(to);
  await crashPoint("upgrade-before-check");
  const everything = [...copied, ...(queue ?? []), ...snapshots];
  await refuseDifference(from, to, everything, (share) => {
    if (isStopping()) throw toldToStop();
    tell("checking", share);
  });
  await settleIn(from, to);
  return {
    tables: everything.length,
    rows: everything.reduce((sum, { digest }) => sum + digest.rows, 0),
    carried,
    isQueueCopied: queue !== null,
  };
}

/** The migrations that the old database has. It is read, and never migrated. */
async function levelOf(from: pg.Client) {
  const known = readMigrations();
  const { rows: there } = await from.query<{ is_there: boolean }>(
    "select to_regclass('public.schema_migrations') is not null as is_there",
  );
  if (!there[0]?.is_there) return [];
  const { rows } = await from.query<{ number: number; checksum: string }>(
    "select number, checksum from public.schema_migrations",
  );
  const has = new Map(rows.map(({ number, checksum }) => [number, checksum]));
  refuseUnknownPast(has, known);
  return known.filter(({ number }) => has.has(number));
}

async function refuseOtherDatabases(old: Serving) {
  const client = await connectTo(old, "postgres");
  try {
    const { rows } = await client.query<{ name: string }>(
      "select datname as name from pg_database where datname not in ('postgres', 'template0', 'template1', $1) and datname !~ '^cadenza_trial_' order by 1",
      [DATABASE],
    );
    if (rows.length > 0)
      throw new CannotStartDatabase(
        `Cadenza's database server has other databases too, which cannot be moved: ${rows.map(({ name }) => name).join(", ")}. Nothing was changed. ` +
          "Start the earlier version of Cadenza, save and drop them, and start this version again.",
      );
  } finally {
    await client.end();
  }
}

async function buildIndexes(
  statements: readonly string[],
  builders: readonly pg.Client[],
  tell: Tell,
  isStopping: () => boolean,
) {
  const waiting = [...statements];
  const build = async (client: pg.Client) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (isStopping()) throw toldToStop();
      await client.query(next);
      tell("indexing", 1 - waiting.length / statements.length);
    }
  };
  await Promise.all(builders.map(build));
}

async function refreshViews(client: pg.Client) {
  const { rows } = await client.query<{ place: string }>(
    "select oid::regclass::text as place from pg_class where relkind = 'm' order by oid",
  );
  for (const { place } of rows) await client.query(`refresh materialized view ${place}`);
}

/**
 * The clone guard tells databases apart by what PostgreSQL calls them, and this one has a new name there. It is the same installation,
 * for the other one is put aside with all that it knows. So where email went out from the old one, it may go out from this one; and
 * where sending was held, it stays held.
 */
async function settleIn(from: pg.Client, to: pg.Client) {
  const { rows } = await from.query<{ has_place: boolean }>(
    "select to_regprocedure('public.sending_place()') is not null as has_place",
  );
  if (!rows[0]?.has_place) return;
  const here = await from.query<{ is_here: boolean }>(
    "select sending_place = sending_place() as is_here from public.installation",
  );
  if (here.rows[0]?.is_here)
    await within(to, () => to.query("update public.installation set sending_place = public.sending_place()"));
}
