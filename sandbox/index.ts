// A sandbox in the tests of other programs. It starts the program `cadenza sandbox`, and ends with the process that started it.

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
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
  /** Starts another one like it in the background, so that the next call with the same options has it at once. */
  spare?: boolean;
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
  if (options.spare && (options.port !== undefined || options.keep !== undefined))
    throw new Error("A spare sandbox has a port and a folder of its own: leave out port and keep.");
  const command = [...(options.program ?? programFor()), ...flagsOf(options)];
  const program = takeSpare(command) ?? launch(command);
  hold(program);
  const started = await program.started.catch(async (error) => {
    await program.ended;
    throw error;
  });
  program.child.unref();
  if (options.spare) keepSpare(command);
  const { url, api_key: apiKey, setup_url: setupUrl } = started;
  const stop = () => end(program);
  return { url, apiKey, setupUrl, ...callsOf(url, apiKey), stop, [Symbol.asyncDispose]: stop };
}

type Program = {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  started: Promise<Started>;
  ended: Promise<unknown>;
};

function launch([command = "", ...args]: readonly string[]): Program {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(child, "exit");
  const said: string[] = [];
  child.stderr.on("data", (piece) => void said.push(String(piece)));
  child.stdin.on("error", () => {}); // it has ended already
  const started = firstLine(child.stdout).catch(() => {
    throw new Error(`The sandbox did not start. ${said.join("").trim()}`);
  });
  return { child, started, ended };
}

async function end({ child, ended }: Program) {
  child.ref();
  child.stdin.end();
  if (child.exitCode === null && child.signalCode === null) await ended;
}

/** One that is ready before it is asked for, by its command. It ends with this process. */
let spare: { command: string; program: Program } | null = null;

function keepSpare(command: readonly string[]) {
  const key = command.join("\0");
  if (spare?.command === key) return;
  if (spare) void end(spare.program);
  const program = launch(command);
  program.started.catch(() => {}); // told to the caller that takes it
  leave(program);
  spare = { command: key, program };
}

function takeSpare(command: readonly string[]) {
  if (spare?.command !== command.join("\0")) return null;
  const { program } = spare;
  spare = null;
  return program.child.exitCode === null && program.child.signalCode === null ? program : null;
}

/** This process may end before it has started. */
function leave({ child }: Program) {
  for (const one of [child, ...pipesOf(child)]) one.unref();
}

function hold({ child }: Program) {
  for (const one of [child, ...pipesOf(child)]) one.ref();
}

/** They are sockets, whatever their types say. */
function pipesOf({ stdin, stdout, stderr }: Program["child"]) {
  return [stdin, stdout, stderr] as unknown as Socket[];
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
