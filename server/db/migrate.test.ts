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

test("each file has a number of its own, and a second run applies nothing", async () => {
  const numbers = readMigrations().map(({ number }) => number);
  assert.equal(new Set(numbers).size, numbers.length);
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

const OF_NO_TEAM = new Set(["written_by"]);

test("a migration that writes teams' rows lifts what is forced upon an owner that is no superuser", () => {
  for (const { number, name, sql } of readMigrations().filter((one) => one.number > 62))
    for (const [, table = ""] of sql.matchAll(/^(?:update|insert into|delete from) (?:only )?(\w+)/gm))
      if (!OF_NO_TEAM.has(table))
        assert.match(
          sql,
          new RegExp(`^alter table ${table} no force row level security;`, "m"),
          `${name} (${number})`,
        );
});

test("turns and counts of an owner that is no superuser are converted, once", async () => {
  const name = `cadenza_converted_${process.pid}`;
  const asSuperuser = (work: (client: pg.Client) => Promise<void>, database = name) =>
    asOwner({ ownerConnection: { ...world.ownerConnection, database } }, work);
  await asOwner(world, async (client) => {
    await client.query(`create role ${name} login password 'plain'`);
    await client.query(
      `grant cadenza_app, cadenza_across, cadenza_audit, cadenza_views, cadenza_reporting to ${name}`,
    );
    await client.query(`create database ${name} owner ${name}`);
  });
  const owner = { ...world.ownerConnection, database: name, user: name, password: "plain" };
  const all = readMigrations();
  try {
    await migrate(owner, null, all.slice(0, 59));
    await asSuperuser(async (client) => {
      await client.query("set session_replication_role = replica");
      await client.query(
        `insert into messages (team_id, id, type, delivery, created_at, updated_at, rank)
         values ('${TEAM}', new_ident(), 'outreach_automatic_email', 'planned', now(), now(), 1020400.5)`,
      );
      await client.query(
        `insert into workflow_runs (team_id, id, workflow_id, version, cause, trigger_key, status, started_at)
         values ('${TEAM}', '${TEAM}', '${TEAM}', 1, 'manual', 'one', 'done', now())`,
      );
      await client.query(
        `insert into workflow_candidates (team_id, id, workflow_id, run_id, version, trigger_key, entity_id, verdict, chain, created_at, finished_at)
         values ('${TEAM}', '${TEAM}', '${TEAM}', '${TEAM}', 1, 'one', '${TEAM}', 'done', '{}', now(), now())`,
      );
    });
    await migrate(owner, null, all);
    await migrate(owner, null, all);
    await asSuperuser(async (client) => {
      const { rows } = await client.query(
        "select (select rank from messages)::float8 as rank, (select counts from workflow_runs) as counts",
      );
      assert.deepEqual(rows, [{ rank: Math.floor(1020400.5 * 1440), counts: { done: 1 } }]);
    });
  } finally {
    await asOwner(world, async (client) => {
      await client.query(`drop database ${name} with (force)`);
      await client.query(`drop owned by ${name}`);
      await client.query(`drop role ${name}`);
    });
  }
});

const TEAM = "64f0aa000000000000000001";
