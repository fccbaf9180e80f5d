// Cadenza as its users start it: a process of its own, told by the environment, stopped by signals.

import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

export type Spawned = {
  url: string;
  process: ChildProcess;
  /** Everything it has said so far, on both outputs. */
  said(): string;
  /** How it ended: an exit code, or the signal that ended it. */
  ended: Promise<number | string | null>;
  /** Waits until it takes calls; fails if it ends before. */
  ready(): Promise<Spawned>;
  /** Waits until it has said this. */
  saying(text: string): Promise<void>;
};

/** Only what is named here is in the environment, so that a test does not depend on whose machine it is. */
export async function spawnServer(env: Record<string, string>, args: string[] = []): Promise<Spawned> {
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH ?? "", HOST: "127.0.0.1", PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  let hasEnded = false;
  const ended = new Promise<number | string | null>((resolve) => {
    child.on("close", (code, signal) => {
      hasEnded = true;
      resolve(code ?? signal);
    });
  });
  const until = async (isSo: () => Promise<boolean> | boolean, what: string) => {
    for (let waited = 0; waited < 20_000; waited += 50) {
      if (await isSo()) return;
      if (hasEnded) throw new Error(`it ended before ${what}:\n${output}`);
      await pause(50);
    }
    throw new Error(`not ${what} within 20 s:\n${output}`);
  };
  const spawned: Spawned = {
    url: `http://127.0.0.1:${port}`,
    process: child,
    said: () => output,
    ended,
    async ready() {
      const isReady = () =>
        fetch(`${spawned.url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        );
      await until(isReady, "ready");
      return spawned;
    },
    saying: (text) => until(() => output.includes(text), `saying ${text}`),
  };
  return spawned;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
