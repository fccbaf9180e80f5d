// Whether an error is the database being out of reach, and not what was asked of it. Then nobody is to blame: all wait and
// try again.

/** 08: connection lost; 53: out of connections, memory or space; 57P: shutting down or starting up. */
const CODES = /^(?:08|53|57P)/;
const SYSTEM = ["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT"];
const SAID = /timeout exceeded when trying to connect|Connection terminated|connection error|not queryable/i;

export function isAway(error: unknown) {
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  return CODES.test(code) || SYSTEM.includes(code) || SAID.test(message);
}

/** Two waited for each other, changed the same, or one waited too long for a lock: rolled back whole, and tried again as it was. */
export function lostARace(error: unknown) {
  const { code } = (error ?? {}) as { code?: string };
  return code === "40001" || code === "40P01" || code === "55P03";
}
