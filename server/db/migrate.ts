// Brings a database to the state this version needs: roles, then the baseline for an empty one, then the numbered files that
// are missing, in order, each in its own transaction, all under one lock. Forward only: the statements of a released file are
// never edited, and its checksum is there to say so.

import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { adoptBaseline, BASELINE_NUMBER, checksumOf, readBaseline } from "./baseline.ts";
import type { ConnectionOptions } from "./connect.ts";
import { refuseOldServer, refuseOpenTables } from "./fitness.ts";
import { createJobTables } from "./jobs.ts";

const MIGRATION_LOCK = 0x0ca_de_02a;

// A database restored on another server counts its transactions anew; see the procedure.
export const WELCOME =
  "do $$ begin if to_regprocedure('welcome_restored_events()') is not null then call welcome_restored_events(); end if; end $$";

export const LIST_OF_MIGRATIONS =
  "create table if not exists schema_migrations (number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())";

export type Migration = { number: number; name: string; sql: string; checksum: string };

export class CannotMigrate extends Error {}

/** Works as the owner of the database; nothing else of ours ever does. Answers what was applied. */
export async function migrate(
  owner: ConnectionOptions,
  appPassword: string | null,
  migrations: readonly Migration[] = readMigrations(),
) {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  await client.connect();
  try {
    await refuseOldServer(client);
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query(readFileSync(new URL("roles.sql", import.meta.url), "utf8"));
    if (appPassword) await letAppLogIn(client, appPassword);
    const applied = await applyMissing(client, migrations);
    await client.query(WELCOME);
    await createJobTables(client);
    await refuseOpenTables(client);
    return applied;
  } finally {
    await client.end();
  }
}

async function letAppLogIn(client: pg.Client, password: string) {
  await client.query(`alter role cadenza_app login password ${pg.escapeLiteral(password)}`);
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]) {
  await client.query(LIST_OF_MIGRATIONS);
  const baseline = migrations.find(({ number }) => number === BASELINE_NUMBER);
  const refusal = baseline && (await adoptBaseline(client, baseline));
  if (refusal) throw new CannotMigrate(refusal);
  const done = await client.query<{ number: number; checksum: string }>(
    "select number, checksum from schema_migrations",
  );
  const checksums = new Map(done.rows.map((row) => [row.number, row.checksum]));
  refuseUnknownPast(checksums, migrations);

  const missing = migrations.filter((migration) => !checksums.has(migration.number));
  for (const migration of missing) await apply(client, migration);
  return missing.map((migration) => migration.name);
}

function refuseUnknownPast(checksums: ReadonlyMap<number, string>, migrations: readonly Migration[]) {
  for (const [number, checksum] of checksums) {
    const ours = migrations.find((migration) => migration.number === number);
    if (!ours)
      throw new CannotMigrate(
        `The database has migration ${number}, which this version of Cadenza does not know. Start the newer version.`,
      );
    if (ours.checksum !== checksum)
      throw new CannotMigrate(`Migration ${ours.name} was edited after it had been applied.`);
  }
}

async function apply(client: pg.Client, migration: Migration) {
  await client.query("begin");
  try {
    await applyWithin(client, migration);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw new CannotMigrate(`Migration ${migration.name} failed: ${(error as Error).message}`, {
      cause: error,
    });
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

const FOLDER = new URL("migrations/", import.meta.url);

/** The baseline, then the files that came after it. */
export function readMigrations(): Migration[] {
  const later = readdirSync(FOLDER)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(new URL(file, FOLDER), "utf8");
      return { number: Number(file.slice(0, 4)), name: file.slice(0, -4), sql, checksum: checksumOf(sql) };
    });
  return [readBaseline(), ...later];
}
