// Brings a database to the state this version needs: roles, then the baseline for an empty one, then the numbered files that
// are missing, in order, each in its own transaction, all under one lock. Forward only: the statements of a released file are
// never edited, and its checksum is there to say so. Another version may be at work on the database meanwhile.

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { VERSION } from "../kernel/version.ts";
import { type BackgroundMigration, namesBefore, readBackground } from "./background-migrations/files.ts";
import { runBackground } from "./background-migrations/run.ts";
import { adoptBaseline, BASELINE_NUMBER } from "./baseline.ts";
import type { ConnectionOptions } from "./connect.ts";
import { refuseOldServer, refuseOpenTables } from "./fitness.ts";
import { createJobTables } from "./jobs.ts";
import { readNote, writeNote } from "./level-note.ts";
import { type Migration, neededFor, readMigrations } from "./migration-files.ts";

const MIGRATION_LOCK = 0x0ca_de_02a;

// A database restored on another server counts its transactions anew; see the procedure.
export const WELCOME =
  "do $$ begin if to_regprocedure('welcome_restored_events()') is not null then call welcome_restored_events(); end if; end $$";

export const LIST_OF_MIGRATIONS =
  "create table if not exists schema_migrations (number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())";

export class CannotMigrate extends Error {}

/** Works as the owner of the database; nothing else of ours ever does. Answers what was applied. */
export async function migrate(
  owner: ConnectionOptions,
  appPassword: string | null,
  migrations: readonly Migration[] = readMigrations(),
  background: readonly BackgroundMigration[] = readBackground(),
) {
  return underLock(owner, async (client) => {
    await makeRoles(client);
    if (appPassword) await letAppLogIn(client, appPassword);
    const applied = await applyMissing(client, migrations, background);
    await client.query(WELCOME);
    await createJobTables(client);
    await refuseOpenTables(client);
    return applied;
  });
}

/** While the earlier version is at work: up to the first migration that it cannot work with. The queue of jobs stays as it is. */
export function migrateBeside(
  owner: ConnectionOptions,
  migrations: readonly Migration[] = readMigrations(),
  background: readonly BackgroundMigration[] = readBackground(),
) {
  return underLock(owner, async (client) => {
    await makeRoles(client);
    const done = await readDone(client);
    const missing = migrations.filter(({ number }) => !done.has(number));
    const first = missing.findIndex((migration) => !isBeside(migration, done));
    const later = new Set(first < 0 ? [] : missing.slice(first));
    const applied = await applyMissing(
      client,
      migrations.filter((migration) => !later.has(migration)),
      background,
    );
    return { applied, left: [...later].map(({ name }) => name) };
  });
}

/** Whether a version that knows what the database has goes on after it. */
export function isBeside(migration: Migration, done: ReadonlyMap<number, string>) {
  const needed = neededFor(migration);
  return needed === 0 || done.has(needed);
}

async function underLock<T>(owner: ConnectionOptions, act: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  await client.connect();
  try {
    await refuseOldServer(client);
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    return await act(client);
  } finally {
    await client.end();
  }
}

/** The roles of Cadenza, where they are missing. */
export function makeRoles(client: pg.Client) {
  return client.query(readFileSync(new URL("roles.sql", import.meta.url), "utf8"));
}

async function letAppLogIn(client: pg.Client, password: string) {
  await client.query(`alter role cadenza_app login password ${pg.escapeLiteral(password)}`);
}

async function applyMissing(
  client: pg.Client,
  migrations: readonly Migration[],
  background: readonly BackgroundMigration[],
) {
  await client.query(LIST_OF_MIGRATIONS);
  const baseline = migrations.find(({ number }) => number === BASELINE_NUMBER);
  const refusal = baseline && (await adoptBaseline(client, baseline));
  if (refusal) throw new CannotMigrate(refusal);
  const checksums = await readDone(client);
  const note = await readNote(client);
  refuseUnknownPast(checksums, migrations, note?.needs);

  const missing = migrations.filter((migration) => !checksums.has(migration.number));
  let needs = note?.needs ?? Math.max(0, ...checksums.keys());
  for (const migration of missing) {
    needs = Math.max(needs, neededFor(migration));
    await endBackground(client, migration, background);
    await apply(client, migration, needs);
  }
  if (missing.length === 0 && note?.version !== VERSION) await writeNote(client, needs);
  return missing.map((migration) => migration.name);
}

/** A database that skips versions may not have begun with what this migration relies on. */
async function endBackground(
  client: pg.Client,
  migration: Migration,
  background: readonly BackgroundMigration[],
) {
  for (const name of namesBefore(migration)) {
    const before = background.find((one) => one.name === name);
    if (!before) throw new CannotMigrate(`Migration ${migration.name} needs ${name}, which is not there.`);
    const end = await runBackground(client, before, { rests: false });
    if (end.is === "stuck")
      throw new CannotMigrate(
        `Migration ${migration.name} needs the background migration ${name}, which could not change all rows of ${before.table}: ${end.error}`,
      );
  }
}

async function readDone(client: pg.Client): Promise<Map<number, string>> {
  const { rows } = await client.query<{ number: number; checksum: string }>(
    "select number, checksum from schema_migrations",
  );
  return new Map(rows.map((row) => [row.number, row.checksum]));
}

/** `needs`: a version that has this migration works with the database, whatever came after it. */
export function refuseUnknownPast(
  checksums: ReadonlyMap<number, string>,
  migrations: readonly Migration[],
  needs = Number.POSITIVE_INFINITY,
) {
  const last = migrations.at(-1)?.number ?? 0;
  for (const [number, checksum] of checksums) {
    const ours = migrations.find((migration) => migration.number === number);
    if (!ours && needs > last)
      throw new CannotMigrate(
        `The database has migration ${number}, which this version of Cadenza does not know. Start the newer version.`,
      );
    if (ours && ours.checksum !== checksum)
      throw new CannotMigrate(`Migration ${ours.name} was edited after it had been applied.`);
  }
}

/** Calls that come after it wait as well, so it does not stand in the queue for long. */
const LOCK_WAIT_MS = 2_000;
const PAUSE_MS = 1_000;
const MOST_TRIES = 200;
/** A lock that was not to be had in time, and two that waited for each other. */
const PASSING = new Set(["55P03", "40P01"]);

async function apply(client: pg.Client, migration: Migration, needs: number) {
  for (let tries = 1; ; tries++) {
    await client.query("begin");
    try {
      await client.query("select set_config('lock_timeout', $1, true)", [`${LOCK_WAIT_MS}ms`]);
      await applyWithin(client, migration);
      await writeNote(client, needs);
      await client.query("commit");
      return;
    } catch (error) {
      await client.query("rollback").catch(() => {});
      const { code = "", message } = error as { code?: string; message: string };
      if (!PASSING.has(code) || tries === MOST_TRIES)
        throw new CannotMigrate(`Migration ${migration.name} failed: ${message}`, { cause: error });
      await sleep(PAUSE_MS);
    }
  }
}

/** In the caller's transaction. */
export async function applyWithin(client: pg.Client, { number, name, sql, checksum }: Migration) {
  await client.query(sql);
  await client.query("insert into schema_migrations (number, name, checksum) values ($1, $2, $3)", [
    number,
    name,
    checksum,
  ]);
}
