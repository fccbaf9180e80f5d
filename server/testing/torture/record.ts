// What was tried so far, on the disk after each part, so that a run of hours may be ended and goes on where it was left.

import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { readRecording } from "../recording.ts";
import type { TortureFault } from "./fault.ts";
import type { FaultReport } from "./report.ts";

const FILE = fileURLToPath(new URL("../../../data/torture.jsonl", import.meta.url));

export type KeptReport = FaultReport & { at: string };

export function readRecord(): KeptReport[] {
  return readRecording(FILE);
}

export function addToRecord(line: KeptReport) {
  mkdirSync(dirname(FILE), { recursive: true });
  appendFileSync(FILE, `${JSON.stringify(line)}\n`);
}

export function forgetRecord() {
  rmSync(FILE, { force: true });
}

/** How much of it was done. */
function doneOf({ name }: TortureFault, record: readonly KeptReport[]) {
  return record.filter((line) => line.name === name).reduce((sum, { size }) => sum + size, 0);
}

type FaultRun = { fault: TortureFault; size: number };

/**
 * What comes next: first a little of everything, then twice as much of each, up to the portions of a full run. Null when
 * all of it was done.
 */
export function nextPart(faults: readonly TortureFault[], record: readonly KeptReport[]): FaultRun | null {
  const runs = (fault: TortureFault) => record.filter(({ name }) => name === fault.name);
  const rounds = (fault: TortureFault) => runs(fault).length;
  const [fault] = faults
    .filter((one) => doneOf(one, record) < one.full)
    .sort((one, other) => rounds(one) - rounds(other));
  if (!fault) return null;
  const ended = runs(fault).filter(({ size }) => size > 0).length;
  const size = Math.min(fault.portion, fault.short * 2 ** ended);
  return { fault, size: Math.min(size, fault.full - doneOf(fault, record)) };
}
