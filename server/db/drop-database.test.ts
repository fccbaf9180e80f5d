import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../testing/sending.ts";
import { dropDatabase } from "./drop-database.ts";
import { connect, openFolder, start } from "./embedded/bench.ts";

test("an owner that is no superuser drops its database while autovacuum and an old session are inside", async (t) => {
  const { owner } = await start(t, await openFolder(t));
  const superuser = await connect(owner);
  t.after(() => superuser.end());
  for (const setting of ["autovacuum_naptime = 1", "autovacuum_vacuum_cost_delay = 100"])
    await superuser.query(`alter system set ${setting}`);
  await superuser.query("alter system set autovacuum_vacuum_cost_limit = 1"); // so that a worker stays where it is
  await superuser.query("select pg_reload_conf()");
  await superuser.query("create role plain login password 'x' createdb");
  const plain = await connect({ ...owner, user: "plain", password: "x" });
  t.after(() => plain.end());
  await plain.query("create database only_here template template0");
  const left = await connect({ ...owner, user: "plain", password: "x", database: "only_here" });
  t.after(() => left.end());
  await left.query("create table many as select n from generate_series(1, 100000) n");
  // At the table, where it stays for a minute; with the small ones of the catalog it is through at once.
  const workers = async () => {
    const { rows } = await superuser.query(
      "select from pg_stat_activity where datname = 'only_here' and backend_type = 'autovacuum worker' and query like '%public.many%'",
    );
    return rows.length > 0;
  };
  await until(workers);
  const forced = plain.query("drop database only_here with (force)");
  await assert.rejects(forced, { code: "42501" }); // or this file has no reason
  assert.ok(await workers());
  await dropDatabase(plain, "only_here");
  const { rows } = await superuser.query("select from pg_database where datname = 'only_here'");
  assert.equal(rows.length, 0);
  await dropDatabase(plain, "only_here"); // which is gone already
});
