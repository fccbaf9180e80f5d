// A program of the system that stands beside Cadenza: a proxy or a pooler. It runs in the foreground, with a configuration of the test.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PATIENCE_MS } from "../../../server/testing/patience.ts";

/** Of Debian, which keeps some outside a user's own path. */
const FOLDERS = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"];

export function findProgram(name: string): string | null {
  const own = (process.env.PATH ?? "").split(":").filter(Boolean);
  return [...FOLDERS, ...own].map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** Fails with what to do where it is not installed. */
export function programCalled(name: string): string {
  const path = findProgram(name);
  if (!path) throw new Error(`${name} is not installed, and these tests run it: apt-get install ${name}`);
  return path;
}

export type RunningProgram = { said(): string; stop(): Promise<void> };

/** Runs it until it listens on the port; fails with what it said if it ends before. */
export async function runProgram(
  name: string,
  args: readonly string[],
  port: number,
  env: Record<string, string> = {},
): Promise<RunningProgram> {
  const child = spawn(programCalled(name), args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: FOLDERS.join(":"), ...env },
    // PgBouncer and PostgreSQL refuse to be root.
    ...(process.getuid?.() === 0 && { uid: 65534, gid: 65534 }),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (piece: Buffer) => {
      output += piece.toString();
    });
  const started = performance.now();
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${output}`);
    if (performance.now() - started > PATIENCE_MS) throw new Error(`${name} does not listen:\n${output}`);
    await pause(25);
  }
  return {
    said: () => output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function listens(port: number) {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
