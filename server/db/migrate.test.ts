import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { asOwner } from "../testing/wire.ts";
import { useWorld, type World } from "../testing/world.ts";
import { BASELINE_NUMBER, checksumOf, EARLIER } from "./baseline.ts";
import { CannotMigrate, migrate, migrateBeside } from "./migrate.ts";
import { type Migration, readMigrations } from "./migration-files.ts";

const world = useWorld({ role: "api" });

async function onEmptyDatabase(act: (owner: World["ownerConnection"]) => Promise<void>) {
  const name = `cadenza_migrate_${process.pid}`;
  await asOwner(world, (client) => client.query(`create database ${name}`));
  try {
    await act({ ...world.ownerConnection, database: name });
  } finally {
    await asOwner(world, (client) => client.query(`drop database ${name} with (force)`));
  }
}

const step = (number: number, sql: string): Migration => ({
  number,
  name: `${number}_step`,
  sql,
  checksum: `${number}`,
});

async function tables(owner: World["ownerConnection"]) {
  return asOwner({ ownerConnection: owner }, async (client) =>
    (
      await client.query<{ name: string }>(
        "select tablename::text as name from pg_tables where schemaname = 'public' and tablename like 't%' order by 1",
      )
    ).rows.map(({ name }) => name),
  );
}

test("each file has a number of its own, and a second run applies nothing", async () => {
  const numbers = readMigrations().map(({ number }) => number);
  assert.equal(new Set(numbers).size, numbers.length);
  assert.deepEqual(await migrate(world.ownerConnection, null), []);
});

test("missing migrations are applied in order, once, however many processes start at the same moment", () =>
  onEmptyDatabase(async (owner) => {
    const steps = [step(1, "create table t1 (x int)"), step(2, "alter table t1 rename to t2")];
    const runs = await Promise.all([
      migrate(owner, null, steps),
      migrate(owner, null, steps),
      migrate(owner, null, steps),
    ]);
    assert.deepEqual(runs.flat().sort(), ["1_step", "2_step"]);
    assert.deepEqual(await tables(owner), ["t2"]);
    assert.deepEqual(await migrate(owner, null, [...steps, step(3, "create table t3 (x int)")]), ["3_step"]);
  }));

test("a migration that fails leaves nothing of itself, and keeps what came before", () =>
  onEmptyDatabase(async (owner) => {
    const steps = [step(1, "create table t1 (x int)"), step(2, "create table t2 (x int); select 1/0")];
    await assert.rejects(
      migrate(owner, null, steps),
      (error) => error instanceof CannotMigrate && /2_step failed: division by zero/.test(error.message),
    );
    assert.deepEqual(await tables(owner), ["t1"]);
    assert.deepEqual(
      await migrate(owner, null, [steps[0] as Migration, step(2, "create table t2 (x int)")]),
      ["2_step"],
    );
  }));

test("an edited migration, and a database from the future, are refused", () =>
  onEmptyDatabase(async (owner) => {
    const steps = [step(1, "create table t1 (x int)"), step(2, "alter table t1 rename to t2")];
    await migrate(owner, null, steps);
    await assert.rejects(
      migrate(owner, null, [{ ...(steps[0] as Migration), checksum: "other" }, steps[1] as Migration]),
      /1_step was edited after it had been applied/,
    );
    await assert.rejects(
      migrate(owner, null, [steps[0] as Migration]),
      /migration 2, which this version of Cadenza does not know\. Start the newer version/,
    );
  }));

const WORKS_WITH_1 = "-- Works with versions that have 1.\nalter table t1 drop column y";

test("an earlier version starts on a database to which later ones only added", () =>
  onEmptyDatabase(async (owner) => {
    const [first, second, third] = [
      step(1, "create table t1 (x int, y int)"),
      step(2, "create table t2 (x int); alter table t1 add column z int"),
      step(3, WORKS_WITH_1),
    ] as const;
    await migrate(owner, null, [first, second, third]);
    assert.deepEqual(await migrate(owner, null, [first]), []);
    assert.deepEqual(await migrate(owner, null, [first, second, third, step(4, "drop table t2")]), [
      "4_step",
    ]);
    await assert.rejects(
      migrate(owner, null, [first]),
      /migration 2, which this version of Cadenza does not know/,
    );
  }));

test("beside an earlier version only what it can work with is migrated, and the rest afterwards", () =>
  onEmptyDatabase(async (owner) => {
    const steps = [
      step(1, "create table t1 (x int)"),
      step(2, "create table t2 (x int)"),
      step(3, "alter table t1 rename to t3"),
      step(4, "create table t4 (x int)"),
    ];
    await migrate(owner, null, steps.slice(0, 1));
    assert.deepEqual(await migrateBeside(owner, steps), { applied: ["2_step"], left: ["3_step", "4_step"] });
    assert.deepEqual(await migrateBeside(owner, steps), { applied: [], left: ["3_step", "4_step"] });
    assert.deepEqual(await migrate(owner, null, steps.slice(0, 1)), []);
    assert.deepEqual(await migrate(owner, null, steps), ["3_step", "4_step"]);
  }));

test("a migration waits for a transaction that holds its table, and lets calls pass meanwhile", () =>
  onEmptyDatabase(async (owner) => {
    const steps = [step(1, "create table t1 (x int)"), step(2, "alter table t1 add column y int")];
    await migrate(owner, null, steps.slice(0, 1));
    await asOwner({ ownerConnection: owner }, async (holder) => {
      await holder.query("begin; select from t1");
      const migrated = migrate(owner, null, steps);
      await asOwner({ ownerConnection: owner }, async (caller) => {
        const isWaiting = async () =>
          (await caller.query("select from pg_locks where relation = 't1'::regclass and not granted"))
            .rowCount;
        while (!(await isWaiting())) await sleep(20);
        await caller.query("select from t1"); // it would wait for ever if the migration did not step back
      });
      await holder.query("commit");
      assert.deepEqual(await migrated, ["2_step"]);
    });
  }));

const OF_NO_TEAM = new Set(["written_by"]);

test("a migration that writes teams' rows lifts what is forced upon an owner that is no superuser", () => {
  for (const { number, name, sql } of readMigrations().filter((one) => one.number > BASELINE_NUMBER))
    for (const [, table = ""] of sql.matchAll(/^(?:update|insert into|delete from) (?:only )?(\w+)/gm))
      if (!OF_NO_TEAM.has(table))
        assert.match(
          sql,
          new RegExp(`^alter table ${table} no force row level security;`, "m"),
          `${name} (${number})`,
        );
});

test("an owner that is no superuser makes the whole database, once", async () => {
  const name = `cadenza_plain_${process.pid}`;
  await asOwner(world, async (client) => {
    await client.query(`create role ${name} login password 'plain'`);
    await client.query(
      `grant cadenza_app, cadenza_across, cadenza_audit, cadenza_views, cadenza_reporting to ${name}`,
    );
    await client.query(`create database ${name} owner ${name}`);
  });
  const owner = { ...world.ownerConnection, database: name, user: name, password: "plain" };
  try {
    assert.deepEqual(
      await migrate(owner, null),
      readMigrations().map((migration) => migration.name),
    );
    assert.deepEqual(await migrate(owner, null), []);
  } finally {
    await asOwner(world, async (client) => {
      await client.query(`drop database ${name} with (force)`);
      await client.query(`drop owned by ${name}`);
      await client.query(`drop role ${name}`);
    });
  }
});

/** As a database looks that was made by the migrations before the baseline. */
async function recordEarlier(owner: World["ownerConnection"], last: number, checksum: string) {
  await asOwner({ ownerConnection: owner }, async (client) => {
    await client.query("delete from schema_migrations where number = $1", [BASELINE_NUMBER]);
    await client.query(
      "insert into schema_migrations (number, name, checksum) select n, n || '_earlier', $2 from generate_series(1, $1::int) n",
      [last, checksum],
    );
  });
}

test("a database with all earlier migrations is taken over as it is, with its rows", () =>
  onEmptyDatabase(async (owner) => {
    await migrate(owner, null);
    await recordEarlier(owner, EARLIER.last, EARLIER.checksum);
    const epoch = () =>
      asOwner(
        { ownerConnection: owner },
        async (client) => (await client.query("select epoch from written_by")).rows,
      );
    const before = await epoch();
    assert.deepEqual(await migrate(owner, null), []);
    assert.deepEqual(await epoch(), before);
    const { rows } = await asOwner({ ownerConnection: owner }, (client) =>
      client.query("select name from schema_migrations where number <= $1", [BASELINE_NUMBER]),
    );
    assert.deepEqual(rows, [{ name: "0201_baseline" }]);
  }));

test("a database that lacks some of the earlier migrations is left alone, and told which version to start first", () =>
  onEmptyDatabase(async (owner) => {
    await migrate(owner, null);
    for (const [last, checksum] of [
      [190, EARLIER.checksum],
      [EARLIER.last, "of another file"],
    ] as const) {
      await asOwner({ ownerConnection: owner }, (client) => client.query("delete from schema_migrations"));
      await recordEarlier(owner, last, checksum);
      await assert.rejects(
        migrate(owner, null),
        new RegExp(
          `last migrated to ${last}\\. Start the version of commit ${EARLIER.commit} once, then this one\\.`,
        ),
      );
    }
  }));

test("comments of a migration may change, statements may not", () => {
  const sql = "create table t (x text default '-- kept'); -- a word";
  assert.equal(checksumOf(sql), checksumOf("create table t (x text default '-- kept');\n  -- other words\n"));
  assert.notEqual(checksumOf(sql), checksumOf("create table t (x text default '-- other');"));
  assert.notEqual(checksumOf(sql), checksumOf("create table t (x int);"));
});
