// A server as a process of its own, for tests that kill it.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

export type ServerProcess = {
  url: string;
  pid: number;
  /** Everything it has printed. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
  ended(): Promise<number | null>;
};

/** Starts `server/main.ts` and waits until it is ready, or fails with what it printed. */
export async function startProcess(
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<ServerProcess> {
  const port = env.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, CADENZA_LOG_LEVEL: "info", HOST: "127.0.0.1", ...env, PORT: port },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child, () => printed);
  return {
    url,
    pid: child.pid as number,
    output: () => printed,
    signal: (signal) => void child.kill(signal),
    ended: async () =>
      child.exitCode === null && child.signalCode === null
        ? ((await once(child, "exit"))[0] as number | null)
        : child.exitCode,
  };
}

async function untilReady(url: string, child: ChildProcess, printed: () => string) {
  const patience = performance.now() + 30_000;
  while (child.exitCode === null && child.signalCode === null && performance.now() < patience) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill("SIGKILL");
  throw new Error(`the server did not get ready:\n${printed()}`);
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** The embedded database's process, as its own pid file names it. */
export function databasePid(dataDir: string) {
  return Number(readFileSync(join(dataDir, "postgres", "cluster", "postmaster.pid"), "utf8").split("\n")[0]);
}
