import assert from "node:assert/strict";
import { test } from "node:test";
import type pg from "pg";
import { until } from "../../testing/sending.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld, type World } from "../../testing/world.ts";
import { CannotMigrate, migrate } from "../migrate.ts";
import { type Migration, readMigrations } from "../migration-files.ts";
import { type BackgroundMigration, backgroundOf, readBackground } from "./files.ts";
import { runBackground } from "./run.ts";

const world = useWorld({ role: "api" });

const STATE = readMigrations().find(({ name }) => name === "0366_background_migrations") as Migration;

/** The table of the states alone, and one of 30,000 rows of the old kind. */
async function onDatabase(act: (owner: World["ownerConnection"], client: pg.Client) => Promise<void>) {
  const name = `cadenza_background_${process.pid}`;
  await asOwner(world, (client) => client.query(`create database ${name}`));
  const owner = { ...world.ownerConnection, database: name };
  try {
    await migrate(owner, null, [STATE]);
    await asOwner({ ownerConnection: owner }, async (client) => {
      await client.query(
        "create table ranks (id int primary key, old text not null, new int, changes int default 0)",
      );
      await client.query("insert into ranks select n, n::text from generate_series(1, 30000) n");
      await act(owner, client);
    });
  } finally {
    await asOwner(world, (client) => client.query(`drop database ${name} with (force)`));
  }
}

const RANKS = backgroundOf(
  "0367_ranks",
  `-- Fills ranks.new.
   update ranks set new = old::int, changes = changes + 1 where ctid >= $1 and ctid < $2 and new is null`,
);

const stateOf = async (client: pg.Client, { number }: BackgroundMigration = RANKS) =>
  (
    await client.query(
      "select *, ended_at is not null as has_ended from background_migrations where number = $1",
      [number],
    )
  ).rows[0];

const counted = async (client: pg.Client) =>
  (
    await client.query<{ filled: number; twice: number }>(
      "select count(new)::int as filled, (count(*) filter (where changes > 1))::int as twice from ranks",
    )
  ).rows[0];

test("each background migration has its migration, and its statement is one that PostgreSQL takes", async () => {
  const numbers = new Set<number>();
  await asOwner(world, async (client) => {
    const { rows } = await client.query<{ number: number }>("select number from schema_migrations");
    for (const migration of readBackground()) {
      assert.ok(
        !numbers.has(migration.number) && rows.some(({ number }) => number === migration.number),
        migration.name,
      );
      numbers.add(migration.number);
      assert.deepEqual(await runBackground(client, migration, { rests: false }), { is: "over" });
    }
  });
});

test("what is no change of rows between two blocks is refused", () => {
  assert.throws(() => backgroundOf("0367_ranks", "update ranks set new = 1"), /0367_ranks is no change/);
  assert.throws(
    () => backgroundOf("0367_ranks", "-- update ranks $1 $2\nselect 1"),
    /0367_ranks is no change/,
  );
});

test("all rows are changed, each once, and the last pass finds nothing left", () =>
  onDatabase(async (_owner, client) => {
    assert.deepEqual(await runBackground(client, RANKS, { rests: true }), { is: "over" });
    assert.deepEqual(await counted(client), { filled: 30000, twice: 0 });
    const { pass, changed, changed_in_pass, error, has_ended } = await stateOf(client);
    assert.deepEqual(
      { pass, changed, changed_in_pass, error, has_ended },
      { pass: 2, changed: "30000", changed_in_pass: "0", error: null, has_ended: true },
    );
    assert.deepEqual(await runBackground(client, RANKS, { rests: false }), { is: "over" });
  }));

test("two processes at once change each row once", () =>
  onDatabase(async (owner, client) => {
    await asOwner({ ownerConnection: owner }, async (other) => {
      const ends = [client, other].map((one) => runBackground(one, RANKS, { rests: true }));
      assert.deepEqual(await Promise.all(ends), [{ is: "over" }, { is: "over" }]);
    });
    assert.deepEqual(await counted(client), { filled: 30000, twice: 0 });
  }));

test("a row that an earlier version writes behind it is changed by the next pass", () =>
  onDatabase(async (owner, client) => {
    await client.query("update ranks set new = old::int where id > 200"); // the rows of the first blocks are left
    await asOwner({ ownerConnection: owner }, async (earlier) => {
      await earlier.query("begin; update ranks set old = '7' where id = 150");
      const run = runBackground(client, RANKS, { rests: false });
      await until(() => asOwner({ ownerConnection: owner }, waitsForLock));
      await earlier.query("insert into ranks select n, n::text from generate_series(30001, 30100) n; commit");
      assert.deepEqual(await run, { is: "over" });
    });
    const { rows } = await client.query("select id, new from ranks where id in (150, 30100) order by id");
    assert.deepEqual(rows, [
      { id: 150, new: 7 },
      { id: 30100, new: 30100 },
    ]);
    assert.equal((await counted(client))?.filled, 30100);
  }));

const waitsForLock = async (client: pg.Client) =>
  (
    await client.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%update ranks set new%'",
    )
  ).rowCount;

test("a row that cannot be changed is named, holds up no other, and is changed once it can be", () =>
  onDatabase(async (_owner, client) => {
    await client.query("update ranks set old = 'twelve' where id = 12");
    const end = await runBackground(client, RANKS, { rests: false });
    assert.deepEqual(end, { is: "stuck", error: 'invalid input syntax for type integer: "twelve"' });
    const { filled = 0 } = (await counted(client)) ?? {};
    assert.ok(filled > 29_500 && filled < 30_000, `${filled} rows`); // all but those of its block
    await client.query("update ranks set old = '12' where id = 12");
    assert.deepEqual(await runBackground(client, RANKS, { rests: false }), { is: "over" });
    assert.deepEqual(await counted(client), { filled: 30000, twice: 0 });
    assert.equal((await stateOf(client)).error, null);
  }));

test("where the disk is full no row is to blame, and it goes on once there is room", () =>
  onDatabase(async (_owner, client) => {
    await client.query("create table full_disk (is_full boolean); insert into full_disk values (true)");
    await client.query(
      `create function written(int) returns int language plpgsql as $$ begin
         if (select is_full from full_disk) then raise exception 'no room' using errcode = '53100'; end if;
         return $1; end $$`,
    );
    const sql = RANKS.sql.replace("old::int", "written(old::int)");
    await assert.rejects(runBackground(client, { ...RANKS, sql }, { rests: false }), /no room/);
    const { failed_in_pass, changed, error } = (await stateOf(client)) ?? {
      failed_in_pass: "0",
      changed: "0",
      error: null,
    };
    assert.deepEqual([failed_in_pass, changed, error], ["0", "0", null]);
    await client.query("update full_disk set is_full = false");
    assert.deepEqual(await runBackground(client, { ...RANKS, sql }, { rests: false }), { is: "over" });
    assert.deepEqual(await counted(client), { filled: 30000, twice: 0 });
  }));

test("a process that dies in a batch leaves whole batches, and the next one goes on", () =>
  onDatabase(async (owner, client) => {
    await client.query("begin");
    await client.query("select from ranks where id = 25000 for update"); // it waits here, in the middle of the table
    await asOwner({ ownerConnection: owner }, async (dying) => {
      const run = runBackground(dying, RANKS, { rests: false });
      run.catch(() => {}); // heard below
      dying.on("error", () => {});
      await until(() => asOwner({ ownerConnection: owner }, waitsForLock));
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%update ranks set new%'",
      );
      await assert.rejects(run);
    }).catch(() => {}); // its connection is gone
    await client.query("commit");
    const { block, changed } = await stateOf(client);
    const left = await counted(client);
    assert.ok(
      Number(block) > 0 && Number(changed) === left?.filled && Number(changed) < 30_000,
      `${block} ${changed}`,
    );
    assert.deepEqual(await runBackground(client, RANKS, { rests: false }), { is: "over" });
    assert.deepEqual(await counted(client), { filled: 30000, twice: 0 });
  }));

test("a migration that relies on it waits for its end, and is not applied where it cannot end", () =>
  onDatabase(async (owner, client) => {
    const relying: Migration = {
      number: 368,
      name: "0368_only_new",
      checksum: "3",
      sql: "-- After the background migration 0367_ranks.\nalter table ranks alter column new set not null",
    };
    await client.query("update ranks set old = 'twelve' where id = 12");
    await assert.rejects(
      migrate(owner, null, [STATE, relying], [RANKS]),
      (error) =>
        error instanceof CannotMigrate &&
        /0368_only_new needs the background migration 0367_ranks, which could not change all rows of ranks: invalid/.test(
          error.message,
        ),
    );
    await assert.rejects(migrate(owner, null, [STATE, relying], []), /needs 0367_ranks, which is not there/);
    await client.query("update ranks set old = '12' where id = 12");
    assert.deepEqual(await migrate(owner, null, [STATE, relying], [RANKS]), ["0368_only_new"]);
    assert.deepEqual(await counted(client), { filled: 30000, twice: 0 });
  }));
