// What must hold when things die without warning.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_MS } from "../../testing/patience.ts";
import {
  ask,
  connect,
  killAndWait,
  openFolder,
  serverPid,
  start,
  startElsewhere,
  untilItAnswers,
} from "./bench.ts";
import { isAlive } from "./processes.ts";
import { startEmbedded } from "./server.ts";

test("a server left behind by a killed process is taken over without a restart", async (t) => {
  const dataDir = await openFolder(t);
  const killed = await startElsewhere(dataDir);
  await ask(killed.owner, "create table kept as select 7 as answer");
  const pid = await serverPid(dataDir);
  await killAndWait(killed.process);
  assert.equal(isAlive(pid), true);

  const next = await start(t, dataDir);
  assert.equal(next.adopted, true);
  assert.equal(await serverPid(dataDir), pid);
  assert.equal(await ask(next.owner, "select answer from kept"), 7);
  await next.stop();
  assert.equal(isAlive(pid), false);
});

test("a killed server comes back by itself, our own child and an adopted one alike", async (t) => {
  const dataDir = await openFolder(t);
  const killed = await startElsewhere(dataDir);
  const ownChild = await serverPid(dataDir);
  process.kill(ownChild, "SIGKILL");
  await sleep(50);
  await untilItAnswers(killed.owner, PATIENCE_MS);
  assert.notEqual(await serverPid(dataDir), ownChild);

  await killAndWait(killed.process);
  const log: string[] = [];
  const next = await start(t, dataDir, log);
  assert.equal(next.adopted, true);
  process.kill(await serverPid(dataDir), "SIGKILL");
  await sleep(50);
  await untilItAnswers(next.owner, PATIENCE_MS);
  while (!log.includes("the database is running again")) await sleep(20);
  assert.ok(log.includes("the database stopped; restarting it"));
});

test("the seat is taken again when only its connection is cut", async (t) => {
  const dataDir = await openFolder(t);
  const log: string[] = [];
  const { owner } = await start(t, dataDir, log);
  const pid = await serverPid(dataDir);
  await ask(
    owner,
    "select count(pg_terminate_backend(pid)) as answer from pg_stat_activity where application_name like 'cadenza pid%'",
  );
  while (!log.includes("the database is running again")) await sleep(20);
  assert.equal(await serverPid(dataDir), pid);
  assert.match((await startElsewhere(dataDir)).refusal ?? "", new RegExp(`pid ${process.pid}\\b`));
});

test("a session that outlives its killed server is waited for and then ended", {
  skip: process.platform !== "linux",
}, async (t) => {
  const dataDir = await openFolder(t);
  const { owner } = await start(t, dataDir);
  const busy = await connect(owner);
  const counting = busy
    .query("select count(*) from generate_series(1, 100000000000) a where a % 2 = 0")
    .catch(() => undefined);
  await sleep(300);
  process.kill(await serverPid(dataDir), "SIGKILL");
  await sleep(50);
  await untilItAnswers(owner, PATIENCE_MS);
  await counting;
});

test("what was acknowledged survives the killing of everything", async (t) => {
  const dataDir = await openFolder(t);
  const killed = await startElsewhere(dataDir);
  const writer = await connect(killed.owner);
  await writer.query("create table written (number integer primary key)");
  let acknowledged = 0;
  const writing = (async () => {
    for (;;) {
      await writer.query("insert into written values ($1)", [acknowledged + 1]);
      acknowledged += 1;
    }
  })().catch(() => undefined);
  while (acknowledged <= 20) await sleep(10);
  process.kill(await serverPid(dataDir), "SIGKILL");
  await killAndWait(killed.process);
  await writing;

  const { owner, adopted } = await start(t, dataDir);
  assert.equal(adopted, false);
  const sql = `select count(*)::int as answer from written where number <= ${acknowledged}`;
  assert.equal(await ask(owner, sql), acknowledged);
});

test("leftover files whose pid is now another process's do not stop the start", async (t) => {
  const dataDir = await openFolder(t);
  await leaveDeadServerBehind(dataDir);
  const stranger = await spawnStranger(t, dataDir);
  await claimToBe(stranger.pid ?? 0, dataDir);
  const { owner, adopted } = await start(t, dataDir);
  assert.equal(adopted, false);
  assert.equal(await ask(owner, "select 1 as answer"), 1);
  assert.equal(stranger.exitCode, null);
});

test("a start fails without leaving a server behind when the password is not the database's", async (t) => {
  const dataDir = await openFolder(t);
  await (await start(t, dataDir)).stop();
  const credentials = join(dataDir, "postgres/credentials.json");
  await writeFile(credentials, JSON.stringify({ ownerPassword: "forged", appPassword: "forged" }));
  await assert.rejects(startEmbedded({ dataDir, log: () => undefined }), /does not accept the password/);
  assert.ok(!(await readdir(join(dataDir, "postgres/cluster"))).includes("postmaster.pid"));
});

test("an empty postmaster.pid, as a power cut leaves it, does not stop the start", async (t) => {
  const dataDir = await openFolder(t);
  await leaveDeadServerBehind(dataDir);
  await writeFile(join(dataDir, "postgres/cluster/postmaster.pid"), "");
  const { owner } = await start(t, dataDir);
  assert.equal(await ask(owner, "select 1 as answer"), 1);
});

test("a server that is still shutting down is waited for", async (t) => {
  const dataDir = await openFolder(t);
  const killed = await startElsewhere(dataDir);
  const pid = await serverPid(dataDir);
  const session = await connect(killed.owner);
  process.kill(pid, "SIGTERM"); // smart shutdown: lasts as long as the session does
  await killAndWait(killed.process);
  setTimeout(() => void session.end(), 500);
  const { adopted, owner } = await start(t, dataDir);
  assert.equal(adopted, false);
  assert.equal(await ask(owner, "select 1 as answer"), 1);
});

test("a database that may forget is refused and stopped", async (t) => {
  const dataDir = await openFolder(t);
  const first = await start(t, dataDir);
  await first.stop();
  const settings = join(dataDir, "postgres/cluster/postgresql.auto.conf");
  await appendFile(settings, "fsync = off\n");
  await assert.rejects(startEmbedded({ dataDir, log: () => undefined }), {
    name: "CannotStartDatabase",
    message: /fsync = off/,
  });
  assert.ok(!(await readdir(join(dataDir, "postgres/cluster"))).includes("postmaster.pid"));
});

test("stopping while the database is being brought back leaves nothing running", async (t) => {
  const dataDir = await openFolder(t);
  const { stop } = await start(t, dataDir);
  process.kill(await serverPid(dataDir), "SIGKILL");
  await sleep(30);
  await stop();
  const left = await serverPid(dataDir).catch(() => 0);
  assert.equal(isAlive(left), false);
});

async function leaveDeadServerBehind(dataDir: string): Promise<void> {
  const killed = await startElsewhere(dataDir);
  const pid = await serverPid(dataDir);
  await killAndWait(killed.process);
  process.kill(pid, "SIGKILL");
  while (isAlive(pid)) await sleep(10);
}

/** A process of the server's own user: only those confuse PostgreSQL. */
async function spawnStranger(t: TestContext, dataDir: string): Promise<ChildProcess> {
  const { uid, gid } = await stat(join(dataDir, "postgres/cluster"));
  const identity = process.getuid?.() === 0 ? { uid, gid } : {};
  const stranger = spawn("sleep", ["60"], { ...identity, cwd: "/", stdio: "ignore" });
  t.after(() => stranger.kill("SIGKILL"));
  return stranger;
}

async function claimToBe(pid: number, dataDir: string): Promise<void> {
  for (const file of ["cluster/postmaster.pid", "socket/.s.PGSQL.5432.lock"]) {
    const path = join(dataDir, "postgres", file);
    const lines = (await readFile(path, "utf8")).split("\n");
    await writeFile(path, [pid, ...lines.slice(1)].join("\n"));
  }
}
