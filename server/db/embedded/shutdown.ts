// Ends a server and waits until it is gone. SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is
// written. SIGQUIT ends it at once; nothing acknowledged is lost, the next start replays it.

import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { codeOf } from "./errors.ts";
import { isAlive } from "./processes.ts";

const STEPS = [
  { signal: "SIGINT", patienceMs: 10_000 },
  { signal: "SIGQUIT", patienceMs: 8_000 }, // the server itself kills sessions that hang after 5 s
  { signal: "SIGKILL", patienceMs: 5_000 },
] as const;

/** Resolves with the signal that was needed. `pgCtl` is how signals are sent on Windows. */
export async function endServer(pid: number, pgCtl?: string): Promise<string> {
  for (const { signal, patienceMs } of STEPS) {
    await send(pid, signal, pgCtl);
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline) {
      if (!isAlive(pid)) return signal;
      await sleep(20);
    }
  }
  throw new Error(`the database server (pid ${pid}) cannot be stopped`);
}

async function send(pid: number, signal: (typeof STEPS)[number]["signal"], pgCtl?: string): Promise<void> {
  if (process.platform === "win32" && pgCtl) {
    await promisify(execFile)(pgCtl, ["kill", signal.slice("SIG".length), String(pid)]).catch(
      () => undefined,
    );
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}
