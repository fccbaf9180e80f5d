// Several servers in DATABASE_URL: every new connection leads to the one that takes writes.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { EXIT } from "../cannot-start.ts";
import { openLog } from "../kernel/log.ts";
import { type OutsidePostgres, openOutsidePostgres } from "../testing/outside-postgres.ts";
import { spawnServer } from "../testing/process.ts";
import { until } from "../testing/sending.ts";
import { connect } from "./connect.ts";
import { reachOutside } from "./outside.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-several-"));
const open: (() => unknown)[] = [];
let primary: OutsidePostgres;
let standby: OutsidePostgres;

before(async () => {
  primary = await openOutsidePostgres();
  open.push(() => primary.remove());
  await primary.sql("create database cadenza");
  standby = await primary.standby();
  open.push(() => standby.remove());
});
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

function urlOf(servers: readonly OutsidePostgres[], query = "") {
  const { user, password } = primary.superuser;
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join(",");
  return `postgres://${user}:${password}@${hosts}/cadenza?target_session_attrs=read-write${query}`;
}

const started = async (servers: OutsidePostgres[], seconds: string, query = "") => {
  const server = await spawnServer({
    DATABASE_URL: urlOf(servers, query),
    CADENZA_DATA_DIR: join(folder, "data"),
    CADENZA_DATABASE_WAIT_SECONDS: seconds,
    CADENZA_DATABASE_CONNECTIONS: "3",
  });
  open.push(() => server.process.kill("SIGKILL"));
  return server;
};

const sessionsAt = async (server: OutsidePostgres) =>
  (
    await server.sql(
      "select from pg_stat_activity where datname = 'cadenza' and application_name ilike 'cadenza%'",
    )
  ).length;

test("a standby alone is waited for, and named in the end", async () => {
  const server = await started([standby], "0");
  assert.equal(await server.failed(), EXIT.unreached, server.said());
  assert.match(server.said(), /cannot be used: it is read-only, as a standby is\. Cadenza waited 0 seconds/);
  assert.equal(server.said().trim().split("\n").length, 1, server.said());
});

test("the server that takes writes is found wherever it stands in the list, and after a failover the other one", async () => {
  const server = await (await started([standby, primary], "60", "&sslmode=prefer")).ready();
  assert.ok((await sessionsAt(primary)) >= 3);
  assert.equal(await sessionsAt(standby), 0);
  await primary.stop();
  await until(async () => (await fetch(`${server.url}/health/ready`)).status === 503);
  await standby.sql("select pg_promote()");
  await server.ready();
  await until(async () => (await sessionsAt(standby)) >= 3);
  server.process.kill("SIGTERM");
  assert.equal(await server.ended, 0, server.said());
});

test("a primary that says nothing any more is given up once another server takes writes, also by what waits without a limit", async () => {
  await primary.copyOf(standby);
  [primary, standby] = [standby, primary];
  const { connection } = await reachOutside(urlOf([standby, primary]), openLog("silent"));
  const db = await connect(connection, { size: 2, onError: () => {} });
  await db.lifeName(); // a session that stays, and whose questions may take as long as they like
  await primary.freeze();
  await standby.sql("select pg_promote()");
  let n = 0;
  const holds = () =>
    db.holdAlone(`work ${n++}`).then(
      () => true,
      () => false,
    );
  await until(() => Promise.race([holds(), sleep(1_000).then(() => false)]));
  await until(() =>
    db.ping().then(
      () => true,
      () => false,
    ),
  );
  await db.close();
  await primary.stop("SIGQUIT");
});

test("where none takes writes each server is named with its reason", async () => {
  await standby.sql("alter system set default_transaction_read_only = on");
  await standby.sql("select pg_reload_conf()");
  const server = await started([primary, standby], "0");
  assert.equal(await server.failed(), EXIT.unreached, server.said());
  const [down, readOnly] = [primary, standby].map(({ port }) => `127.0.0.1:${port}`);
  const said = server.said().trim();
  assert.ok(
    said.includes(
      `none of its servers takes writes (${down}: no server listens at its address; ${readOnly}: it is read-only, as a standby is).`,
    ),
    said,
  );
  assert.equal(said.split("\n").length, 1, said);
});
