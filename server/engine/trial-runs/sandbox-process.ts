// The process in which a trial run takes place. It ends with its input, so it never outlives the engine that started it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TrialEmailRow, TrialPerson } from "../../features/insight/trial-runs/store.ts";
import type { TrialOutcome, TrialTask } from "./carry-out.ts";

const PROGRAM = fileURLToPath(new URL("../../trial-run.ts", import.meta.url));

/** What the process is told, in `order.json` of its folder. */
export type TrialOrder = {
  task: TrialTask;
  at: string;
  /** Links in emails lead there. */
  publicUrl: string;
};

/** What it says, a line each. */
export type TrialLine =
  | { reached: string }
  | { email: TrialEmailRow }
  | { person: TrialPerson }
  | { report: TrialOutcome["report"] }
  | { refused: string };

const GRACE_MS = 20_000;

export class TrialFailed extends Error {}

/** Reads what it says until it ends. It is told to stop by the end of its input. */
export async function runInSandbox(folder: string, signal: AbortSignal, hear: (line: TrialLine) => void) {
  const child = spawn(process.execPath, [PROGRAM, folder], {
    stdio: ["pipe", "pipe", "pipe"],
    cwd: join(folder),
  });
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const stop = () => void child.stdin.end();
  signal.addEventListener("abort", stop);
  child.stdin.on("error", () => {}); // it has ended already
  let said = "";
  child.stderr.on("data", (piece) => {
    said = (said + String(piece)).slice(-4_000);
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) hear(JSON.parse(line) as TrialLine);
    const [code, killed] = await ended;
    if (!signal.aborted && code !== 0)
      throw new TrialFailed(`the sandbox of a trial run ended with ${killed ?? code}: ${withoutRows(said)}`);
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
    const late = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    await ended;
    clearTimeout(late);
  }
}

/** The database quotes rows in these lines: contacts are not for the log. */
function withoutRows(said: string) {
  const lines = said.split("\n").filter((line) => !/^\s*(?:detail|where|internalQuery):/.test(line));
  return lines.join("\n").trim();
}
