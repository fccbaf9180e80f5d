// A PostgreSQL as operators run it: at a port, with the settings, certificates and standbys of the test.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { commandFor, giveTree } from "../db/embedded/account.ts";
import { prepareSite, type Site } from "../db/embedded/site.ts";
import { freePort } from "./doors.ts";
import { PATIENCE_MS, restMs } from "./patience.ts";

const CERTIFICATES = new URL("../mail/specimens/tls/", import.meta.url);

export type OutsidePostgres = {
  port: number;
  superuser: { user: string; password: string };
  /** As the superuser. */
  sql<Row extends object>(text: string, database?: string): Promise<Row[]>;
  start(): Promise<void>;
  /** `SIGQUIT`: as by a power cut. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** All of its processes stand still, and nothing is answered. `remove` ends it all the same. */
  freeze(): Promise<void>;
  /** Serves with the certificate of this name, from `server/mail/specimens/tls/`, or without one. */
  useCertificate(name: "localhost" | "elsewhere" | null): Promise<void>;
  /** A copy that follows this server and takes no writes until it is promoted. Both run. */
  standby(): Promise<OutsidePostgres>;
  /** A standby goes on from another primary. */
  follow(other: OutsidePostgres): Promise<void>;
  /** A server that has stopped becomes a standby of another one, at the port that it had. */
  copyOf(other: OutsidePostgres): Promise<void>;
  remove(): Promise<void>;
};

export async function openOutsidePostgres(): Promise<OutsidePostgres> {
  const server = await prepare();
  await server.start();
  return server;
}

type Prepared = OutsidePostgres & { site: Site };

async function prepare(copiedPassword?: string): Promise<Prepared> {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-outside-"));
  const site = await prepareSite({ dataDir, log: () => {} });
  const port = await freePort();
  const superuser = { user: "cadenza_owner", password: copiedPassword ?? site.credentials.ownerPassword };
  let child: ChildProcess | null = null;

  async function sql<Row extends object>(text: string, database = "postgres") {
    const client = new pg.Client({ host: "127.0.0.1", port, ...superuser, database });
    client.on("error", () => {}); // a lost connection rejects the query that was running
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  async function start() {
    const settings = { port, listen_addresses: "127.0.0.1", unix_socket_directories: "" };
    const given = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const args = ["-D", site.places.cluster, ...given];
    const { file, args: all, identity } = commandFor(site.launch, site.binaries.postgres, args);
    child = spawn(file, all, {
      ...identity,
      cwd: dataDir,
      stdio: "ignore",
      env: { PATH: process.env.PATH, LC_ALL: "C" },
    });
    await until(() => sql("select 1"));
  }

  /** `SIGINT` ends sessions and shuts down in order; `SIGQUIT` leaves everything as it is. */
  async function stop(signal: NodeJS.Signals = "SIGINT") {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    for (const pid of frozen.splice(0)) process.kill(pid, "SIGCONT");
    running.kill("SIGCONT");
    running.kill(signal);
    await once(running, "exit");
  }

  let frozen: number[] = [];
  async function freeze() {
    const others = await sql<{ pid: number }>(
      "select pid from pg_stat_activity where pid <> pg_backend_pid()",
    );
    frozen = others.map(({ pid }) => pid);
    child?.kill("SIGSTOP"); // before its children, or it would start others
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
  }

  async function useCertificate(name: "localhost" | "elsewhere" | null) {
    for (const [part, file] of [
      ["cert", "server.crt"],
      ["key", "server.key"],
    ] as const)
      if (name) put(site, file, readFileSync(new URL(`${name}.${part}.pem`, CERTIFICATES), "utf8"));
    await sql(`alter system set ssl = ${name ? "on" : "off"}`);
    await reload(sql);
  }

  async function standby() {
    const copy = await prepare(superuser.password);
    await copy.copyOf(self);
    return copy;
  }

  const wayTo = (other: OutsidePostgres) =>
    `host=127.0.0.1 port=${other.port} user=${superuser.user} password=${superuser.password}`;

  async function follow(other: OutsidePostgres) {
    await sql(`alter system set primary_conninfo = '${wayTo(other)}'`);
    await reload(sql);
  }

  async function copyOf(other: OutsidePostgres) {
    await other.stop();
    const { cluster } = site.places;
    rmSync(cluster, { recursive: true });
    cpSync((other as Prepared).site.places.cluster, cluster, { recursive: true });
    put(site, "standby.signal", "");
    put(site, "postgresql.auto.conf", `primary_conninfo = '${wayTo(other)}'\n`);
    if (site.launch.account) giveTree(cluster, site.launch.account);
    chmodSync(cluster, 0o700);
    await other.start();
    await start();
  }

  async function remove() {
    await stop("SIGQUIT");
    rmSync(dataDir, { recursive: true, force: true });
  }

  const self = {
    site,
    port,
    superuser,
    sql,
    start,
    stop,
    freeze,
    useCertificate,
    standby,
    follow,
    copyOf,
    remove,
  };
  return self;
}

function put({ places, launch }: Site, name: string, content: string) {
  const file = join(places.cluster, name);
  writeFileSync(file, content, { mode: 0o600 });
  if (launch.account) giveTree(file, launch.account);
}

async function reload(sql: OutsidePostgres["sql"]) {
  const [before] = await sql<{ at: Date }>("select pg_conf_load_time() as at");
  await sql("select pg_reload_conf()");
  await until(async () => {
    const [now] = await sql<{ at: Date }>("select pg_conf_load_time() as at");
    if (now?.at.getTime() === before?.at.getTime()) throw new Error("its settings were not read again");
  });
}

async function until(work: () => Promise<unknown>) {
  for (const started = performance.now(); ; ) {
    const asked = performance.now();
    try {
      return await work();
    } catch (error) {
      if (performance.now() - started > PATIENCE_MS) throw error;
      await pause(restMs(performance.now() - asked));
    }
  }
}
