// Outside PostgreSQL servers, as operators have them: Cadenza works with them, or says in one sentence why it does not.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { EXIT } from "../cannot-start.ts";
import { openLog } from "../kernel/log.ts";
import { type OutsidePostgres, openOutsidePostgres } from "../testing/outside-postgres.ts";
import { type Spawned, spawnServer } from "../testing/process.ts";
import { connect } from "./connect.ts";
import { reachOutside } from "./outside.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-by-url-"));
const open: (() => unknown)[] = [];
let postgres: OutsidePostgres;

before(async () => {
  postgres = await openOutsidePostgres();
  open.push(() => postgres.remove());
  await postgres.sql("create role plain login createrole password 'se:c@ret'");
  await postgres.sql("create database plain owner plain");
});
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

type Address = { host?: string; user?: string; password?: string; database?: string; query?: string };

const urlTo = ({
  host = "127.0.0.1",
  user = "plain",
  password = "se:c@ret",
  database = "plain",
  query = "",
}: Address) =>
  `postgres://${user}:${encodeURIComponent(password)}@${host.includes(":") ? host : `${host}:${postgres.port}`}/${database}${query && `?${query}`}`;

async function started(address: Address, env: Record<string, string> = {}): Promise<Spawned> {
  const one = await spawnServer({
    DATABASE_URL: urlTo(address),
    CADENZA_DATA_DIR: join(folder, "data"),
    CADENZA_DATABASE_WAIT_SECONDS: "0",
    CADENZA_DATABASE_CONNECTIONS: "3",
    CADENZA_ROLE: "api",
    ...env,
  });
  open.push(() => one.process.kill("SIGKILL"));
  return one;
}

async function works(address: Address, env?: Record<string, string>) {
  const server = await (await started(address, env)).ready();
  return {
    server,
    async end() {
      server.process.kill("SIGTERM");
      assert.equal(await server.ended, 0, server.said());
    },
  };
}

async function refused(exit: number, sentence: RegExp, address: Address) {
  const server = await started(address);
  assert.equal(await server.failed(), exit, server.said());
  const said = server.said().trim().split("\n");
  assert.equal(said.length, 1, server.said());
  assert.match(said[0] ?? "", /^Cadenza cannot start\. [A-Z]/);
  assert.match(said[0] ?? "", sentence);
  assert.doesNotMatch(server.said(), /se:c@ret|se%3Ac/);
}

const sessions = (database = "plain") =>
  postgres.sql<{ application_name: string; ssl: boolean; role: string }>(
    `select application_name, ssl, usename as role from pg_stat_activity join pg_stat_ssl using (pid) where datname = '${database}'`,
  );

test("a user who owns the database and may create roles is enough, and every session of the product is bound by row security", async () => {
  const { end } = await works({});
  const all = await sessions();
  assert.ok(all.length >= 2, JSON.stringify(all));
  assert.ok(all.every(({ role }) => role === "plain"));
  await end();
});

test("rules that the owner of the tables needs are the owner's, whatever it is called", async () => {
  const owners = await postgres.sql(
    `select distinct r.rolname as name from pg_policy p, unnest(p.polroles) one join pg_roles r on r.oid = one
      where r.rolname not like 'cadenza\\_%' or r.rolname = 'cadenza_owner'`,
    "plain",
  );
  assert.deepEqual(owners, [{ name: "plain" }]);
});

test("options of the URL do not take the role away", async () => {
  const url = urlTo({ query: "options=-c%20geqo%3Doff" });
  const { connection } = await reachOutside(url, openLog("silent"));
  const db = await connect(connection, { size: 2, onError: () => {} });
  const asked =
    "select current_user::text as role, current_setting('geqo') as geqo, current_setting('TimeZone') as zone";
  const answer = await db.inTransaction((tx) => tx.row(asked));
  await db.close();
  assert.deepEqual(answer, { role: "cadenza_app", geqo: "off", zone: "UTC" });
});

test("a role that row security does not bind is refused", async () => {
  await postgres.sql("alter role cadenza_app bypassrls");
  try {
    await refused(
      EXIT.database,
      /The role cadenza_app is not bound by row security,.* ALTER ROLE cadenza_app NOSUPERUSER NOBYPASSRLS/,
      {},
    );
  } finally {
    await postgres.sql("alter role cadenza_app nobypassrls");
  }
});

test("a table whose row security was turned off is named", async () => {
  await postgres.sql("alter table contacts disable row level security", "plain");
  await refused(
    EXIT.database,
    /Row security is off for contacts,.* ALTER TABLE contacts ENABLE ROW LEVEL SECURITY/,
    {},
  );
  await postgres.sql("alter table contacts enable row level security", "plain");
});

test("missing rights are named with the statement that gives them, and nothing is created", async () => {
  await postgres.sql("create role weak login password 'se:c@ret'");
  await postgres.sql("create database weak owner weak");
  await postgres.sql("create database others");
  await postgres.sql("alter role cadenza_audit rename to cadenza_audit_away");
  const missing =
    /The user "weak" in DATABASE_URL may not create roles, and Cadenza needs cadenza_audit: run ALTER ROLE "weak" CREATEROLE/;
  await refused(EXIT.database, missing, { user: "weak", database: "weak" });
  await postgres.sql("alter role cadenza_audit_away rename to cadenza_audit");
  const lacks = /The user in DATABASE_URL lacks a right \(permission denied to grant role "cadenza_app"\)/;
  await refused(EXIT.database, lacks, { user: "weak", database: "weak" });
  const noTables =
    /may not create tables in the database "others": run ALTER DATABASE "others" OWNER TO "plain"/;
  await refused(EXIT.database, noTables, { database: "others" });
  await postgres.sql("revoke connect on database others from public");
  await refused(EXIT.database, /lacks a right \(permission denied for database "others"\)/, {
    database: "others",
  });
  for (const database of ["weak", "others"])
    assert.deepEqual(await postgres.sql("select from pg_tables where schemaname = 'public'", database), []);
});

test("another encoding and another version of the collation are refused with what to run", async () => {
  await postgres.sql("create database latin owner plain encoding 'LATIN1' locale 'C' template template0");
  await refused(EXIT.database, /The database "latin" has the encoding LATIN1, and Cadenza needs UTF8/, {
    database: "latin",
  });
  await postgres.sql("create database sorted owner plain");
  await postgres.sql("update pg_database set datcollversion = '0.1' where datname = 'sorted'");
  await refused(EXIT.database, /by collation version 0\.1, .* run REINDEX DATABASE "sorted"/, {
    database: "sorted",
  });
});

test("a wrong password, an unknown user and a database that is not there are told apart", async () => {
  await refused(EXIT.unreached, /rejects the password in DATABASE_URL/, { password: "wrong" });
  await refused(EXIT.unreached, /The database in DATABASE_URL does not exist/, { database: "nowhere" });
});

test("what listens and is no PostgreSQL, and what never answers, are told apart", async () => {
  const { port: silent } = await listening(() => {});
  const { port: other } = await listening((socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 400\r\n\r\n")),
  );
  const { port: closing } = await listening((socket) => socket.destroy());
  const at = (port: number) => ({ host: `127.0.0.1:${port}` });
  await refused(
    EXIT.unreached,
    /cannot be used: its server does not answer\. Cadenza waited 0 seconds/,
    at(silent),
  );
  await refused(EXIT.unreached, /cannot be used: its server breaks off the connection\./, at(closing));
  const query = "sslmode=require";
  await refused(EXIT.unreached, /does not answer as PostgreSQL does/, { ...at(other), query });
});

async function listening(onSocket: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    onSocket(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server.address() as AddressInfo;
}

const pathOf = (file: string) =>
  encodeURIComponent(fileURLToPath(new URL(`../mail/specimens/tls/${file}.pem`, import.meta.url)));

test("TLS is used as sslmode says", async () => {
  const root = (name: string) => `sslrootcert=${pathOf(`${name}.cert`)}`;
  const isEncrypted = async (query: string, host = "127.0.0.1") => {
    const { server, end } = await works({ query, host });
    const found = new Set((await sessions()).map(({ ssl }) => ssl));
    assert.equal(found.size, 1, "all sessions alike");
    const isToldUnchecked = server.said().includes("certificate of the database's server is not checked");
    assert.equal(isToldUnchecked, /^sslmode=(?:prefer|require)$/.test(query), server.said());
    await end();
    return [...found][0];
  };
  assert.equal(await isEncrypted("sslmode=prefer"), false, "the server has no TLS");
  await refused(EXIT.unreached, /does not offer TLS/, { query: "sslmode=require" });
  await postgres.useCertificate("localhost");
  for (const query of ["sslmode=prefer", "sslmode=require", `sslmode=verify-full&${root("localhost")}`])
    assert.equal(await isEncrypted(query), true, query);
  assert.equal(await isEncrypted("sslmode=disable"), false);
  await refused(EXIT.unreached, /not signed by an authority that Cadenza knows\. Set sslrootcert/, {
    query: "sslmode=verify-full",
  });
  await refused(EXIT.unreached, /not signed by an authority/, {
    query: `sslmode=require&${root("elsewhere")}`,
  });
  await postgres.useCertificate("elsewhere");
  assert.equal(await isEncrypted(`sslmode=verify-ca&${root("elsewhere")}`), true);
  await refused(EXIT.unreached, /is for another host name than the one in DATABASE_URL/, {
    query: `sslmode=verify-full&${root("elsewhere")}`,
  });
  await postgres.useCertificate(null);
});

test("a client certificate is shown where the server wants one", async () => {
  await postgres.useCertificate("localhost");
  const [settings] = await postgres.sql<{ rules: string }>("select current_setting('hba_file') as rules");
  const rules = [
    "host all cadenza_owner 127.0.0.1/32 scram-sha-256",
    "hostssl all plain 127.0.0.1/32 scram-sha-256 clientcert=verify-ca",
  ];
  for (const [n, rule] of rules.entries())
    await postgres.sql(`copy (values ('${rule}')) to program 'cat ${n ? ">>" : ">"} ${settings?.rules}'`);
  await postgres.sql("alter system set ssl_ca_file = 'server.crt'");
  await postgres.useCertificate("localhost"); // all settings are read again
  await refused(EXIT.unreached, /does not let this user in without encryption\. Set sslmode=require/, {});
  await refused(EXIT.unreached, /wants a client certificate\. Set sslcert and sslkey/, {
    query: "sslmode=require",
  });
  const files = `sslcert=${pathOf("localhost.cert")}&sslkey=${pathOf("localhost.key")}`;
  for (const mode of ["require", "prefer"]) await (await works({ query: `sslmode=${mode}&${files}` })).end();
  const other = `sslcert=${pathOf("localhost.cert")}&sslkey=${pathOf("elsewhere.key")}`;
  await refused(EXIT.unreached, /TLS with the database's server failed\./, {
    query: `sslmode=require&${other}`,
  });
});
