// A version at work on the database, or one of its programs.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../server/testing/doors.ts";
import { PATIENCE_MS } from "../../server/testing/patience.ts";
import type { Version } from "./versions.ts";

export type Settings = Record<string, string>;
export type Running = {
  version: Version;
  url: string;
  said(): string;
  end(signal: NodeJS.Signals): Promise<number | string | null>;
};

/** Null with what it said: it ended before it was ready. */
export async function startVersion(
  version: Version,
  settings: Settings,
): Promise<Running | { refused: string }> {
  const port = String(await freePort());
  const child = begin(version, "server/main.ts", [], { ...settings, PORT: port });
  const ended = once(child.process, "close").then(
    ([code, signal]) => (code ?? signal) as number | string | null,
  );
  const url = `http://127.0.0.1:${port}`;
  const state = { over: false };
  void ended.then(() => {
    state.over = true;
  });
  for (
    const until = performance.now() + PATIENCE_MS;
    performance.now() < until && !state.over;
    await sleep(50)
  ) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    await answer?.body?.cancel();
    if (!answer?.ok) continue;
    const end = (signal: NodeJS.Signals) => {
      child.process.kill(signal);
      return ended;
    };
    return { version, url, said: child.said, end };
  }
  child.process.kill("SIGKILL");
  return { refused: child.said() };
}

/** Answers its exit code and what it said. */
export async function runProgram(
  version: Version,
  program: string,
  args: readonly string[],
  settings: Settings,
) {
  const child = begin(version, program, args, settings);
  const [code, signal] = await once(child.process, "close");
  return { exit: (code ?? signal) as number | string, said: child.said() };
}

function begin({ folder }: Version, program: string, args: readonly string[], settings: Settings) {
  const child = spawn(process.execPath, ["--max-semi-space-size=16", join(folder, program), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", HOST: "127.0.0.1", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (piece: Buffer) => {
      output += piece.toString();
    });
  return { process: child, said: () => output };
}
