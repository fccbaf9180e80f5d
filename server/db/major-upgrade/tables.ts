// All rows of the old database into the new one. The tables are empty and in one transaction: so PostgreSQL writes the rows once and no
// log of them. Indexes are built afterwards, which is faster than keeping them up row by row.

import type pg from "pg";
import { quoted } from "../snapshot-guards.ts";
import { copyAcross, type Digest } from "./rows.ts";
import { APART } from "./schema-facts.ts";

export type Table = {
  schema: string;
  name: string;
  columns: string[];
  bytes: number;
  /** It has no partitions. */
  is_plain: boolean;
};

export type Copied = { table: Table; digest: Digest };

/** Of both servers: a table is named by its place. */
export const placeOf = ({ schema, name }: Pick<Table, "schema" | "name">) =>
  `${quoted(schema)}.${quoted(name)}`;

const columnsOf = ({ columns }: Table) => columns.map(quoted).join(", ");

/** As the statement that reads it. Partitions are read by the table that they belong to. */
export const reading = (table: Table) => `copy (select ${columnsOf(table)} from ${placeOf(table)}) to stdout`;

export const ALL = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not (${APART})`;

export async function tablesIn(client: pg.Client, which: string): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select n.nspname::text as schema, c.relname::text as name, pg_table_size(c.oid)::float8 as bytes, c.relkind = 'r' as is_plain,
            array(select a.attname::text from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and ${which}
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      order by 1, 2`,
  );
  return rows;
}

/** Triggers and foreign keys do not look: the rows were in order where they come from, and each is compared afterwards. */
export async function copyTables(
  from: pg.Client,
  to: pg.Client,
  tables: readonly Table[],
  copied: (bytes: number) => Promise<void> | undefined,
): Promise<Copied[]> {
  const done: Copied[] = [];
  await to.query("set local session_replication_role = replica");
  if (tables.length > 0) await to.query(`truncate ${tables.map(placeOf).join(", ")}`);
  for (const table of tables) {
    const writing = `copy ${placeOf(table)} (${columnsOf(table)}) from stdin${table.is_plain ? " with (freeze)" : ""}`;
    done.push({ table, digest: await copyAcross([from, reading(table)], [to, writing], copied) });
  }
  await to.query("set local session_replication_role = origin");
  return done;
}

/** Answers the statements that build them again. Those that a constraint has stay. */
export async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ place: string; statement: string }>(
    `select i.indexrelid::regclass::text as place, pg_get_indexdef(i.indexrelid) as statement
       from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and not i.indisreplident and not i.indisclustered and ${ALL}
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
      order by pg_relation_size(c.oid) desc, 1`,
  );
  if (rows.length > 0) await client.query(`drop index ${rows.map(({ place }) => place).join(", ")}`);
  return rows.map(({ statement }) => statement);
}

type Sequence = { place: string; last: string; is_called: boolean };

/** Numbers go on where they were. */
export async function copySequences(from: pg.Client, to: pg.Client) {
  for (const { place, last, is_called } of await sequencesIn(from))
    await to.query("select setval($1::regclass, $2, $3)", [place, last, is_called]);
}

export async function sequencesIn(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ place: string }>(
    `select format('%I.%I', n.nspname, c.relname) as place from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'S' and ${ALL} order by 1`,
  );
  const found: Sequence[] = [];
  for (const { place } of rows) {
    const one = await client.query<Omit<Sequence, "place">>(
      `select last_value::text as last, is_called from ${place}`,
    );
    if (one.rows[0]) found.push({ place, ...one.rows[0] });
  }
  return found;
}
