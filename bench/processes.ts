// Starts servers as processes of their own and measures them from outside, as a user would.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

export type Server = { url: string; pid: number; stop(): Promise<void> };

export async function startServer(
  command: readonly string[],
  port: number,
  env: Record<string, string>,
): Promise<Server> {
  const url = `http://127.0.0.1:${port}`;
  // Otherwise another server on this port would be measured instead of ours.
  if (await fetch(`${url}/health/ready`).catch(() => null)) throw new Error(`port ${port} is taken`);
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await untilReady(url, child);
  return { url, pid: child.pid as number, stop: () => stop(child) };
}

async function untilReady(url: string, child: ChildProcess) {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("the server ended before it was ready");
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return; // a signal leaves no code
  child.kill("SIGTERM");
  await once(child, "exit");
}

export function residentMegabytes(pid: number) {
  const match = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+) kB/);
  return Number(match?.[1]) / 1024;
}

/** The embedded database of a server that is running, as the role that owns it or as the one the product works as. */
export async function connectAs(dataDir: string, who: "owner" | "app") {
  const postgres = join(dataDir, "postgres");
  const credentials = JSON.parse(readFileSync(join(postgres, "credentials.json"), "utf8")) as Record<
    string,
    string
  >;
  const client = new pg.Client({
    host: join(postgres, "socket"),
    port: 5432,
    user: who === "app" ? "cadenza_app" : "cadenza_owner",
    password: credentials[who === "app" ? "appPassword" : "ownerPassword"] ?? "",
    database: "cadenza",
  });
  client.on("error", () => {}); // the server may be stopped before its callers
  await client.connect();
  return client;
}
