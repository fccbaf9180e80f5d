// Starts a release, a package or an installed program as its users do, and waits until it is ready. For tests.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../server/testing/doors.ts";
import { PATIENCE_MS } from "../../server/testing/patience.ts";

export const KEY = "bootstrap-key-of-a-release-01";

type Environment = Record<string, string>;

export type Started = {
  url: string;
  /** What it printed. */
  said(): string;
  /** Runs the command line against it. Answers what it prints. */
  call(...args: string[]): string;
  /** Answers the exit code, and what it printed. */
  stop(): Promise<{ code: number | null; said: string }>;
};

/** `command` starts a server; `caller` is the command line. */
export async function startServer(
  command: readonly [string, ...string[]],
  caller: readonly [string, ...string[]],
  { cwd, env }: { cwd: string; env: Environment },
): Promise<Started> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const [program, ...args] = command;
  const server = spawn(program, args, {
    cwd,
    env: {
      ...env,
      HOST: "127.0.0.1",
      PORT: new URL(url).port,
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [server.stdout, server.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  const ended = once(server, "close");
  const stop = async () => {
    server.kill("SIGTERM");
    const [code] = await ended;
    return { code: code as number | null, said };
  };
  await untilReady(
    url,
    () => server.exitCode === null,
    () => said,
  ).catch(async (error) => {
    await stop();
    throw error;
  });
  const ours = { ...env, CADENZA_URL: url, CADENZA_API_KEY: KEY };
  const call = (...more: string[]) =>
    execFileSync(caller[0], [...caller.slice(1), ...more], { cwd, env: ours, encoding: "utf8" });
  return { url, call, stop, said: () => said };
}

async function untilReady(url: string, isRunning: () => boolean, said: () => string) {
  const started = performance.now();
  const isReady = () =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (!isRunning() || performance.now() - started > PATIENCE_MS) throw new Error(`Not ready:\n${said()}`);
    await pause(50);
  }
}

/** A folder for the PATH with those of these programs that are here, and no others: no Node among them. */
export function onlyThese(folder: string, ...programs: string[]) {
  mkdirSync(folder, { recursive: true });
  for (const program of programs) {
    const place = ["/usr/bin", "/bin"].map((bin) => join(bin, program)).find((path) => existsSync(path));
    if (place) symlinkSync(place, join(folder, program));
  }
  return folder;
}
