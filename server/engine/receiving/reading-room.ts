// How many mailboxes one process listens to at the same time. Each takes a socket and some memory; beyond that number they take
// turns, and the one that has listened longest leaves first.

import { totalmem } from "node:os";

const LEAST = 50;
const MOST = 5_000;
/** Set aside for a connection that listens: its socket and TLS state, with room for the mail it fetches. */
const BYTES_EACH = 512 * 1024;
/** Of the memory there is, as much may go to listening. */
const SHARE_OF_MEMORY = 0.25;
/** Of the files that may be open. The others are for callers, the database and sending. */
const SHARE_OF_FILES = 0.5;

type Machine = { memory: number; openFiles: number };

export function roomFor({ memory, openFiles }: Machine) {
  const most = Math.min((memory * SHARE_OF_MEMORY) / BYTES_EACH, openFiles * SHARE_OF_FILES, MOST);
  return Math.max(LEAST, Math.floor(most));
}

export function thisMachine(): Machine {
  const constrained = process.constrainedMemory();
  const total = totalmem();
  return { memory: constrained > 0 && constrained < total ? constrained : total, openFiles: openFiles() };
}

const ASSUMED_FILES = 1_024;

function openFiles() {
  Object.assign(process.report, { excludeNetwork: true }); // or it asks the DNS about each open socket
  const { userLimits } = process.report.getReport() as unknown as {
    userLimits?: { open_files?: { soft: number | "unlimited" } };
  };
  const soft = userLimits?.open_files?.soft;
  return soft === "unlimited" ? Number.POSITIVE_INFINITY : (soft ?? ASSUMED_FILES);
}

/**
 * Which listening mailboxes have to leave so that others are read: the longest first, and none that has only just
 * come.
 */
export function whoLeaves<One extends { since: number }>(
  listening: readonly One[],
  { waiting, room, now, stayMs }: { waiting: number; room: number; now: number; stayMs: number },
): One[] {
  return listening
    .filter(({ since }) => now - since >= stayMs)
    .sort((a, b) => a.since - b.since)
    .slice(0, Math.max(0, Math.min(waiting, room)));
}
