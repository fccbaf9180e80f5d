// A backup restored into a database that exists only for that, by the same code as a restore: whether it can be restored, and what it holds.
//
// What is easy to get wrong: nothing may touch the database that is in use. So it gets a database of its own on the same server, named
// after the one in use, and whatever a killed process left of it goes first. Only one process at a time may be here.

import pg from "pg";
import type { ConnectionOptions } from "./connect.ts";
import { dropDatabase } from "./drop-database.ts";
import { migrate } from "./migrate.ts";
import { type KnowsKey, readSnapshot, type SnapshotSource } from "./snapshot.ts";
import { quoted } from "./snapshot-guards.ts";
import { CannotRestore } from "./snapshot-refusals.ts";

export type Trial = { migrated: string[]; rows: ReadonlyMap<string, number> };

/** Foreign keys, unique keys and checks are verified by PostgreSQL, as in each restore. */
export async function tryRestore(
  owner: ConnectionOptions,
  source: SnapshotSource,
  knowsKey: KnowsKey,
): Promise<Trial> {
  return inOwnDatabase(owner, async (temporary) => {
    await migrate(temporary, null);
    const rows = new Map<string, number>();
    try {
      const migrated = await readSnapshot(temporary, counting(source, rows), knowsKey, {
        arrived: (client) => refuseOtherCounts(client, rows),
      });
      return { migrated, rows };
    } catch (error) {
      throw asContradiction(error);
    }
  });
}

async function inOwnDatabase<T>(
  owner: ConnectionOptions,
  work: (temporary: ConnectionOptions) => Promise<T>,
) {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  await client.connect();
  try {
    await client.query("set statement_timeout = 0");
    const { rows } = await client.query<{ name: string }>(
      "select 'cadenza_trial_' || oid as name from pg_database where datname = current_database()",
    );
    const name = rows[0]?.name ?? "cadenza_trial";
    await dropDatabase(client, name);
    await client
      .query(`create database ${quoted(name)} template template0 encoding 'UTF8'`)
      .catch((error) => Promise.reject(asMissingRight(error)));
    const result = await work({ ...owner, database: name }).catch(async (error) => {
      await dropDatabase(client, name).catch(() => {}); // the next trial drops it; why this one failed is to be read
      throw error;
    });
    await dropDatabase(client, name);
    return result;
  } finally {
    await client.end();
  }
}

const INSUFFICIENT_PRIVILEGE = "42501";
const DATA_EXCEPTION = /^2[23]/; // a value that its column refuses, or a key or a check that is broken

function asContradiction(error: unknown) {
  if (!(error instanceof pg.DatabaseError) || !DATA_EXCEPTION.test(error.code ?? "")) return error;
  return new CannotRestore(
    `Its data does not fit together, so a restore would fail: ${error.message}${error.table ? ` (table ${error.table})` : ""}.`,
    { cause: error },
  );
}

function asMissingRight(error: unknown) {
  if (!(error instanceof pg.DatabaseError) || error.code !== INSUFFICIENT_PRIVILEGE) return error;
  return new CannotRestore(
    "The user in DATABASE_URL may not create a temporary database: give it CREATEDB, or verify with a Cadenza that has its own PostgreSQL.",
    { cause: error },
  );
}

const LINE_END = 0x0a;

/** In COPY's text format each row ends with a line end, and no value contains one. */
function counting(source: SnapshotSource, rows: Map<string, number>): SnapshotSource {
  const names = source.contents.tables.map(({ name }) => name).values();
  return {
    contents: source.contents,
    async *piecesOfTable() {
      const name = names.next().value ?? "";
      let count = 0;
      for await (const piece of source.piecesOfTable()) {
        for (let at = piece.indexOf(LINE_END); at >= 0; at = piece.indexOf(LINE_END, at + 1)) count += 1;
        yield piece;
      }
      rows.set(name, count);
    },
  };
}

async function refuseOtherCounts(client: pg.Client, rows: ReadonlyMap<string, number>) {
  for (const [name, inFile] of rows) {
    const { rows: found } = await client.query<{ n: number }>(
      `select count(*)::float8 as n from ${quoted(name)}`,
    );
    const n = found[0]?.n ?? 0;
    if (n !== inFile)
      throw new CannotRestore(
        `The table ${name} has ${inFile} rows in the file, and ${n} after the restore.`,
      );
  }
}
