import assert from "node:assert/strict";
import { test } from "node:test";
import type pg from "pg";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { CannotMigrate, type Migration, migrate, readMigrations } from "./migrate.ts";

const world = useWorld({ role: "api" });

async function onEmptyDatabase(act: (owner: pg.ClientConfig) => Promise<void>) {
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

async function tables(owner: pg.ClientConfig) {
  return asOwner({ ownerConnection: owner as never }, async (client) =>
    (
      await client.query<{ name: string }>(
        "select tablename::text as name from pg_tables where schemaname = 'public' and tablename like 't%' order by 1",
      )
    ).rows.map(({ name }) => name),
  );
}

test("files are numbered without a gap, and a second run applies nothing", async () => {
  const migrations = readMigrations();
  assert.deepEqual(
    migrations.map(({ number }) => number),
    migrations.map((_, index) => index + 1),
  );
  assert.deepEqual(await migrate(world.ownerConnection, null), []);
});

test("what is missing is applied in order, once, whoever starts at the same moment", () =>
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
    const steps = [step(1, "create table t1 (x int)"), step(2, "create table t2 (x int)")];
    await migrate(owner, null, steps);
    await assert.rejects(
      migrate(owner, null, [{ ...(steps[0] as Migration), checksum: "other" }, steps[1] as Migration]),
      /1_step was edited after it had been applied/,
    );
    await assert.rejects(
      migrate(owner, null, [steps[0] as Migration]),
      /migration 2, which this version does not know\. Start the newer version/,
    );
  }));
