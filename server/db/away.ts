// Whether an error is the database being out of reach, and not what was asked of it. Then no caller is at fault: all
// wait and try again.

/** 08: connection lost; 53: out of connections, memory or space; 57P: shutting down or starting up. */
const CODES = /^(?:08|53|57P)/;
const SYSTEM = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "ENOENT",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
];
const SAID =
  /timeout exceeded when trying to connect|^timeout expired$|Connection terminated|connection error|not queryable/i;

export function isAway(error: unknown) {
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  return CODES.test(code) || SYSTEM.includes(code) || SAID.test(message);
}

/** The session is on a standby, or on a primary that became one. */
export function isReadOnly(error: unknown) {
  return (error as { code?: string } | null)?.code === "25006";
}

/** There is no room on the database's disk: what only reads still works, and waiting does not help. */
export function isFull(error: unknown) {
  return (error as { code?: string } | null)?.code === "53100";
}

/** Two waited for each other, changed the same, or one waited too long for a lock: rolled back whole, and tried again as it was. */
export function lostARace(error: unknown) {
  const { code } = (error ?? {}) as { code?: string };
  return code === "40001" || code === "40P01" || code === "55P03";
}

/**
 * Deadlocks and serialization failures are rolled back whole, so trying again repeats nothing. So is a row that points at what
 * was deleted after it was looked up, or the other way round: looked up once more, it is seen how things are.
 */
const AT_ONCE = new Set(["40001", "40P01", "23503"]);

/** A row that was found is gone when it is written to: as a serialization failure, by the same code. */
export class GoneMeanwhile extends Error {
  readonly code = "40001";
}

/** Whether a transaction that ended with this error is tried again at once, a few times. */
export function isWorthAnotherTry(error: unknown) {
  return AT_ONCE.has(((error ?? {}) as { code?: string }).code ?? "");
}

/** How often a transaction is tried that others get in the way of. */
export const MOST_TRIES = 4;

/** More than a process has connections. */
const MOST_LOST = 50;

/** After sessions were ended on purpose: each of their connections may be lent once more before its end is known. */
export async function overLostConnections<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || tries >= MOST_LOST) throw error;
    }
  }
}
