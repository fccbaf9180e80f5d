// What came of the test files of one process, from the lines that its reporter wrote and from how it ended.

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

export type End = {
  code: number | null;
  signal: string | null;
  output: string;
  /** Why it was stopped: its time was up, or its tests were over and it did not end. */
  stopped: "limit" | "lingering" | null;
};

type Options = { fileLimitMs: number; lingerLimitMs: number; only?: string };

export function judge(lines: TestLine[], end: End, options: Options) {
  const failures = lines.filter((line) => line.kind === "failed");
  const skips = lines.filter((line) => line.kind === "skipped");
  const passed = lines.filter((line) => line.kind === "passed").length;
  const fail = (error: string) => failures.push({ kind: "failed", name: "(the file)", where: "", error });
  if (end.stopped === "limit") {
    const last = lines.findLast((line) => line.kind === "started");
    fail(`It did not end within ${options.fileLimitMs / 1000} s. Last started: ${last?.name ?? "no test"}.`);
  } else if (end.stopped === "lingering") {
    fail(
      `It did not end within ${options.lingerLimitMs / 1000} s of its last test: something of it still runs.`,
    );
  } else if (end.code !== 0 && !failures.length) {
    fail(`It ended with ${end.signal ?? `exit code ${end.code}`} outside of any test; its output is below.`);
  } else if (!passed && !failures.length && !skips.length && !options.only) {
    fail("There is no test in it.");
  }
  return { passed, failures, skips };
}

/** All that stand outermost have ended; what comes next begins as soon as the one before has. */
export function areTestsOver(lines: readonly TestLine[]) {
  const started = lines.filter((line) => line.kind === "started" && line.depth === 0);
  return started.length > 0 && started.length === lines.filter((line) => line.kind === "ended").length;
}

/** Each file of a group by its own lines; those that were not begun when the process ended are to be run again. */
export function judgeGroup(
  files: readonly string[],
  lines: readonly TestLine[],
  end: End,
  options: Options & { afterMs: number },
) {
  const results: FileResult[] = [];
  const notRun: string[] = [];
  let isCut = false;
  for (const [n, file] of files.entries()) {
    const own = linesOf(file, lines);
    const ended = lines.find((line) => line.kind === "ended" && line.name === file);
    if (!ended && isCut) {
      notRun.push(file);
      continue;
    }
    isCut ||= !ended;
    const isLast = n === files.length - 1;
    // How the process ended is told of the file that it ended in, or of the last where no test failed.
    const isItsEnd = !ended || (isLast && results.every(({ failures }) => !failures.length));
    const judged = judge(own, isItsEnd ? end : QUIET_END, options);
    const tookMs = ended?.kind === "ended" ? ended.tookMs : 0;
    results.push({ file, ...judged, output: end.output, tookMs, afterMs: isLast ? options.afterMs : 0 });
  }
  return { results, notRun };
}

const QUIET_END: End = { code: 0, signal: null, output: "", stopped: null };

/** Without the file's name, which is the outermost suite here. */
function linesOf(file: string, lines: readonly TestLine[]): TestLine[] {
  return lines.flatMap((line) => {
    if (line.kind === "ended") return [];
    if (line.name === file) return line.kind === "failed" ? [{ ...line, name: "(the file)" }] : [];
    return line.name.startsWith(`${file} > `) ? [{ ...line, name: line.name.slice(file.length + 3) }] : [];
  });
}
