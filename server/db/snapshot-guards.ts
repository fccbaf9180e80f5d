// What stands in the way of rows that are put back as they were: locks of others, foreign keys, triggers and row security. It is taken
// away for the transaction, and put back before its end.

import pg from "pg";
import type { Table } from "./snapshot.ts";

const DEADLOCK = "40P01";
const MOST_TRIES = 10;
const LEFT_OUT = ["schema_migrations", "engines", "backup_runs", "background_migrations"];

/**
 * What takes locks before the backup is read. The server itself goes on meanwhile, and may hold one table, or a view, while it waits
 * for another table. The one of the two that the database turns away begins again, without any lock. The backup can be read only
 * once, so this must not happen later.
 */
export async function untilLocked<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("savepoint unlocked");
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== DEADLOCK || tries >= MOST_TRIES) throw error;
      await client.query("rollback to savepoint unlocked");
    }
  }
}

export function lockAll(client: pg.Client, tables: readonly Table[]) {
  const names = tables.map(({ name }) => quoted(name)).join(", ");
  return client.query(`lock table ${names} in access exclusive mode`);
}

type TableRow = Table & { isGuarded: boolean; isForced: boolean; isOpenAcross: boolean };

export async function tablesOf(client: pg.Client): Promise<TableRow[]> {
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

/** Takes away what would stand in the way of rows as they were. Answers the statements that put it back. */
export async function unguard(client: pg.Client, tables: readonly TableRow[]): Promise<string[]> {
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
export async function countOn(client: pg.Client) {
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

export const quoted = (name: string) => pg.escapeIdentifier(name);
