// A sandbox as a process of its own, as programs start it.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Client, createClient } from "@cadenza/sdk";

const PROGRAM = fileURLToPath(new URL("../sandbox.ts", import.meta.url));

export type SandboxProcess = {
  url: string;
  key: string;
  api: Client;
  process: ChildProcess;
  /** With its database, as a machine that loses its power does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

export async function startSandboxProcess(flags: readonly string[]): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [PROGRAM, "--json", "--end-with-input", ...flags], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { url, api_key: key } = JSON.parse(await firstLine(child)) as { url: string; api_key: string };
  const ended = once(child, "exit");
  // A test that fails before it stops its sandbox must not keep its file from ending. The sandbox ends with its input.
  for (const held of [child, child.stdin, child.stdout] as { unref(): void }[]) held.unref();
  return {
    url,
    key,
    api: createClient({ baseUrl: url, apiKey: key, retries: 0 }),
    process: child,
    async kill() {
      child.ref();
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.ref();
      child.stdin?.end();
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess) {
  let text = "";
  for await (const piece of child.stdout ?? []) {
    text += piece;
    if (text.includes("\n")) return text;
  }
  throw new Error(`the sandbox ended before it was ready: ${text}`);
}
