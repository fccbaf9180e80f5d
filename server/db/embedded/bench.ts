// What the tests here share: a folder that is cleaned up with every server in it, and processes that can be killed.

import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type Connection, type EmbeddedServer, startEmbedded } from "./server.ts";

/** A data folder that ends with the test, together with every process that names it on its command line. */
export async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "cadenza-db-"));
  t.after(async () => {
    while (killAllNaming(folder) > 0) await sleep(50);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

function killAllNaming(folder: string): number {
  const pids = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && names(pid, folder));
  for (const pid of pids) kill(pid);
  return pids.length;
}

function names(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it was faster
  }
}

/** A server supervised by the test's own process, stopped with the test. */
export async function start(t: TestContext, dataDir: string, log: string[] = []): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, log: (message) => log.push(message) });
  t.after(() => server.stop());
  return server;
}

type Supervisor = { process: ChildProcess; owner: Connection; adopted: boolean; refusal?: string };

/** A server supervised by a process of its own. */
export async function startElsewhere(dataDir: string): Promise<Supervisor> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "supervise.ts"), dataDir], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return {
      process: child,
      ...(JSON.parse(line) as { owner: Connection; adopted: boolean; refusal?: string }),
    };
  }
  throw new Error("the supervising process ended without a message");
}

export async function killAndWait(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

export async function serverPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, "postgres/cluster/postmaster.pid"), "utf8"), 10);
}

export async function connect(connection: Connection): Promise<Client> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** One statement on a connection of its own. */
export async function ask<T>(connection: Connection, sql: string): Promise<T | undefined> {
  const client = await connect(connection);
  try {
    return (await client.query<{ answer: T }>(sql)).rows[0]?.answer;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks until it gets an answer, as a pool would; gives the milliseconds that took. */
export async function untilItAnswers(connection: Connection, patienceMs: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    try {
      await ask(connection, "select 1 as answer");
      return performance.now() - began;
    } catch (error) {
      if (performance.now() - began > patienceMs) throw error;
      await sleep(50);
    }
  }
}
