// A database as an earlier version would have left it: its tables at an earlier migration, with the rows of a database of today as far as
// those tables have room for them. And what a database holds, in a form that two of them can be compared by.

import type pg from "pg";
import { copyIn, copyOut } from "../db/copying.ts";
import { migrate } from "../db/migrate.ts";
import type { Migration } from "../db/migration-files.ts";
import { asOwner } from "./owner.ts";

type Owner = Parameters<typeof asOwner>[0]["ownerConnection"];

const NOT_COPIED = ["schema_migrations", "engines"];

/** Answers how many tables got rows. */
export async function fillEarlier(today: Owner, earlier: Owner, level: readonly Migration[]) {
  await migrate(earlier, null, level);
  return asOwner({ ownerConnection: today }, (from) =>
    asOwner({ ownerConnection: earlier }, async (to) => {
      await to.query("set session_replication_role = replica"); // rows that name one another, in any order
      const [theirs, ours] = [await columnsOf(from), await columnsOf(to)];
      await to.query(
        `truncate ${Object.keys(ours)
          .filter((table) => !NOT_COPIED.includes(table))
          .map((name) => `"${name}"`)}`,
      );
      let filled = 0;
      for (const [table, columns] of Object.entries(ours)) {
        const both = columns.filter((column) => theirs[table]?.includes(column)).map((name) => `"${name}"`);
        if (NOT_COPIED.includes(table) || both.length === 0) continue;
        const pieces: Buffer[] = [];
        await copyOut(from, `copy (select ${both} from "${table}") to stdout`, async (piece) => {
          pieces.push(piece);
        });
        await copyIn(to, `copy "${table}" (${both}) from stdin`, inOrder(pieces));
        if (pieces.length > 0) filled++;
      }
      return filled;
    }),
  );
}

async function* inOrder(pieces: readonly Buffer[]) {
  yield* pieces;
}

async function columnsOf(client: pg.Client) {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by c.relname order by 1`,
  );
  return Object.fromEntries(rows.map(({ name, columns }) => [name, columns]));
}

/** The rows of each table as text, without what says when something was done to the whole database. */
export function rowsOf(owner: Owner, without: Readonly<Record<string, readonly string[]>>) {
  return asOwner({ ownerConnection: owner }, async (client) => {
    const found: Record<string, string[]> = {};
    for (const table of Object.keys(await columnsOf(client))) {
      const { rows } = await client.query<{ row: string }>(
        `select (to_jsonb(t) - $1::text[])::text as row from "${table}" t order by 1`,
        [without[table] ?? []],
      );
      found[table] = rows.map(({ row }) => row);
    }
    return found;
  });
}

/** Everything that the migrations make: columns, checks, indexes, functions, triggers, policies, views and who may use them. */
export function schemaOf(owner: Owner) {
  return asOwner({ ownerConnection: owner }, async (client) => {
    const { rows } = await client.query<{ line: string }>(SCHEMA);
    return rows.map(({ line }) => line);
  });
}

const SCHEMA = `
  with ours as (select oid, nspname from pg_namespace where nspname in ('public', 'audit', 'reporting'))
  select line from (
    select format('schema %s %s', n.nspname, n.nspacl) as line from pg_namespace n join ours using (oid)
    union all
    select format('relation %s.%s %s %s owner %s rights %s security %s %s options %s', o.nspname, c.relname, c.relkind, c.relpersistence,
                  pg_get_userbyid(c.relowner), c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.reloptions)
      from pg_class c join ours o on o.oid = c.relnamespace
    union all
    select format('column %s.%s %s %s null %s default %s identity %s', c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod),
                  not a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity)
      from pg_attribute a join pg_class c on c.oid = a.attrelid join ours o on o.oid = c.relnamespace
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where a.attnum > 0
    union all
    select format('constraint %s.%s %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
      from pg_constraint k join ours o on o.oid = k.connamespace
    union all
    select format('index %s', pg_get_indexdef(i.indexrelid)) from pg_index i join pg_class c on c.oid = i.indexrelid join ours o on o.oid = c.relnamespace
    union all
    select format('function %s owner %s rights %s %s', p.oid::regprocedure, pg_get_userbyid(p.proowner), p.proacl,
                  case when p.prokind = 'a' then '' else md5(pg_get_functiondef(p.oid)) end)
      from pg_proc p join ours o on o.oid = p.pronamespace
    union all
    select format('trigger %s %s', pg_get_triggerdef(t.oid), t.tgenabled)
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join ours o on o.oid = c.relnamespace where not t.tgisinternal
    union all
    select format('policy %s.%s %s %s %s %s', p.polrelid::regclass, p.polname, p.polcmd, p.polroles::regrole[],
                  pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) from pg_policy p
    union all
    select format('view %s %s', c.oid::regclass, pg_get_viewdef(c.oid))
      from pg_class c join ours o on o.oid = c.relnamespace where c.relkind = 'v'
  ) lines order by 1`;
