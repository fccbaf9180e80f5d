// Trial restores where a right or a row is missing. The rest is tried in cli/encrypted-backup.test.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import type pg from "pg";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { migrate } from "./migrate.ts";
import { type SnapshotSource, writeSnapshot } from "./snapshot.ts";
import { CannotRestore } from "./snapshot-refusals.ts";
import { tryRestore } from "./trial-restore.ts";

const world = useWorld({ role: "api" });
const plain = `trial_${process.pid}`;
const asSuperuser = <T>(work: (client: pg.Client) => Promise<T>) => asOwner(world, work);

/** A backup in memory. `pieces` of a table may be changed before they are read. */
async function copyOfWorld(change: (table: string, pieces: Buffer[]) => Buffer[] = (_, pieces) => pieces) {
  const tables: Buffer[][] = [[]];
  let contents: SnapshotSource["contents"] | undefined;
  await writeSnapshot(
    world.ownerConnection,
    { at: "2026-11-20T09:00:00Z", version: "0.1.0" },
    {
      contents: async (all) => {
        contents = all;
      },
      piece: async (piece) => void tables.at(-1)?.push(piece),
      endOfTable: async () => void tables.push([]),
    },
  );
  const known = contents ?? assert.fail();
  const names = known.tables.map(({ name }) => name);
  const changed = tables.map((pieces, place) => change(names[place] ?? "", pieces)).values();
  return {
    contents: known,
    async *piecesOfTable() {
      yield* changed.next().value ?? [];
    },
  };
}

const trials = () =>
  asSuperuser((client) =>
    client
      .query("select datname from pg_database where datname like 'cadenza_trial%'")
      .then(({ rows }) => rows),
  );

test("what a killed trial left is deleted by the next one, which leaves nothing", async () => {
  const left = await asSuperuser(async (client) => {
    const { rows } = await client.query(
      "select 'cadenza_trial_' || oid as name from pg_database where datname = current_database()",
    );
    await client.query(`create database ${rows[0]?.name}`);
    return rows[0]?.name as string;
  });
  assert.deepEqual(await trials(), [{ datname: left }]);
  const { rows, migrated } = await tryRestore(world.ownerConnection, await copyOfWorld(), () => true);
  assert.deepEqual([rows.get("teams"), migrated, await trials()], [1, [], []]);
});

test("a backup whose rows point to missing ones fails, and leaves nothing", async () => {
  await world.newTeam();
  const source = await copyOfWorld((table, pieces) => (table === "teams" ? [] : pieces));
  await assert.rejects(
    tryRestore(world.ownerConnection, source, () => true),
    (error) => error instanceof CannotRestore && /does not fit together/.test(error.message),
  );
  assert.deepEqual(await trials(), []);
});

test("an owner that may not create databases is told what to do", async (t) => {
  await asSuperuser(async (client) => {
    await client.query(`create role ${plain} login password 'x'`);
    await client.query(
      `grant cadenza_app, cadenza_across, cadenza_audit, cadenza_views, cadenza_reporting to ${plain}`,
    );
    await client.query(`create database ${plain} owner ${plain}`);
  });
  const owner = { ...world.ownerConnection, user: plain, password: "x", database: plain };
  t.after(() =>
    asSuperuser(async (client) => {
      await client.query(`drop database ${plain} with (force)`);
      await client.query(`drop role ${plain}`);
    }),
  );
  await migrate(owner, null);
  await assert.rejects(
    tryRestore(owner, await copyOfWorld(), () => true),
    (error) => error instanceof CannotRestore && /give it CREATEDB/.test(error.message),
  );
  await asSuperuser((client) => client.query(`alter role ${plain} createdb`));
  const { rows } = await tryRestore(owner, await copyOfWorld(), () => true);
  assert.equal(rows.get("teams"), 2);
  assert.deepEqual(await trials(), []);
});
