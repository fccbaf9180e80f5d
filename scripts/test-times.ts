// How long each test file took when it last ran on this machine: the longest begin first, so that a run does not end with
// one of them and an idle processor.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./packages.mjs";

export type Times = Record<string, number>;

const KEPT = join(ROOT, "node_modules", ".cache", "test-times.json");

export function readTimes(from = KEPT): Times {
  try {
    return JSON.parse(readFileSync(from, "utf8"));
  } catch {
    return {}; // no run has measured yet
  }
}

/** Files that did not run keep what was known of them. */
export function writeTimes(results: readonly { file: string; tookMs: number }[], to = KEPT) {
  const times = { ...readTimes(to) };
  for (const { file, tookMs } of results) times[file] = Math.round(tookMs);
  const draft = `${to}.${process.pid}`;
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(draft, JSON.stringify(times, null, 1));
  renameSync(draft, to); // two runs may end at once
}

/** A group with a file that is not known stays where it is: before all that are known, since it may be a long one. */
export function slowestFirst(times: Times) {
  const of = (group: readonly string[]) =>
    group.reduce((sum, file) => sum + (times[file] ?? Number.POSITIVE_INFINITY), 0);
  return (a: readonly string[], b: readonly string[]) => {
    const [first, second] = [of(a), of(b)];
    return first === second ? 0 : second - first;
  };
}
