// Cadenza as its users start it: a process of its own, told by the environment, ended by signals.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "./doors.ts";
import { PATIENCE_MS } from "./patience.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

export type Spawned = {
  url: string;
  process: ChildProcess;
  /** Everything it has said so far, on both outputs. */
  said(): string;
  /** How it ended: an exit code, or the signal that ended it. */
  ended: Promise<number | string | null>;
  /** Waits until it takes calls; fails with what it said if it ends before. */
  ready(): Promise<Spawned>;
  /** For a start that must fail: how it ended, or that it did not. */
  failed(): Promise<number | string | null>;
  saying(text: string): Promise<void>;
};

/** Only what is named is in its environment, so that no test depends on whose machine it runs. */
export async function spawnServer(
  env: Record<string, string>,
  args: readonly string[] = [],
  /** Another user of the machine; only root may ask for one. */
  user: { uid?: number; gid?: number } = {},
): Promise<Spawned> {
  const port = env.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      HOST: "127.0.0.1",
      ...env,
      PORT: port,
    },
    stdio: ["ignore", "pipe", "pipe"],
    ...user,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  let hasEnded = false;
  const ended = once(child, "close").then(([code, signal]) => {
    hasEnded = true;
    return (code ?? signal) as number | string | null;
  });

  async function until(isSo: () => Promise<boolean> | boolean, what: string) {
    const started = performance.now();
    while (!(await isSo())) {
      if (hasEnded) throw new Error(`it ended before ${what}:\n${output}`);
      if (performance.now() - started > PATIENCE_MS) {
        child.kill("SIGKILL");
        throw new Error(`too long before ${what}:\n${output}`);
      }
      await pause(25);
    }
  }

  const url = `http://127.0.0.1:${port}`;
  const spawned: Spawned = {
    url,
    process: child,
    said: () => output,
    ended,
    async ready() {
      await until(() => isReady(url), "it was ready");
      return spawned;
    },
    failed() {
      const isUp = spawned.ready().then(
        () => "it started",
        () => ended,
      );
      return Promise.race([ended, isUp]);
    },
    saying: (text) => until(() => output.includes(text), `it said ${text}`),
  };
  return spawned;
}

async function isReady(url: string) {
  const answer = await fetch(`${url}/health/ready`).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}

export type ServerProcess = {
  url: string;
  pid: number;
  /** Everything it has printed. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
  ended(): Promise<number | string | null>;
};

/** Starts `server/main.ts` and waits until it is ready, or fails with what it printed. */
export async function startProcess(
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<ServerProcess> {
  const { url, process: child, said, ended } = await (await spawnServer(env, args)).ready();
  return {
    url,
    pid: child.pid as number,
    output: said,
    signal: (signal) => void child.kill(signal),
    ended: () => ended,
  };
}

/** The embedded database's process, as its own pid file names it. */
export function databasePid(dataDir: string) {
  return Number(readFileSync(join(dataDir, "postgres", "cluster", "postmaster.pid"), "utf8").split("\n")[0]);
}
