// Everything of an installation, as one moment saw it: out by COPY in one transaction, in again into an empty one.
//
// What is easy to get wrong: under row security a table may look empty instead of refusing, and a backup of nothing would
// look like one. What is put back must not be changed by triggers on its way in. And mails that the copy believes to be
// unsent may long have been sent, so whatever is put back sends nothing until a person says so.
//
// Left out: which engines are alive, and the queue of background jobs, which are begun again by the sweep.

import pg from "pg";
import type { ConnectionOptions } from "./connect.ts";
import { copyIn, copyOut } from "./copying.ts";
import { WELCOME } from "./migrate.ts";

type Table = { name: string; columns: string[] };

export type Contents = {
  madeAt: string;
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
type KnowsKey = (fingerprint: Buffer) => boolean;

/** Why a snapshot is not put back. */
export class CannotRestore extends Error {}

const DEADLOCK = "40P01";
const MOST_TRIES = 10;
const LEFT_OUT = ["schema_migrations", "engines"];

export async function writeSnapshot(owner: ConnectionOptions, madeAt: string, sink: SnapshotSink) {
  await inOneTransaction(owner, "begin isolation level repeatable read read only", async (client) => {
    const tables = await tablesOf(client);
    await sink.contents({
      ...(await describe(client)),
      madeAt,
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

/** All or nothing. */
export async function readSnapshot(owner: ConnectionOptions, source: SnapshotSource, knowsKey: KnowsKey) {
  await inOneTransaction(owner, "begin", async (client) => {
    await client.query("set local lock_timeout = '20s'");
    const tables = await tablesOf(client);
    await lockAll(client, tables);
    await refuseUnfit(client, source.contents, knowsKey);
    refuseOtherTables(tables, source.contents.tables);
    const undo = await unguard(client, tables);
    await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(", ")}`);
    for (const { name, columns } of source.contents.tables)
      await copyIn(
        client,
        `copy ${quoted(name)} (${columns.map(quoted).join(", ")}) from stdin`,
        source.piecesOfTable(),
      );
    for (const statement of undo) await client.query(statement);
    await countOn(client);
    await client.query(WELCOME);
    await client.query(
      // db clock: no test moves it while a copy is restored
      `update installation set sending_held_since = coalesce(sending_held_since, now()),
         sending_held_because = array(select distinct unnest(sending_held_because || '{older_state}'::text[]) order by 1)`,
    );
  });
}

async function inOneTransaction(
  owner: ConnectionOptions,
  begin: string,
  work: (client: pg.Client) => Promise<void>,
) {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  await client.connect();
  try {
    await client.query("set statement_timeout = 0");
    await client.query(begin);
    await work(client);
    await client.query("commit");
  } finally {
    await client.end(); // what is not committed is rolled back
  }
}

/**
 * Before anything is changed. The server itself goes on meanwhile, and may hold one table while it waits for another.
 * The one of the two that the database turns away begins again. The backup can be read only once, so this must not
 * happen later.
 */
async function lockAll(client: pg.Client, tables: readonly Table[]) {
  const names = tables.map(({ name }) => quoted(name)).join(", ");
  await client.query("savepoint unlocked");
  for (let tries = 1; ; tries++) {
    try {
      return await client.query(`lock table ${names} in access exclusive mode`);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== DEADLOCK || tries >= MOST_TRIES) throw error;
      await client.query("rollback to savepoint unlocked");
    }
  }
}

type TableRow = Table & { isGuarded: boolean; isForced: boolean; isOpenAcross: boolean };

async function tablesOf(client: pg.Client): Promise<TableRow[]> {
  const { rows } = await client.query<TableRow>(
    `select c.relname as name, c.relforcerowsecurity as "isForced", row_security_active(c.oid) as "isGuarded",
            has_table_privilege('cadenza_across', c.oid, 'select') as "isOpenAcross",
            array(select a.attname::text from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                   order by a.attnum) as columns
       from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ($1)
      order by c.relname`,
    [LEFT_OUT],
  );
  return rows;
}

async function describe(client: pg.Client) {
  const migrations = await client.query<{ number: number; checksum: string }>(
    "select number, checksum from schema_migrations order by number",
  );
  const key = await client.query<{ fingerprint: string | null }>(
    "select encode(key_fingerprint, 'hex') as fingerprint from installation",
  );
  return { migrations: migrations.rows, keyFingerprint: key.rows[0]?.fingerprint ?? null };
}

async function refuseUnfit(client: pg.Client, contents: Contents, knowsKey: KnowsKey) {
  const here = await describe(client);
  const list = (from: Contents["migrations"]) =>
    from.map(({ number, checksum }) => `${number} ${checksum}`).join();
  if (list(here.migrations) !== list(contents.migrations))
    throw new CannotRestore(
      `This backup comes from another version of Cadenza (its migration is ${contents.migrations.at(-1)?.number}, this version has ${here.migrations.at(-1)?.number}). ` +
        "Restore it with the version that made it, then upgrade.",
    );
  if (contents.keyFingerprint !== null && !knowsKey(Buffer.from(contents.keyFingerprint, "hex")))
    throw new CannotRestore(
      "The secrets in this backup are encrypted with another key. Put the cadenza.key of the backup in place and start Cadenza again.",
    );
  await refuseOccupied(client);
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

function refuseOtherTables(here: readonly Table[], there: readonly Table[]) {
  const list = (tables: readonly Table[]) =>
    tables.map(({ name, columns }) => `${name}(${columns.join()})`).join();
  if (list(here) !== list(there))
    throw new CannotRestore(
      "The tables of this backup do not match this version of Cadenza. Restore it with the version that made it.",
    );
}

/** Takes away what would stand in the way of rows as they were. Answers the statements that put it back. */
async function unguard(client: pg.Client, tables: readonly TableRow[]): Promise<string[]> {
  const names = tables.map(({ name }) => name);
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
       from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = 'public'::regnamespace and c.relname = any ($1)`,
    [names],
  );
  for (const key of keys)
    await client.query(`alter table ${quoted(key.table)} drop constraint ${quoted(key.name)}`);
  for (const { name, isForced } of tables) {
    await client.query(`alter table ${quoted(name)} disable trigger user`);
    if (isForced) await client.query(`alter table ${quoted(name)} no force row level security`);
  }
  return [
    ...keys.map(
      (key) => `alter table ${quoted(key.table)} add constraint ${quoted(key.name)} ${key.definition}`,
    ),
    ...tables.map(({ name }) => `alter table ${quoted(name)} enable trigger user`),
    ...tables
      .filter(({ isForced }) => isForced)
      .map(({ name }) => `alter table ${quoted(name)} force row level security`),
  ];
}

/** What counts by itself goes on after the highest number there is. */
async function countOn(client: pg.Client) {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> '' and not a.attisdropped`,
  );
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce((select max(${quoted(column)}) from ${quoted(table)}), 0) + 1, false)`,
      [table, column],
    );
}

const quoted = (name: string) => pg.escapeIdentifier(name);
