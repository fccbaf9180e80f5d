// Debian's PgBouncer between Cadenza and PostgreSQL: in session mode Cadenza works, in transaction mode the start is refused.

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createClient } from "@cadenza/sdk";
import { EXIT } from "../../../server/cannot-start.ts";
import { freePort } from "../../../server/testing/doors.ts";
import { type OutsidePostgres, openOutsidePostgres } from "../../../server/testing/outside-postgres.ts";
import { spawnServer } from "../../../server/testing/process.ts";
import { programCalled, runProgram } from "./program.ts";

const KEY = "a-key-that-only-this-test-has";
const folder = mkdtempSync(join(tmpdir(), "cadenza-pgbouncer-"));
const open: (() => unknown)[] = [];
let postgres: OutsidePostgres;

before(async () => {
  programCalled("pgbouncer");
  chmodSync(folder, 0o755);
  postgres = await openOutsidePostgres();
  open.push(() => postgres.remove());
  await postgres.sql("create role plain login createrole password 'secret'");
  await postgres.sql("create database cadenza owner plain");
});
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function throughPooler(mode: string, { password = "secret", query = "" } = {}) {
  const port = await freePort();
  const users = join(folder, `${mode}.users`);
  const settings = join(folder, `${mode}.ini`);
  writeFileSync(users, '"plain" "secret"\n');
  writeFileSync(
    settings,
    `[databases]
cadenza = host=127.0.0.1 port=${postgres.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = ${mode}
`,
  );
  const pooler = await runProgram("pgbouncer", [settings], port);
  open.push(() => pooler.stop());
  const server = await spawnServer({
    DATABASE_URL: `postgres://plain:${password}@127.0.0.1:${port}/cadenza${query}`,
    CADENZA_DATA_DIR: join(folder, `data-${mode}`),
    CADENZA_DATABASE_WAIT_SECONDS: "0",
    CADENZA_DATABASE_CONNECTIONS: "4",
    CADENZA_BOOTSTRAP_KEY: KEY,
    CADENZA_LOG_LEVEL: "warn",
  });
  open.push(() => server.process.kill("SIGKILL"));
  return server;
}

test("in transaction mode and in statement mode the start says what to set, and nothing is created", async () => {
  for (const mode of ["transaction", "statement"]) {
    const server = await throughPooler(mode);
    assert.equal(await server.failed(), EXIT.database, server.said());
    const said = server.said().trim();
    assert.match(
      said,
      /^Cadenza cannot start\. DATABASE_URL leads to a connection pooler in transaction mode/,
    );
    assert.match(said, /set pool_mode = session/);
    assert.equal(said.split("\n").length, 1, said);
    assert.deepEqual(await postgres.sql("select from pg_roles where rolname = 'cadenza_app'"), []);
  }
});

test("a wrong password and options in the URL are told at once", async () => {
  const wrong = await throughPooler("session", { password: "wrong" });
  assert.equal(await wrong.failed(), EXIT.unreached, wrong.said());
  assert.match(wrong.said(), /The database rejects the password in DATABASE_URL/);
  const options = await throughPooler("session", { query: "?options=-c%20geqo%3Doff" });
  assert.equal(await options.failed(), EXIT.unreached, options.said());
  assert.match(options.said(), /takes no options\. Remove options from the URL/);
});

test("in session mode everything works, and every session is bound by row security", async () => {
  const server = await (await throughPooler("session")).ready();
  const operator = createClient({ baseUrl: server.url, apiKey: KEY });
  const { api_key: key } = await operator.teams.create({
    name: "Norrland",
    owner_email: "kim@norrland.example",
  });
  const team = createClient({ baseUrl: server.url, apiKey: key.key });
  await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      team.contacts.create({ first_name: "Ann", email: `ann${n}@fjord.example` }),
    ),
  );
  assert.equal((await team.contacts.search({})).pagination.total_entries, 12);
  server.process.kill("SIGTERM");
  assert.equal(await server.ended, 0, server.said());
  assert.doesNotMatch(server.said(), /"level":"(?:warn|error)"/);
});
