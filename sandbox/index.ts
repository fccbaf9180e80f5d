// A sandbox in the tests of other programs. It starts the program `cadenza sandbox`, and ends with the process that started it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { callsOf, type SandboxCalls } from "./calls.ts";
import { programFor } from "./program.ts";

export type { Advanced, CaughtMail, Clock, Fault, Plan, Prospect, SandboxCalls, Span } from "./calls.ts";
export { SandboxRefused } from "./calls.ts";

export type SandboxOptions = {
  /** Where its time begins; it then stands still. Default: now, and it runs. */
  at?: string | Date;
  /** With sample data. */
  sample?: boolean;
  /** Default: a free one. */
  port?: number;
  /** Keep everything in this folder, and go on from it the next time. */
  keep?: string;
  /** Command and arguments that start a sandbox. Default: the installed package `cadenza`. */
  program?: readonly string[];
};

export type Sandbox = SandboxCalls & {
  url: string;
  /** A master key. Send it as `X-Api-Key`. */
  apiKey: string;
  /** Opens the web app for the first time. */
  setupUrl: string | null;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

type Started = { url: string; api_key: string; setup_url: string | null };

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const [command, ...args] = options.program ?? programFor();
  const child = spawn(command as string, [...args, ...flagsOf(options)], { stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(child, "exit");
  const said: string[] = [];
  child.stderr.on("data", (piece) => void said.push(String(piece)));
  child.stdin.on("error", () => {}); // it has ended already
  const started = await firstLine(child.stdout).catch(async () => {
    await ended;
    throw new Error(`The sandbox did not start. ${said.join("").trim()}`);
  });
  child.unref();
  const stop = async () => {
    child.ref();
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) await ended;
  };
  const { url, api_key: apiKey, setup_url: setupUrl } = started;
  return { url, apiKey, setupUrl, ...callsOf(url, apiKey), stop, [Symbol.asyncDispose]: stop };
}

function flagsOf({ at, sample, port, keep }: SandboxOptions) {
  return [
    ...["--json", "--end-with-input"],
    ...(at === undefined ? [] : ["--at", typeof at === "string" ? at : at.toISOString()]),
    ...(sample ? ["--sample"] : []),
    ...(port === undefined ? [] : ["--port", String(port)]),
    ...(keep === undefined ? [] : ["--keep", keep]),
  ];
}

async function firstLine(stream: AsyncIterable<unknown>): Promise<Started> {
  let text = "";
  for await (const piece of stream) {
    text += piece;
    const end = text.indexOf("\n");
    if (end >= 0) return JSON.parse(text.slice(0, end)) as Started;
  }
  throw new Error("no line");
}
