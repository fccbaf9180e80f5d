// The processor time that processes have used, as Linux counts it.

import { readdirSync, readFileSync } from "node:fs";

const MS_PER_TICK = 10;

/** Of one process, its threads included. */
export function processMs(pid: number) {
  const stat = statOf(pid);
  return stat ? stat.ownMs : 0;
}

/** Of a process and of all that it started: those that have ended are in its own sum. */
export function familyMs(pid: number) {
  const parent = statOf(pid);
  if (!parent) return 0;
  let sum = parent.ownMs + parent.endedMs;
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat?.parent === pid) sum += stat.ownMs;
  }
  return sum;
}

export function parentOf(pid: number) {
  return statOf(pid)?.parent ?? 0;
}

/** The name may hold blanks and brackets, so the fields are counted from behind it. */
function statOf(pid: number) {
  const text = textOf(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [user, system, endedUser, endedSystem] = fields.slice(11, 15).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return {
    parent: Number(fields[1]),
    ownMs: (user + system) * MS_PER_TICK,
    endedMs: (endedUser + endedSystem) * MS_PER_TICK,
  };
}

/** Null where the process has ended meanwhile. */
function textOf(file: string) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
