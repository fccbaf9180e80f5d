// A backup of an earlier version is restored into this one. What comes of it is compared with the same database, upgraded in place.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fillEarlier, rowsOf, schemaOf } from "../testing/earlier-database.ts";
import { newContacts, newMailbox, newSequence } from "../testing/sequenced.ts";
import { asOwner } from "../testing/wire.ts";
import { BOOTSTRAP_KEY, openWorld, type Team, type World } from "../testing/world.ts";
import { backupWriter, bytesOf, openBackup } from "./backup-format.ts";
import { BASELINE_NUMBER } from "./baseline.ts";
import { clearAway } from "./earlier-level.ts";
import { migrate } from "./migrate.ts";
import { type Migration, readMigrations } from "./migration-files.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-earlier-"));
const keyFile = join(folder, "cadenza.key");
const ALL = readMigrations();
let world: World & { close(): Promise<void> };
let team: Team;

before(async () => {
  world = await openWorld({ keyFile, role: "api" });
  team = await world.newTeam("Norrland");
  const { id } = await newSequence(team);
  const mailbox = await newMailbox(team);
  const contact_ids = await newContacts(team, 12, { label_names: ["tab\there", "back\\slash"] });
  await team.api.joining.addContacts({ id, contact_ids, send_email_from_email_account_id: [mailbox.id] });
  await team.api.notes.create({ content: "Zeile\nzwei \\N ünï", contact_ids: [contact_ids[0] ?? ""] });
  await team.api.accounts.create({ name: "Åsgård Kraft", domain: "asgard.example" });
});
after(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;

/** Two databases of their own, which are dropped afterwards. */
async function between(
  work: (from: World["ownerConnection"], to: World["ownerConnection"]) => Promise<void>,
) {
  const names = ["from", "to"].map((name) => `earlier_${process.pid}_${made++}_${name}`);
  for (const name of names) await asOwner(world, (client) => client.query(`create database ${name}`));
  const [from, to] = names.map((database) => ({ ...world.ownerConnection, database }));
  try {
    await work(from as World["ownerConnection"], to as World["ownerConnection"]);
  } finally {
    for (const name of names)
      await asOwner(world, (client) => client.query(`drop database if exists ${name} with (force)`));
  }
}

async function backedUp(owner: World["ownerConnection"], version?: string) {
  const file = join(folder, `${made++}.backup`);
  const out = await open(file, "w");
  const writer = backupWriter(async (piece) => void (await out.write(piece)));
  await writeSnapshot(owner, { at: "2026-11-20T09:00:00Z", version }, writer);
  await writer.finish();
  await out.close();
  return file;
}

/** What an upgrade or a restore writes of its own: when, and that nothing is sent. */
const OF_THE_DAY = {
  schema_migrations: ["applied_at"],
  teams: ["brakes_from"],
  installation: ["sending_held_since", "sending_held_because"],
};

const LEVELS: [string, (migration: Migration) => boolean][] = [
  ["the first version", ({ number }) => number === BASELINE_NUMBER],
  ["a version in between", ({ number }) => number <= 262],
  ["a version that lacks a number in the middle", ({ number }) => number !== 257 && number <= 285],
];

for (const [what, isOfIt] of LEVELS)
  test(`a backup of ${what} becomes what an upgrade makes of that database`, () =>
    between(async (from, to) => {
      const filled = await fillEarlier(world.ownerConnection, from, ALL.filter(isOfIt));
      assert.ok(filled > 25, `${filled} tables have rows`);
      const file = await backedUp(from);
      await migrate(from, null);
      await migrate(to, null);
      const engine = await asOwner({ ownerConnection: to }, (client) =>
        client.query("insert into engines (id) select new_ident() returning id"),
      );
      const migrated = await readSnapshot(to, await openBackup(bytesOf(file)), () => true);
      assert.deepEqual(
        migrated,
        ALL.filter((migration) => !isOfIt(migration)).map(({ name }) => name),
      );
      assert.deepEqual(await schemaOf(to), await schemaOf(from));
      assert.deepEqual(
        { ...(await rowsOf(to, OF_THE_DAY)), engines: [] },
        { ...(await rowsOf(from, OF_THE_DAY)), engines: [] },
      );
      const alive = await asOwner({ ownerConnection: to }, (client) =>
        client.query("select id from engines"),
      );
      assert.deepEqual(alive.rows, engine.rows, "the server that restores is still known");
      assert.deepEqual(await migrate(to, null), [], "nothing is left to migrate");
    }));

test("a column that numbers its rows is cleared away with its table, whether table or sequence was made first", () =>
  between(async (_, to) => {
    await migrate(to, null);
    await asOwner({ ownerConnection: to }, async (client) => {
      for (
        let n = 0;
        n < 40;
        n++ // where a new row lands in the catalog is PostgreSQL's to choose
      )
        await client.query(`create table at_once_${n} (place bigint generated always as identity, number bigserial);
          create table afterwards_${n} (name text);
          alter table afterwards_${n} add column place bigint generated by default as identity`);
      await client.query("create sequence of_no_table");
      await client.query("begin; set local enable_indexscan = off; set local enable_bitmapscan = off"); // by name a table comes first
      await clearAway(client);
      const { rows } = await client.query(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S')",
      );
      assert.deepEqual(rows, []);
      await client.query("rollback");
    });
  }));

test("a running server restores an earlier version's backup, and goes on with its rows", () =>
  between(async (from) => {
    await fillEarlier(
      world.ownerConnection,
      from,
      ALL.filter(({ number }) => number <= 262),
    );
    const target = await openWorld({ keyFile });
    try {
      for (let n = 0; n < 5; n++) await target.operator.installation.show(); // statements are prepared by now
      const answer = await fetch(`${target.url}/api/v1/installation/restore`, {
        method: "POST",
        headers: { "x-api-key": BOOTSTRAP_KEY, "content-type": "application/vnd.cadenza.backup" },
        body: readFileSync(await backedUp(from)),
      });
      const told = (await answer.json()) as { restored: { migrated: string[] } };
      assert.equal(answer.status, 200, target.logged.filter((line) => line.includes("failed")).join("\n"));
      assert.equal(told.restored.migrated.at(-1), ALL.at(-1)?.name);
      const api = target.client({ apiKey: team.key });
      assert.equal((await api.contacts.search({})).pagination.total_entries, 12);
      const { contact } = await api.contacts.create({ first_name: "After", email: "after@example.no" });
      assert.ok(contact.id);
      const { sending } = (await target.operator.installation.show()).installation;
      assert.equal(sending.held, true);
    } finally {
      await target.close();
    }
  }));

test("a session that reads a view while the tables are held is waited for", () =>
  between(async (from, to) => {
    await fillEarlier(
      world.ownerConnection,
      from,
      ALL.filter(({ number }) => number <= 262),
    );
    const file = await backedUp(from);
    await migrate(to, null);
    await asOwner({ ownerConnection: to }, async (reader) => {
      let reading: Promise<unknown> | null = null;
      // Asked once the tables are held, and before the views are dropped: the reader has the view and waits for its table.
      const knowsKey = () => {
        if (reading) return true;
        reading = reader.query("select count(*) from reporting.contacts");
        reading.catch(() => {});
        // Longer than it takes the reader to look for a deadlock: then the restore is the one that is turned away.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
        return true;
      };
      await readSnapshot(to, await openBackup(bytesOf(file)), knowsKey);
      await (reading as Promise<unknown> | null)?.catch(() => {}); // on a slow machine it may be turned away itself
    });
    assert.deepEqual(await migrate(to, null), []);
  }));

test("an owner that is no superuser restores an earlier version's backup", () =>
  between(async (from, to) => {
    const plain = `earlier_plain_${process.pid}`;
    await asOwner(world, async (client) => {
      await client.query(`create role ${plain} login password 'x'`);
      await client.query(
        `grant cadenza_app, cadenza_across, cadenza_audit, cadenza_views, cadenza_reporting to ${plain}`,
      );
      await client.query(`alter database ${to.database} owner to ${plain}`);
    });
    try {
      await fillEarlier(
        world.ownerConnection,
        from,
        ALL.filter(({ number }) => number === BASELINE_NUMBER),
      );
      const file = await backedUp(from);
      const owner = { ...to, user: plain, password: "x" };
      await migrate(owner, null);
      const schema = await schemaOf(to);
      await readSnapshot(owner, await openBackup(bytesOf(file)), () => true);
      assert.deepEqual(await schemaOf(to), schema);
      await migrate(from, null);
      assert.deepEqual(
        { ...(await rowsOf(to, OF_THE_DAY)), engines: [] },
        { ...(await rowsOf(from, OF_THE_DAY)), engines: [] },
      );
    } finally {
      await asOwner(world, (client) => client.query(`drop database ${to.database} with (force)`));
      await asOwner(world, (client) => client.query(`drop role ${plain}`));
    }
  }));

test("a newer backup is refused with the version that it needs, and nothing is changed", () =>
  between(async (from, to) => {
    const newer = {
      number: 9000,
      name: "9000_later",
      sql: "create table later (x int)",
      checksum: "of later",
    };
    await migrate(from, null, [...ALL, newer]);
    await migrate(to, null);
    const [schema, rows] = [await schemaOf(to), await rowsOf(to, {})];
    for (const [version, needed] of [
      [
        "2.4.0",
        /^This backup is newer than this server .* restore it with Cadenza 2\.4\.0 or a newer one\.$/,
      ],
      [undefined, /restore it with the version that made it or a newer one\.$/],
    ] as const)
      await assert.rejects(
        readSnapshot(to, await openBackup(bytesOf(await backedUp(from, version))), () => true),
        ({ message }: Error) => needed.test(message),
      );
    assert.deepEqual([await schemaOf(to), await rowsOf(to, {})], [schema, rows]);
  }));

test("a migration that fails on the rows takes back the whole restore", () =>
  between(async (from, to) => {
    await fillEarlier(world.ownerConnection, from, ALL);
    await migrate(to, null);
    const failing = { number: 9001, name: "9001_failing", sql: "select 1/0", checksum: "of failing" };
    const before = [await schemaOf(to), await rowsOf(to, {})];
    await assert.rejects(
      readSnapshot(to, await openBackup(bytesOf(await backedUp(from))), () => true, {
        known: [...ALL, failing],
      }),
      /division by zero/,
    );
    assert.deepEqual([await schemaOf(to), await rowsOf(to, {})], before);
  }));

test("a PostgreSQL without room for the locks is refused with the setting to change", () =>
  between(async (from, to) => {
    await migrate(from, null);
    await migrate(to, null);
    const sql = "do $$ begin raise exception 'out of shared memory' using errcode = '53200'; end $$";
    const crowded = { number: 9002, name: "9002_crowded", sql, checksum: "of crowded" };
    await assert.rejects(
      readSnapshot(to, await openBackup(bytesOf(await backedUp(from))), () => true, {
        known: [...ALL, crowded],
      }),
      /Set max_locks_per_transaction = 256, restart PostgreSQL and restore again/,
    );
  }));
