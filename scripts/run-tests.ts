// Runs test files, a few at a time, each in a process of its own, and says what came of each.
//
// Not by node's own `run()`: it has no time limit for a file, so a connection left open would hold the run for
// ever, and it counts a file without any test as a test that passed.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failureFolder } from "../server/testing/failure-folder.ts";
import { ROOT } from "./packages.mjs";
import type { TestLine } from "./test-events.ts";

export type FileResult = {
  file: string;
  passed: number;
  failures: { name: string; where: string; error: string }[];
  skips: { name: string; why: string }[];
  output: string;
  tookMs: number;
  /** Of that, what came after its last test: a timer or connection that nobody waits for holds its place in the run. */
  afterMs: number;
};
type RunOptions = { atOnce: number; fileLimitMs: number; only?: string; signal: AbortSignal };

const LAST_WORDS_MS = 5000; // between asking a file to stop and making it stop
const OUTPUT_LIMIT = 200_000;

/** Yields each file's result as it ends; stops early, without one for what was cut short, when aborted. */
export async function* runTests(files: readonly string[], options: RunOptions): AsyncGenerator<FileResult> {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-events-"));
  const waiting = files.map((file, index) => ({ file, events: join(folder, `${index}.jsonl`) }));
  const running = new Map<string, Promise<FileResult>>();
  try {
    while (running.size || waiting.length) {
      for (const { file, events } of waiting.splice(0, options.atOnce - running.size)) {
        running.set(file, runFile(file, events, options));
      }
      const result = await Promise.race(running.values());
      running.delete(result.file);
      if (options.signal.aborted) return void (await Promise.all(running.values()));
      yield result;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runFile(file: string, events: string, options: RunOptions): Promise<FileResult> {
  const startedAt = performance.now();
  rmSync(failureFolder(file), { recursive: true, force: true });
  const child = spawn(
    process.execPath,
    [
      `--test-reporter=${new URL("./test-events.ts", import.meta.url).href}`,
      `--test-reporter-destination=${events}`,
      ...(options.only ? [`--test-name-pattern=${options.only}`] : []),
      join(ROOT, file),
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
  );
  const end = await waitForEnd(child, options);
  return {
    ...judge(readLines(events), end, options),
    file,
    output: end.output,
    tookMs: performance.now() - startedAt,
    afterMs: Math.max(0, Date.now() - lastWritten(events)),
  };
}

function lastWritten(events: string) {
  return statSync(events, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

type End = { code: number | null; signal: string | null; output: string; ranTooLong: boolean };

function waitForEnd(child: ChildProcess, { fileLimitMs, signal }: RunOptions): Promise<End> {
  return new Promise((resolve, reject) => {
    let output = "";
    let ranTooLong = false;
    const stop = () => {
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), LAST_WORDS_MS).unref();
    };
    const limit = setTimeout(() => {
      ranTooLong = true;
      stop();
    }, fileLimitMs);
    signal.addEventListener("abort", stop, { once: true });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        if (output.length < OUTPUT_LIMIT) output += text;
      });
    }
    child.once("error", reject);
    // "exit", not "close": a grandchild that kept the pipes must not keep the run. Its words have had their turn.
    child.once("exit", (code, killedBy) => {
      clearTimeout(limit);
      signal.removeEventListener("abort", stop);
      setImmediate(() => resolve({ code, signal: killedBy, output, ranTooLong }));
    });
  });
}

function readLines(events: string): TestLine[] {
  try {
    const lines = readFileSync(events, "utf8").split("\n");
    return lines.slice(0, -1).map((line) => JSON.parse(line)); // the last is empty, or was cut short
  } catch {
    return []; // the process died before it could open the file; its output says why
  }
}

function judge(lines: TestLine[], end: End, options: RunOptions) {
  const failures = lines.filter((line) => line.kind === "failed");
  const skips = lines.filter((line) => line.kind === "skipped");
  const passed = lines.filter((line) => line.kind === "passed").length;
  const fail = (error: string) => failures.push({ kind: "failed", name: "(the file)", where: "", error });
  if (end.ranTooLong) {
    const last = lines.findLast((line) => line.kind === "started");
    fail(`It did not end within ${options.fileLimitMs / 1000} s. Last started: ${last?.name ?? "no test"}.`);
  } else if (end.code !== 0 && !failures.length) {
    fail(`It ended with ${end.signal ?? `exit code ${end.code}`} outside of any test; its output is below.`);
  } else if (!passed && !failures.length && !skips.length && !options.only) {
    fail("There is no test in it.");
  }
  return { passed, failures, skips };
}
