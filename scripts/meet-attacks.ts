// A thread in which patterns meet the texts they find hard. Said before each, so that one that never comes back is known by
// its number; said after each that takes more than its share.
//
// What counts is how the time grows with the text, on the clock of this thread alone: four times the text may take four
// times the time, and a busy machine changes neither.

import { parentPort, workerData } from "node:worker_threads";
import { attacksOn } from "./attack-texts.ts";

export type Met = { at: number } | { slow: number; text: string } | "done";

const SIZES = [1_000, 4_000, 16_000, 60_000];
/** Below this much, a measurement says nothing. */
const NOTICEABLE_MICROSECONDS = 40_000;
const MOST_GROWTH = 8;

const { patterns, from } = workerData as { patterns: { source: string; flags: string }[]; from: number };
const say = (met: Met) => parentPort?.postMessage(met);

for (let at = from; at < patterns.length; at++) {
  say({ at });
  const { source, flags } = patterns[at] as { source: string; flags: string };
  const pattern = new RegExp(source, flags.replace(/[gy]/g, ""));
  const text = hardTextFor(pattern, source, flags);
  if (text !== null) say({ slow: at, text });
}
say("done");

function hardTextFor(pattern: RegExp, source: string, flags: string) {
  for (let i = 0; i < 3; i++) pattern.test("  warm \t -- x@y.z"); // compiled from now on
  for (const attack of attacksOn(source, flags)) {
    let before = Number.POSITIVE_INFINITY;
    for (const [index, size] of SIZES.entries()) {
      const took = cost(pattern, attack(size));
      if (isSteep(took, before) && isSteepAgain(pattern, attack, index)) return attack(40);
      before = Math.max(took, 1);
    }
  }
  return null;
}

function isSteep(took: number, before: number) {
  return took > NOTICEABLE_MICROSECONDS && took > before * MOST_GROWTH;
}

/** One measurement can be disturbed by the machine. The quickest of three of each size is not. */
function isSteepAgain(pattern: RegExp, attack: (size: number) => string, index: number) {
  const [text, shorter] = [attack(SIZES[index] ?? 0), attack(SIZES[index - 1] ?? 0)];
  const quickest = (subject: string) => Math.min(...[1, 2, 3].map(() => cost(pattern, subject)));
  return isSteep(quickest(text), Math.max(quickest(shorter), 1));
}

function cost(pattern: RegExp, text: string) {
  const since = process.threadCpuUsage();
  pattern.test(text);
  return process.threadCpuUsage(since).user;
}
