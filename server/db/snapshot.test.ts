// Under an owner that is no superuser every table of a team's data looks empty to it. The rest is tried in cli/backup.test.ts.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type pg from "pg";
import { until } from "../testing/sending.ts";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { backupWriter, bytesOf, openBackup } from "./backup-format.ts";
import type { ConnectionOptions } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";

const world = useWorld({ role: "api" });
const folder = mkdtempSync(join(tmpdir(), "cadenza-snapshot-"));
after(() => rmSync(folder, { recursive: true }));

const TEAM = "64f0aa000000000000000001";
const plain = `plain_${process.pid}`;
const database = (name: string) => `${plain}_${name}`;
const asSuperuser = <T>(work: (client: pg.Client) => Promise<T>, name?: string) =>
  asOwner(
    { ownerConnection: name ? { ...world.ownerConnection, database: name } : world.ownerConnection },
    work,
  );

async function backedUp(owner: ConnectionOptions, name: string) {
  const file = join(folder, `${name}.backup`);
  const out = await open(file, "w");
  const writer = backupWriter(async (piece) => void (await out.write(piece)));
  await writeSnapshot(owner, { at: "2026-11-20T09:00:00Z", version: "0.1.0" }, writer);
  await writer.finish();
  await out.close();
  return file;
}

test("what works meanwhile may stand in its way, and it begins again", async () => {
  const [from, to] = [database("busy_from"), database("busy_to")];
  const owner = (name: string) => ({ ...world.ownerConnection, database: name });
  await asSuperuser(async (client) => {
    for (const name of [from, to]) await client.query(`create database ${name}`);
  });
  try {
    for (const name of [from, to]) await migrate(owner(name), null);
    await asSuperuser(async (client) => {
      await client.query("insert into installation (id, created_at) values ($1, now())", [TEAM]);
    }, from);
    const file = await backedUp(owner(from), "busy");
    await asSuperuser(async (client) => {
      await client.query("set deadlock_timeout = '1min'"); // so that it is the other one who is turned away
      await client.query("begin");
      await client.query("lock table users in row exclusive mode");
      const putBack = readSnapshot(owner(to), await openBackup(bytesOf(file)), () => true);
      putBack.catch(() => {});
      await until(async () => {
        const { rows } = await client.query(
          "select from pg_locks where not granted and relation = 'users'::regclass",
        );
        return rows.length > 0;
      });
      await client.query("select count(*) from accounts"); // which it holds by now
      await client.query("commit");
      await putBack;
      const { rows } = await client.query("select sending_held_because as held from installation");
      assert.deepEqual(rows, [{ held: ["older_state"] }]);
    }, to);
  } finally {
    await asSuperuser(async (client) => {
      for (const name of [from, to]) await client.query(`drop database ${name} with (force)`);
    });
  }
});

test("an owner that is no superuser backs up every team's rows and puts them back", async () => {
  await asSuperuser(async (client) => {
    await client.query(`create role ${plain} login password 'x'`);
    await client.query(
      `grant cadenza_app, cadenza_across, cadenza_audit, cadenza_views, cadenza_reporting to ${plain}`,
    );
    for (const name of ["from", "to"]) await client.query(`create database ${database(name)} owner ${plain}`);
  });
  const owner = (name: string) => ({
    ...world.ownerConnection,
    user: plain,
    password: "x",
    database: database(name),
  });
  try {
    for (const name of ["from", "to"]) await migrate(owner(name), null);
    await asSuperuser(async (client) => {
      await client.query("insert into installation (id, created_at) values ($1, now())", [TEAM]);
      await client.query("insert into teams (id, name, created_at) values ($1, 'Norrland', now())", [TEAM]);
    }, database("from"));
    const file = await backedUp(owner("from"), "plain");
    await readSnapshot(owner("to"), await openBackup(bytesOf(file)), () => true);
    const { rows } = await asSuperuser(
      (client) =>
        client.query(
          "select t.name, i.sending_held_because as held, (select relforcerowsecurity from pg_class where relname = 'teams') as forced from teams t, installation i",
        ),
      database("to"),
    );
    assert.deepEqual(rows, [{ name: "Norrland", held: ["older_state"], forced: true }]);
  } finally {
    await asSuperuser(async (client) => {
      for (const name of ["from", "to"]) await client.query(`drop database ${database(name)} with (force)`);
      await client.query(`drop role ${plain}`);
    });
  }
});
