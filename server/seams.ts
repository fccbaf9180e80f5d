// Where outside checks take hold of a running server: a clock that can be moved, and named
// points at which it can be made to crash. On a default start neither exists.

import { readFileSync } from "node:fs";
import { openDatabaseClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { seededRandom } from "./kernel/seeded-random.ts";

/** Points at which a crash is worth trying. Each stands in the code where its name says. */
const CRASH_POINTS = [
  "request-before-commit",
  "request-after-commit",
  "job-before-work",
  "job-after-work",
  "progress-before-commit",
  "progress-between-batches",
  "webhook-before-record",
  "push-before-record",
  "workflow-before-taken",
  "workflow-before-found",
  "workflow-before-commit",
  "workflow-between-steps",
  "workflow-after-call",
  "resume-before-commit",
  "skip-before-commit",
  "replan-before-commit",
  "replan-between-batches",
  "copilot-before-commit",
  "model-before-call",
  "model-after-call",
  "scores-before-commit",
  "days-before-commit",
  "plan-before-commit",
  "after-claim",
  "after-connect",
  "after-auth",
  "after-rcpt",
  "after-body",
  "gate-before-commit",
  "gate-after-commit",
  "dot-written",
  "reply-read",
  "result-before-commit",
  "result-after-commit",
  "event-write",
  "reconcile",
  "report-before-made",
  "report-after-made",
  "report-dot-written",
  "report-before-record",
  "imap-ack",
  "key-added",
  "batch-resealed",
  "backup-before-check",
  "copy-between-parts",
  "copy-before-check",
  "copy-before-record",
  "wal-before-archived",
  "base-before-check",
  "upgrade-before-copy",
  "upgrade-while-copying",
  "upgrade-before-check",
  "upgrade-before-switch",
  "upgrade-after-switch",
  "switch-noted",
  "switch-half-done",
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

type Fault = { action: "kill" | "stop" | "error" | "delay"; delayMs: number; strikes(): boolean };

let faults: Map<string, Fault> | null = null;

/** Does nothing, and costs nothing, unless the seams are open and a fault is planned here. */
export function crashPoint(point: CrashPoint): Promise<void> | undefined {
  const fault = faults?.get(point);
  return fault?.strikes() ? strike(fault, point) : undefined;
}

/**
 * The clock. Moved by the number in the clock file, which is read anew at every question. A program that writes a
 * file empties it first. So an empty or unreadable file leaves the clock where it was: falling back to the real time,
 * it would date what ends a mail before the mail itself.
 */
export function openClock(
  seams: Config["seams"],
  unmoved: () => Temporal.Instant = openDatabaseClock().now,
): () => Temporal.Instant {
  const clockFile = seams?.clockFile;
  if (!clockFile) return unmoved;
  let ahead = 0; // no file yet: the clock is not moved
  return () => {
    ahead = offsetIn(clockFile) ?? ahead;
    return unmoved().add({ milliseconds: ahead });
  };
}

export function openCrashPoints(seams: Config["seams"]) {
  faults = seams?.crash ? new Map(seams.crash.split(",").map(readFault)) : null;
}

export class InjectedError extends Error {}

async function strike(fault: Fault, point: string) {
  if (fault.action === "kill") process.kill(process.pid, "SIGKILL");
  if (fault.action === "stop") process.kill(process.pid, "SIGSTOP");
  if (fault.action === "error") throw new InjectedError(`injected at ${point}`);
  await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
}

// `name=kill`, `name=delay:250`, `name=error:0.1:42`: the last two are probability and seed.
function readFault(text: string): [string, Fault] {
  const [name = "", plan = ""] = text.trim().split("=");
  const [action = "", ...numbers] = plan.split(":");
  const isPoint = CRASH_POINTS.some((point) => point === name); // a misspelt one would test nothing
  if (!isPoint || !["kill", "stop", "error", "delay"].includes(action))
    throw new Error(`CADENZA_CRASH: "${text}" cannot be read`);
  const delayMs = action === "delay" ? Number(numbers.shift() ?? 0) : 0;
  const probability = Number(numbers.shift() ?? 1);
  const random = seededRandom(Number(numbers.shift() ?? 1));
  return [
    name,
    { action: action as Fault["action"], delayMs, strikes: () => probability >= 1 || random() < probability },
  ];
}

function offsetIn(file: string) {
  try {
    const text = readFileSync(file, "utf8").trim();
    const offset = Number(text);
    return text !== "" && Number.isFinite(offset) ? Math.trunc(offset) : null;
  } catch {
    return null;
  }
}
