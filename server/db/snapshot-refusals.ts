// Why a backup is not restored here. Asked before anything is changed.

import pg from "pg";
import { EARLIER } from "./baseline.ts";
import type { Migration } from "./migration-files.ts";
import type { Contents, KnowsKey, Table } from "./snapshot.ts";

/** The message is a sentence for the operator. */
export class CannotRestore extends Error {}

export async function describe(client: pg.Client) {
  const migrations = await client.query<{ number: number; checksum: string }>(
    "select number, checksum from schema_migrations order by number",
  );
  const key = await client.query<{ fingerprint: string | null }>(
    "select encode(key_fingerprint, 'hex') as fingerprint from installation",
  );
  return { migrations: migrations.rows, keyFingerprint: key.rows[0]?.fingerprint ?? null };
}

export async function refuseUnfit(
  client: pg.Client,
  contents: Contents,
  knowsKey: KnowsKey,
  known: readonly Migration[],
) {
  refuseUnknownLevel(contents, known);
  if (contents.keyFingerprint !== null && !knowsKey(Buffer.from(contents.keyFingerprint, "hex")))
    throw new CannotRestore(
      "The secrets in this backup are encrypted with another key. Stop Cadenza, empty its data folder or database, put the cadenza.key of the backup into the data folder, and start it again.",
    );
  await refuseOccupied(client);
}

/** Every migration of the backup has to be one of ours. Numbers may be missing between them: those are made up for afterwards. */
function refuseUnknownLevel({ migrations, version }: Contents, known: readonly Migration[]) {
  const checksums = new Map(known.map(({ number, checksum }) => [number, checksum]));
  const unknown = migrations.findLast(({ number, checksum }) => checksums.get(number) !== checksum);
  const last = known.at(-1)?.number ?? 0;
  if (unknown && unknown.number > last)
    throw new CannotRestore(
      `This backup is newer than this server (it has migration ${unknown.number}, this version ends at ${last}): restore it with ${version ? `Cadenza ${version}` : "the version that made it"} or a newer one.`,
    );
  const first = known[0]?.number ?? 0;
  if (migrations[0]?.number !== first && migrations.at(-1)?.number !== undefined)
    throw new CannotRestore(
      `This backup is older than this version can read (its migrations begin before ${first}): restore it with the version of commit ${EARLIER.commit}, start that version once, and back up again.`,
    );
  if (unknown)
    throw new CannotRestore(
      `Migration ${unknown.number} of this backup is not the one of this version: restore it with ${version ? `the Cadenza ${version}` : "the version"} that made it.`,
    );
}

/** A team that has worked here would lose its data. As the role that sees all teams, because the owner may see none. */
async function refuseOccupied(client: pg.Client) {
  await client.query("set local role cadenza_across");
  const { rows } = await client.query(
    "select 1 from contacts union all select 1 from messages union all select 1 from users where password_hash is not null limit 1",
  );
  await client.query("reset role");
  if (rows.length > 0)
    throw new CannotRestore(
      "This installation is already in use: it has users, contacts or emails. Restore a backup into a new, empty installation.",
    );
}

export function refuseOtherTables(here: readonly Table[], there: readonly Table[]) {
  const list = (tables: readonly Table[]) =>
    tables.map(({ name, columns }) => `${name}(${columns.join()})`).join();
  if (list(here) !== list(there))
    throw new CannotRestore(
      "The tables of this backup do not match this version of Cadenza. Restore it with the version that made it.",
    );
}

const OUT_OF_SHARED_MEMORY = "53200";

/** Every table that goes and every table that comes is locked until the end: more than a small server of the operator's may have room for. */
export function asTooManyLocks(error: unknown) {
  if (!(error instanceof pg.DatabaseError) || error.code !== OUT_OF_SHARED_MEMORY) return error;
  return new CannotRestore(
    "PostgreSQL has no room for the locks of this restore. Set max_locks_per_transaction = 256, restart PostgreSQL and restore again.",
    { cause: error },
  );
}
