// Runs test files, a few processes at a time, and says what came of each file.
//
// Not by node's own `run()`: it has no time limit for a file, so a connection left open would hold the run for
// ever, and it counts a file without any test as a test that passed.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failureFolder } from "../server/testing/failure-folder.ts";
import { areTestsOver, type End, type FileResult, judge, judgeGroup } from "./judge-tests.ts";
import { ROOT } from "./packages.mjs";
import type { TestLine } from "./test-events.ts";

type RunOptions = {
  atOnce: number;
  fileLimitMs: number;
  /** A file whose tests are over and that goes on for so long is stopped: a failed test left something running. */
  lingerLimitMs: number;
  only?: string;
  signal: AbortSignal;
};

const TEST_GROUP = join(ROOT, "scripts", "test-group.ts");
const LAST_WORDS_MS = 5000; // between asking a file to stop and making it stop
const LOOK_EVERY_MS = 5000;
const OUTPUT_LIMIT = 200_000;

/**
 * Yields each file's result when its process has ended; stops early, without one for what was cut short, when aborted.
 * Files of a group that a crash kept from running get a process of their own.
 */
export async function* runTests(
  groups: readonly (readonly string[])[],
  options: RunOptions,
): AsyncGenerator<FileResult> {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-events-"));
  const waiting = [...groups];
  const running = new Map<number, Promise<{ number: number; results: FileResult[]; notRun: string[] }>>();
  let started = 0;
  try {
    while (running.size || waiting.length) {
      for (const files of waiting.splice(0, options.atOnce - running.size)) {
        const number = ++started;
        const ended = runGroup(files, join(folder, `${number}.jsonl`), options);
        running.set(
          number,
          ended.then((end) => ({ number, ...end })),
        );
      }
      const { number, results, notRun } = await Promise.race(running.values());
      running.delete(number);
      if (options.signal.aborted) return void (await Promise.all(running.values()));
      yield* results;
      waiting.unshift(...notRun.map((file) => [file]));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runGroup(files: readonly string[], events: string, options: RunOptions) {
  const startedAt = performance.now();
  for (const file of files) rmSync(failureFolder(file), { recursive: true, force: true });
  const [alone = ""] = files;
  const program = files.length > 1 ? [TEST_GROUP, ...files] : [join(ROOT, alone)];
  const child = spawn(
    process.execPath,
    [
      `--test-reporter=${new URL("./test-events.ts", import.meta.url).href}`,
      `--test-reporter-destination=${events}`,
      ...(options.only ? [`--test-name-pattern=${options.only}`] : []),
      ...program,
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
  );
  const end = await waitForEnd(child, events, options);
  const tookMs = performance.now() - startedAt;
  const afterMs = Math.max(0, Date.now() - lastWritten(events));
  const lines = readLines(events);
  if (files.length > 1) return judgeGroup(files, lines, end, { ...options, afterMs });
  const result = { file: alone, ...judge(lines, end, options), output: end.output, tookMs, afterMs };
  return { results: [result], notRun: [] };
}

function lastWritten(events: string) {
  return statSync(events, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

function waitForEnd(child: ChildProcess, events: string, options: RunOptions): Promise<End> {
  const { fileLimitMs, lingerLimitMs, signal } = options;
  return new Promise((resolve, reject) => {
    let output = "";
    let stopped: End["stopped"] = null;
    const stop = () => {
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), LAST_WORDS_MS).unref();
    };
    const stopFor = (reason: End["stopped"]) => {
      stopped ??= reason;
      stop();
    };
    const limit = setTimeout(stopFor, fileLimitMs, "limit");
    const look = setInterval(() => {
      const isQuiet = Date.now() - lastWritten(events) > lingerLimitMs;
      if (!stopped && isQuiet && areTestsOver(readLines(events))) stopFor("lingering");
    }, LOOK_EVERY_MS);
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
      clearInterval(look);
      signal.removeEventListener("abort", stop);
      setImmediate(() => resolve({ code, signal: killedBy, output, stopped }));
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
