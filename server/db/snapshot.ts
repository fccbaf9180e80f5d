// Everything of an installation, as one moment saw it: out by COPY in one transaction, in again into an empty one. What an earlier
// version wrote is put into the tables that version had, which are then migrated as an upgrade would have done.
//
// What is easy to get wrong: under row security a table may look empty instead of refusing, and a backup of nothing would
// look like one. What is put back must not be changed by triggers on its way in. And mails that the copy believes to be
// unsent may long have been sent, so whatever is put back sends nothing until a person says so.
//
// Left out: which engines are alive, and the queue of background jobs, which are begun again by the sweep.

import pg from "pg";
import type { ConnectionOptions } from "./connect.ts";
import { copyIn, copyOut } from "./copying.ts";
import { buildAt, clearAway, endPreparedSessions, migrateFrom } from "./earlier-level.ts";
import { WELCOME } from "./migrate.ts";
import { type Migration, readMigrations } from "./migration-files.ts";
import { countOn, lockAll, quoted, tablesOf, unguard, untilLocked } from "./snapshot-guards.ts";
import { asTooManyLocks, describe, refuseOtherTables, refuseUnfit } from "./snapshot-refusals.ts";

export type Table = { name: string; columns: string[] };

export type Contents = {
  madeAt: string;
  /** Of Cadenza; missing in files from before it was written down. */
  version?: string;
  migrations: { number: number; checksum: string }[];
  /** Tells the key file with which secrets are sealed; null where there were none yet. */
  keyFingerprint: string | null;
  tables: Table[];
};

export type SnapshotSink = {
  contents(contents: Contents): Promise<void>;
  piece(piece: Buffer): Promise<void>;
  endOfTable(): Promise<void>;
};

export type SnapshotSource = { contents: Contents; piecesOfTable(): AsyncIterable<Buffer> };

/** Whether the key of this fingerprint is at hand. */
export type KnowsKey = (fingerprint: Buffer) => boolean;

export async function writeSnapshot(
  owner: ConnectionOptions,
  made: { at: string; version: string | undefined },
  sink: SnapshotSink,
) {
  await inOneTransaction(owner, "begin isolation level repeatable read read only", async (client) => {
    const tables = await tablesOf(client);
    await sink.contents({
      ...(await describe(client)),
      madeAt: made.at,
      ...(made.version !== undefined && { version: made.version }),
      tables: tables.map(({ name, columns }) => ({ name, columns })),
    });
    for (const { name, columns, isGuarded, isOpenAcross } of tables) {
      if (isGuarded && !isOpenAcross) throw new Error(`${name} cannot be read across teams`);
      if (isGuarded) await client.query("set local role cadenza_across");
      await copyOut(
        client,
        `copy (select ${columns.map(quoted).join(", ")} from ${quoted(name)}) to stdout`,
        sink.piece,
      );
      if (isGuarded) await client.query("reset role");
      await sink.endOfTable();
    }
  });
}

type Putting = {
  /** All that this version knows. */
  known?: readonly Migration[];
  /** Every row of the backup is in its table, and neither changed nor guarded yet. */
  arrived?(client: pg.Client): Promise<void>;
};

/** All or nothing. Answers which migrations ran on the rows. */
export async function readSnapshot(
  owner: ConnectionOptions,
  source: SnapshotSource,
  knowsKey: KnowsKey,
  { known = readMigrations(), arrived = async () => {} }: Putting = {},
): Promise<string[]> {
  const has = new Set(source.contents.migrations.map(({ number }) => number));
  const later = known.filter(({ number }) => !has.has(number));
  return inOneTransaction(owner, "begin", async (client, afterwards) => {
    await client.query("set local lock_timeout = '20s'");
    const here = await tablesOf(client);
    const kept = await untilLocked(client, async () => {
      await lockAll(client, here);
      await refuseUnfit(client, source.contents, knowsKey, known);
      return later.length === 0 ? null : clearAway(client);
    });
    if (kept === null) await putIn(client, source, arrived);
    else {
      await buildAt(
        client,
        known.filter(({ number }) => has.has(number)),
      );
      await putIn(client, source, arrived);
      await migrateFrom(client, later, kept);
      refuseOtherTables(here, await tablesOf(client));
      afterwards(() => endPreparedSessions(client));
    }
    await client.query(WELCOME);
    await client.query(
      // db clock: no test moves it while a copy is restored
      `update installation set sending_held_since = coalesce(sending_held_since, now()),
         sending_held_because = array(select distinct unnest(sending_held_because || '{older_state}'::text[]) order by 1)`,
    );
    return later.map(({ name }) => name);
  });
}

async function putIn(
  client: pg.Client,
  source: SnapshotSource,
  arrived: (client: pg.Client) => Promise<void>,
) {
  const tables = await tablesOf(client);
  refuseOtherTables(tables, source.contents.tables);
  const undo = await unguard(client, tables);
  await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(", ")}`);
  for (const { name, columns } of source.contents.tables)
    await copyIn(
      client,
      `copy ${quoted(name)} (${columns.map(quoted).join(", ")}) from stdin`,
      source.piecesOfTable(),
    );
  await arrived(client);
  for (const statement of undo) await client.query(statement);
  await countOn(client);
}

/** What is put off with `afterwards` is done once the changes are committed, and harms nothing where it fails. */
async function inOneTransaction<T>(
  owner: ConnectionOptions,
  begin: string,
  work: (client: pg.Client, afterwards: (step: () => Promise<void>) => void) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  await client.connect();
  let last = async () => {};
  try {
    await client.query("set statement_timeout = 0");
    await client.query(begin);
    const answer = await work(client, (step) => {
      last = step;
    });
    await client.query("commit");
    await last().catch(() => {});
    return answer;
  } catch (error) {
    throw asTooManyLocks(error);
  } finally {
    await client.end(); // what is not committed is rolled back
  }
}
