// The database as it is now, for what an upgrade will do to it. Everything is read, in one transaction that may not write.

import type pg from "pg";

export type TableSize = { name: string; rows: number; bytes: number; indexBytes: number };

export type DatabaseNow = {
  /** Null: there is no table of Cadenza's yet. */
  migrations: Map<number, string> | null;
  note: string | null;
  domains: Set<string>;
  tables: Map<string, TableSize>;
  /** The tables of indexes, and those that foreign keys (`table.constraint`) name. */
  through: Map<string, string>;
  /** The tables that have a column of a domain. */
  ofDomains: Map<string, string[]>;
  backgroundEnded: Set<string>;
  serverVersion: string;
};

export async function readDatabase(client: pg.Client): Promise<DatabaseNow> {
  await client.query("begin transaction isolation level repeatable read read only");
  try {
    return await read(client);
  } finally {
    await client.query("rollback");
  }
}

async function read(client: pg.Client): Promise<DatabaseNow> {
  const ask = async <Row extends object>(sql: string) => (await client.query<Row>(sql)).rows;
  const [about] = await ask<{
    is_there: boolean;
    has_background: boolean;
    version: string;
    note: string | null;
  }>(
    `select to_regclass('public.schema_migrations') is not null as is_there,
            to_regclass('public.background_migrations') is not null as has_background, current_setting('server_version') as version,
            obj_description(to_regclass('public.schema_migrations')) as note`,
  );
  const migrations = about?.is_there
    ? await ask<{ number: number; checksum: string }>("select number, checksum from public.schema_migrations")
    : null;
  const tables = await ask<TableSize>(
    `select relname::text as name, greatest(reltuples, 0)::float8 as rows, pg_table_size(oid)::float8 as bytes,
            pg_indexes_size(oid)::float8 as "indexBytes"
       from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const through = await ask<{ name: string; table: string }>(THROUGH);
  const ofDomains = await ask<{ domain: string; tables: string[] }>(
    `select t.typname::text as domain, array_agg(distinct c.relname::text) as tables
       from pg_type t join pg_attribute a on a.atttypid = t.oid and a.attnum > 0 and not a.attisdropped
       join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      where t.typtype = 'd' group by 1`,
  );
  const ended = about?.has_background
    ? await ask<{ name: string }>("select name from public.background_migrations where ended_at is not null")
    : [];
  return {
    migrations: migrations && new Map(migrations.map(({ number, checksum }) => [number, checksum])),
    note: about?.note ?? null,
    domains: await domainsIn(client),
    tables: new Map(tables.map((table) => [table.name, table])),
    through: new Map(through.map(({ name, table }) => [name, table])),
    ofDomains: new Map(ofDomains.map(({ domain, tables: of }) => [domain, of])),
    backgroundEnded: new Set(ended.map(({ name }) => name)),
    serverVersion: about?.version ?? "",
  };
}

export const THROUGH = `
  select i.relname::text as name, t.relname::text as table from pg_index x
    join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
   where t.relnamespace = 'public'::regnamespace
  union all
  select t.relname || '.' || k.conname, r.relname::text from pg_constraint k
    join pg_class t on t.oid = k.conrelid join pg_class r on r.oid = k.confrelid
   where k.contype = 'f' and k.connamespace = 'public'::regnamespace`;

/** Those with a condition. */
export async function domainsIn(client: pg.Client) {
  const { rows } = await client.query<{ name: string }>(
    `select t.typname::text as name from pg_type t
      where t.typtype = 'd' and exists (select from pg_constraint c where c.contypid = t.oid)`,
  );
  return new Set(rows.map(({ name }) => name));
}
