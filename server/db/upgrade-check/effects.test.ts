import assert from "node:assert/strict";
import { test } from "node:test";
import type pg from "pg";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { BASELINE_NUMBER } from "../baseline.ts";
import { applyWithin, LIST_OF_MIGRATIONS, makeRoles } from "../migrate.ts";
import { type Migration, readMigrations } from "../migration-files.ts";
import { domainsIn, THROUGH } from "./database.ts";
import { type Effect, effectsOf } from "./effects.ts";
import { statementsIn } from "./statements.ts";

const world = useWorld({ role: "api" });

async function onEmptyDatabase(act: (client: pg.Client) => Promise<void>) {
  const name = `cadenza_effects_${process.pid}`;
  await asOwner(world, (client) => client.query(`create database ${name}`));
  try {
    await asOwner({ ownerConnection: { ...world.ownerConnection, database: name } }, act);
  } finally {
    await asOwner(world, (client) => client.query(`drop database ${name} with (force)`));
  }
}

type Found = { table: string; modes: string[]; file: string };

/** Tables and the files they are in, with the locks that this session holds on them. */
async function tablesNow(client: pg.Client) {
  const { rows } = await client.query<Found>(
    `select c.relname::text as table, c.relfilenode::text as file,
            array(select l.mode::text from pg_locks l where l.relation = c.oid and l.pid = pg_backend_pid()) as modes
       from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
  );
  return new Map(rows.map((row) => [row.table, row]));
}

/** What PostgreSQL does when it is applied, to tables that were there before. */
async function watched(client: pg.Client, migration: Migration) {
  const before = await tablesNow(client);
  await client.query("begin");
  await applyWithin(client, migration);
  await client.query("set constraints all immediate");
  const after = await tablesNow(client);
  await client.query("commit");
  const old = [...after.values()].filter(({ table }) => before.has(table) && table !== "schema_migrations");
  const holding = (modes: readonly string[]) =>
    old.filter((one) => one.modes.some((mode) => modes.includes(mode))).map(({ table }) => table);
  return {
    rewritten: old.filter(({ table, file }) => before.get(table)?.file !== file).map(({ table }) => table),
    closed: holding(["AccessExclusiveLock"]),
    writes: holding(["ShareLock", "ShareRowExclusiveLock", "ExclusiveLock"]),
  };
}

async function tablesThrough(client: pg.Client) {
  const { rows } = await client.query<{ name: string; table: string }>(THROUGH);
  return new Map(rows.map(({ name, table }) => [name, table]));
}

test("each migration locks and rewrites the tables that are read from its text, and no others", () =>
  onEmptyDatabase(async (client) => {
    await makeRoles(client);
    await client.query(LIST_OF_MIGRATIONS);
    for (const migration of readMigrations()) {
      const { effects } = effectsOf(migration.sql, await domainsIn(client));
      const through = await tablesThrough(client);
      const named = effects
        .map((effect) => ({ ...effect, table: effect.table ?? through.get(effect.through ?? "") ?? null }))
        .filter(({ table }) => table !== null);
      const tables = (isMeant: (effect: Effect) => boolean) =>
        new Set(named.filter(isMeant).map(({ table }) => table));
      const { rewritten, closed, writes } = await watched(client, migration);
      if (migration.number === BASELINE_NUMBER) continue;
      const seen = tables(({ stops }) => stops !== null);
      assert.deepEqual(
        {
          notSeenRewritten: [...new Set(rewritten)].filter(
            (name) => !tables((one) => one.work === "rewrites").has(name),
          ),
          seenRewritten: [...tables((one) => one.work === "rewrites")].filter(
            (name) => !rewritten.includes(name ?? ""),
          ),
          notSeenClosed: closed.filter(
            (name) => !tables((one) => one.stops === "reads and writes").has(name),
          ),
          notSeenLocked: writes.filter((name) => !seen.has(name)),
          seenLocked: [...seen].filter(
            (name) => !closed.includes(name ?? "") && !writes.includes(name ?? ""),
          ),
        },
        { notSeenRewritten: [], seenRewritten: [], notSeenClosed: [], notSeenLocked: [], seenLocked: [] },
        migration.name,
      );
    }
  }));

const taken = (sql: string) => effectsOf(sql, new Set()).takesAway;

test("what the previous version would miss is named, and what is only added is not", () => {
  for (const sql of [
    "create table t (x int not null); alter table t add check (x > 0); create unique index t_x on t (x)",
    "alter table t add column y int not null default 0",
    "alter table t add column y int default 0 not null",
    "alter table t add column y text check (y is not null or x > 0)",
    "create index t_x on t (x)",
    "drop index t_x",
    "drop policy p on t; create policy p on t for select using (true)",
    "create or replace function f() returns int language sql begin atomic select case when true then 1 end; end",
    "update t set x = 1 where x is null",
    "alter table t drop constraint t_check",
  ])
    assert.deepEqual(taken(sql), [], sql);
  for (const [sql, what] of [
    ["alter table t drop column x", "the column x of t"],
    ["alter table t rename column x to y", "a name in t"],
    ["alter table t alter column x type bigint", "the type of a column of t"],
    ["alter table t alter x set not null", "empty values in t"],
    ["alter table t add column y int not null", "rows of t without a new column"],
    ["alter table t add constraint c check (x > 0) not valid", "rows of t that a new condition refuses"],
    ["create unique index t_x on t (x)", "two rows of t with the same values"],
    ["drop table t", "the table t"],
    ["drop function f(int)", "the function f"],
    ["do $$ begin alter table t drop column x; end $$", "the column x of t"],
  ] as const)
    assert.deepEqual(taken(sql), [what], sql);
});

test("a semicolon in a text, a comment or the body of a function ends no statement", () => {
  assert.deepEqual(
    statementsIn(`
      select ';'; -- a comment; with one
      create function f() returns int begin atomic select case when 1 = 1 then 2 end; select 3; end;
      do $$ begin perform 1; end $$;
      create function g() returns trigger language plpgsql as $body$ begin return null; end $body$`).length,
    4,
  );
});
