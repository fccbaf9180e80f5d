// A data folder of an older PostgreSQL is moved: what arrives, and what is refused. The old servers here are real ones.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import pg from "pg";
import { rowsOf, schemaOf } from "../../testing/earlier-database.ts";
import { oldSite, reachOld } from "../../testing/old-major.ts";
import { MAJOR_VERSION } from "../embedded/cluster.ts";
import { reachServer } from "../embedded/reach.ts";
import { type EmbeddedServer, startEmbedded } from "../embedded/server.ts";
import { migrate } from "../migrate.ts";
import { filesIn, onNew, PLACE, useOldFolder } from "./bench.ts";
import { upgradeMajor } from "./upgrade.ts";

const here = useOldFolder();
const { folder, made, copied, onOld } = here;

async function moved(t: TestContext, dataDir: string, log: string[] = []): Promise<EmbeddedServer> {
  await upgradeMajor({ dataDir, oldPrograms: here.old.bin, log: (message) => log.push(message) });
  const server = await startEmbedded({ dataDir, log: () => {} });
  t.after(() => server.stop());
  return server;
}

test("every row of every table is there, and the old folder is kept", async (t) => {
  const dataDir = copied(t);
  const log: string[] = [];
  const server = await moved(t, dataDir, log);
  const now = await rowsOf(server.owner, PLACE);
  assert.deepEqual(Object.keys(now), Object.keys(here.rows));
  for (const [table, there] of Object.entries(here.rows)) assert.deepEqual(now[table], there, table);
  assert.ok((here.rows.contacts?.length ?? 0) > 100);
  assert.equal(
    readFileSync(join(dataDir, `postgres-${here.old.major}`, "cluster", "PG_VERSION"), "utf8").trim(),
    here.old.major,
  );
  assert.ok(
    log.some((line) =>
      line.includes(`The one before is kept in ${join(dataDir, `postgres-${here.old.major}`)}`),
    ),
  );
  assert.ok(!existsSync(join(dataDir, `postgres-${MAJOR_VERSION}.part`)));
});

test("the schema is the one that this version makes for a new installation", async (t) => {
  const server = await moved(t, copied(t));
  const fresh = join(folder, "fresh");
  const running = await startOnNew(fresh);
  t.after(running.stop);
  const [here, there] = [await schemaOf(server.owner), await schemaOf(running.owner)];
  assert.deepEqual(here, there);
});

async function startOnNew(dataDir: string) {
  const server = await startEmbedded({ dataDir, log: () => {} });
  await migrate(server.owner, server.appPassword);
  return { owner: server.owner, stop: () => server.stop() };
}

test("logins keep their passwords and limits, numbers go on, waiting jobs and what a person added come along", async (t) => {
  const dataDir = copied(t);
  const before = await onOld(dataDir, async (client) => {
    await client.query(
      "create role bi login password 'a password of its own' connection limit 3 in role cadenza_reporting",
    );
    await client.query("alter role bi set search_path = reporting, public");
    await client.query("alter role bi set statement_timeout = '7s'");
    await client.query("create index contacts_by_hand on contacts (lower(first_name))");
    await client.query("create view reporting.by_hand as select 1 as one");
    await client.query("grant select on reporting.by_hand to bi");
    await client.query("alter system set log_min_duration_statement = '12s'");
    await client.query("insert into pgboss.job (name, data) values ('progress', '{\"id\": \"kept\"}')");
    const { rows: numbers } = await client.query(
      "select sequencename, last_value from pg_sequences order by 1",
    );
    return numbers;
  });
  const server = await moved(t, dataDir);
  await onNew(server, async (client) => {
    assert.deepEqual(
      (
        await client.query(
          "select sequencename, last_value from pg_sequences where schemaname <> 'pgboss' order by 1",
        )
      ).rows,
      before.filter(({ sequencename }) => !sequencename.includes("pgboss")),
    );
    const { rows: jobs } = await client.query(
      "select name, data, state from pgboss.job where data ->> 'id' = 'kept'",
    );
    assert.deepEqual(jobs, [{ name: "progress", data: { id: "kept" }, state: "created" }]);
    const { rows: indexes } = await client.query(
      "select 1 from pg_indexes where indexname = 'contacts_by_hand'",
    );
    assert.equal(indexes.length, 1);
  });
  const bi = new pg.Client({ ...server.owner, user: "bi", password: "a password of its own" });
  await bi.connect();
  try {
    const { rows: told } = await bi.query(
      "select one, current_setting('search_path') as path, current_setting('statement_timeout') as time, current_setting('log_min_duration_statement') as slow from by_hand",
    );
    assert.deepEqual(told, [{ one: 1, path: "reporting, public", time: "7s", slow: "12s" }]);
    await assert.rejects(bi.query("select * from public.contacts"), /permission denied/);
  } finally {
    await bi.end();
  }
  const { rows: limits } = await onNew(server, (client) =>
    client.query("select rolconnlimit as most from pg_roles where rolname = 'bi'"),
  );
  assert.deepEqual(limits, [{ most: 3 }]);
});

test("a table that Cadenza did not make is named, and nothing is changed", async (t) => {
  const dataDir = copied(t);
  await onOld(dataDir, (client) => client.query("create table notes_by_hand (text text)"));
  await assert.rejects(moved(t, dataDir), {
    name: "CannotStartDatabase",
    message: /did not make and cannot move: .*table public\.notes_by_hand.* Nothing was changed\./,
  });
  assert.deepEqual(filesIn(dataDir), filesIn(made));
  assert.equal(
    await onOld(dataDir, async (client) => (await client.query("select from notes_by_hand")).rowCount),
    0,
  );
});

test("comments and line breaks of a function may be those of an earlier release", async (t) => {
  const dataDir = copied(t);
  await onOld(dataDir, async (client) => {
    const { rows } = await client.query<{ text: string }>(
      "select pg_get_functiondef('plain_place(text)'::regprocedure) as text",
    );
    await client.query((rows[0]?.text ?? "").replace("begin", "begin -- as it was said before\n\n"));
  });
  await moved(t, dataDir);
});

test("another database on the server is named, and nothing is changed", async (t) => {
  const dataDir = copied(t);
  await onOld(dataDir, (client) => client.query("create database metabase"));
  await assert.rejects(
    moved(t, dataDir),
    /has other databases too, which cannot be moved: metabase\. Nothing was changed\./,
  );
  assert.deepEqual(filesIn(dataDir), filesIn(made));
});

test("a database that a newer Cadenza has migrated is refused before anything is copied", async (t) => {
  const dataDir = copied(t);
  await onOld(dataDir, (client) => client.query("insert into schema_migrations values (9999, 'later', 'x')"));
  await assert.rejects(moved(t, dataDir), /has migration 9999, which this version of Cadenza does not know/);
  assert.deepEqual(filesIn(dataDir), filesIn(made));
});

test("a server that a killed Cadenza left running is taken over", async (t) => {
  const dataDir = copied(t);
  const site = await oldSite(dataDir, here.old);
  const left = await reachServer(site, { isStopping: () => false, endpoint: null });
  const log: string[] = [];
  const server = await moved(t, dataDir, log);
  assert.ok(log.includes("stopped the database that was still running"), log.join("\n"));
  assert.notEqual(left.pid, 0);
  assert.equal((await rowsOf(server.owner, PLACE)).contacts?.length, here.rows.contacts?.length);
});

test("while an earlier Cadenza runs on the folder, nothing is moved", async (t) => {
  const dataDir = copied(t);
  const reached = await reachOld(here.old)({ dataDir });
  try {
    await assert.rejects(
      upgradeMajor({ dataDir, oldPrograms: here.old.bin, log: () => {} }),
      new RegExp(
        `Another Cadenza process \\(pid ${process.pid}\\) is using the data folder .* Nothing was changed\\.`,
      ),
    );
    const client = new pg.Client(reached.owner);
    await client.connect();
    await client.query("create table it_still_writes ()");
    await client.end();
  } finally {
    await reached.stop();
  }
});
