// Under an owner that is no superuser every table of a team's data looks empty to it. The rest is tried in cli/backup.test.ts.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type pg from "pg";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { backupWriter, openBackup } from "./backup-format.ts";
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
    const file = join(folder, "one.backup");
    const out = await open(file, "w");
    const writer = backupWriter(async (piece) => void (await out.write(piece)));
    await writeSnapshot(owner("from"), "2026-11-20T09:00:00Z", writer);
    await writer.finish();
    await out.close();
    await readSnapshot(owner("to"), await openBackup(file), () => true);
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
