// The tables as an earlier version had them, built anew within a transaction, and what brings them to this version afterwards.
//
// What is easy to get wrong: a migration usually ends with its transaction, and here it does not. So checks that wait for the end are
// made after each one, or the next could not change the same table. And sessions that prepared statements for the old tables may not
// use them for the new ones.

import type pg from "pg";
import { applyWithin, LIST_OF_MIGRATIONS } from "./migrate.ts";
import type { Migration } from "./migration-files.ts";

/** Which engines are alive: no part of a backup, and the server that restores it is one of them. */
type Kept = { engines: string };

/** Only in an installation that was found to be empty. */
export async function clearAway(client: pg.Client): Promise<Kept> {
  const { rows } = await client.query<Kept>(
    "select coalesce(jsonb_agg(e), '[]')::text as engines from engines e",
  );
  await client.query(DROP_EVERYTHING);
  return rows[0] ?? { engines: "[]" };
}

export async function buildAt(client: pg.Client, level: readonly Migration[]) {
  await client.query(LIST_OF_MIGRATIONS);
  await applyEach(client, level);
}

export async function migrateFrom(client: pg.Client, later: readonly Migration[], { engines }: Kept) {
  await applyEach(client, later);
  await client.query("insert into engines select * from jsonb_populate_recordset(null::engines, $1)", [
    engines,
  ]);
}

async function applyEach(client: pg.Client, migrations: readonly Migration[]) {
  for (const migration of migrations) {
    await applyWithin(client, migration);
    await client.query("set constraints all immediate; set constraints all deferred");
  }
}

/** What the extensions made stays, for other programs may use them too. The schema itself stays with its rights. */
const DROP_EVERYTHING = `
  do $$
  declare
    one record;
  begin
    drop schema if exists audit cascade;
    drop schema if exists reporting cascade;
    for one in -- a sequence that a column owns goes with its table, and not without it
      select 'drop ' || case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end
             || format(' if exists public.%I cascade', c.relname) as statement
        from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
         and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass
                            and (d.deptype = 'e' or c.relkind = 'S' and d.deptype in ('a', 'i')))
    loop
      execute one.statement;
    end loop;
    for one in
      select format('drop routine if exists public.%I(%s) cascade', p.proname, pg_get_function_identity_arguments(p.oid)) as statement
        from pg_proc p
       where p.pronamespace = 'public'::regnamespace
         and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
    loop
      execute one.statement;
    end loop;
    for one in
      select format('drop type if exists public.%I cascade', t.typname) as statement
        from pg_type t
       where t.typnamespace = 'public'::regnamespace and t.typtype in ('d', 'e')
         and not exists (select from pg_depend d where d.objid = t.oid and d.classid = 'pg_type'::regclass and d.deptype = 'e')
    loop
      execute one.statement;
    end loop;
  end $$`;

/** Waits until they are gone. Of the product's own processes, each of which connects again. The connection that says which of them live is spared. */
export async function endPreparedSessions(client: pg.Client) {
  await client.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name ~ '^cadenza( api| engine)?(:|$)'`,
  );
}
