// What was tried so far, on the disk after each run, and the table of it.

import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { readRecording } from "../../server/testing/recording.ts";
import { markdown } from "../../server/testing/torture/report.ts";
import { ROOT } from "../packages.mjs";
import type { Way } from "./app-machine.ts";
import { KINDS } from "./faults.ts";
import type { Round } from "./round.ts";
import type { Verdict } from "./verdict.ts";

const FILE = join(ROOT, "data", "high-availability.jsonl");

export type Run = {
  at: string;
  way: Way;
  folder: string;
  rounds: Round[];
  /** Null where it came to no end. */
  verdict: Verdict | null;
  wrongs: string[];
};

export const readRecord = () => readRecording<Run>(FILE);

export function addToRecord(run: Run) {
  mkdirSync(dirname(FILE), { recursive: true });
  appendFileSync(FILE, `${JSON.stringify(run)}\n`);
}

const WORDS = {
  kill: "kill -9",
  freeze: "frozen, later awake again",
  partition: "network cable pulled",
  disk: "disk full",
};

/** One line for each kind of fault, and what was counted over all of them. */
export function table(runs: readonly Run[]) {
  const rounds = runs.flatMap((run) => run.rounds);
  const rows = KINDS.map((kind) => {
    const own = rounds.filter((round) => round.kind === kind);
    const seconds = own.flatMap((round) => round.seconds ?? []).toSorted((a, b) => a - b);
    return [
      WORDS[kind],
      String(own.length),
      median(seconds),
      shown(seconds.at(-1)),
      String(own.length - seconds.length),
    ];
  });
  const head = ["the primary", "failovers", "seconds until the next email: median", "longest", "never"];
  return `${markdown(head, rows)}\n\n${sums(runs)}`;
}

function sums(runs: readonly Run[]) {
  const sum = (of: (verdict: Verdict) => number) =>
    runs.reduce((total, { verdict }) => total + (verdict ? of(verdict) : 0), 0);
  return markdown(
    [
      "emails",
      "twice",
      "lost",
      "unclear",
      "confirmations by a person",
      "API calls acknowledged",
      "of them gone",
    ],
    [
      [
        sum((one) => one.emails),
        sum((one) => one.twice),
        sum((one) => one.lost),
        sum((one) => one.unclear),
        sum((one) => one.confirmations),
        sum((one) => one.saved),
        sum((one) => one.gone),
      ].map(String),
    ],
  );
}

function median(sorted: readonly number[]) {
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return shown(middle.length > 0 ? middle.reduce((sum, one) => sum + one, 0) / middle.length : undefined);
}

function shown(seconds: number | undefined) {
  return seconds === undefined ? "–" : seconds.toFixed(1);
}
