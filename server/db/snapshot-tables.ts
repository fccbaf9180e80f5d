// The tables of a snapshot: copied into its schema, and put back from there.
//
// Triggers and foreign keys do not look while rows are put back: they were in order when they were copied. Switching them off needs
// a right that the owner of an embedded database has.

import type pg from "pg";

/** The engine that is at work, which copy of the database this is, and how far its schema has come. */
const STAYS = ["background_migrations", "engines", "installation", "schema_migrations"];
/** A table larger than that is emptied as a whole instead of row by row. */
const LARGE_BYTES = 1_000_000;

export class CannotSnapshot extends Error {}

export async function copyTables(client: pg.Client, schema: string) {
  for (const table of await filled(client, "public"))
    await client.query(`create table ${schema}.${quoted(table)} as table public.${quoted(table)}`);
}

/** Of tables that are spared, only teams that came later go. */
export async function putBack(client: pg.Client, schema: string, spared: readonly string[] = []) {
  await client.query("rollback; begin");
  try {
    await client.query("set local session_replication_role = replica");
  } catch {
    throw new CannotSnapshot();
  }
  const isTouched = (table: string) => table !== "about" && !spared.includes(table);
  const kept = (await filled(client, schema)).filter(isTouched);
  const filledNow = (await filled(client, "public")).filter(isTouched);
  const touched = [...new Set([...kept, ...filledNow])].sort();
  if (touched.length > 0)
    await client.query(`lock table ${touched.map((table) => `public.${quoted(table)}`).join(", ")}`);
  for (const table of filledNow) await empty(client, table);
  for (const table of kept) {
    const columns = (await columnsOf(client, table)).map(quoted).join(", ");
    await client.query(
      `insert into public.${quoted(table)} (${columns}) overriding system value select ${columns} from ${schema}.${quoted(table)}`,
    );
  }
  for (const table of spared)
    await client.query(
      `delete from public.${quoted(table)} where ${table === "teams" ? "id" : "team_id"} not in (select id from ${schema}.teams)`,
    );
  await client.query("commit");
}

async function empty(client: pg.Client, table: string) {
  const place = `public.${quoted(table)}`;
  const { rows } = await client.query("select pg_table_size($1::regclass)::float8 as bytes", [place]);
  await client.query(rows[0].bytes > LARGE_BYTES ? `truncate ${place} cascade` : `delete from ${place}`);
}

/** Tables with rows in them, but for those that stay as they are. */
async function filled(client: pg.Client, schema: string) {
  const { rows: tables } = await client.query(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relkind in ('r', 'p') and c.relname <> all($2) order by 1`,
    [schema, STAYS],
  );
  if (tables.length === 0) return [];
  const { rows } = await client.query(
    tables
      .map(
        ({ name }) => `select '${name}' as name where exists (select from ${quoted(schema)}.${quoted(name)})`,
      )
      .join(" union all "),
  );
  return rows.map(({ name }) => name as string);
}

/** But for those that the database works out itself. */
export async function columnsOf(client: pg.Client, table: string) {
  const { rows } = await client.query(
    `select attname as name from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [`public.${quoted(table)}`],
  );
  return rows.map(({ name }) => name as string);
}

export function quoted(name: string) {
  if (!/^[a-z0-9_]+$/.test(name)) throw new TypeError(`"${name}" is not a table or schema of Cadenza`);
  return `"${name}"`;
}
