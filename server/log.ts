// One JSON line per thing worth knowing. Secrets are kept out by what is handed over, not by searching
// for them afterwards: calls log names and ids, errors log what they are and where, never the values
// that were in the statement or the request.

import { pino } from "pino";

/** Lines gather in memory for a moment: writing each by itself costs more than the call it tells of. */
const GATHERED = { sync: false, minLength: 4096, periodicFlush: 250 };

type Destination = { write(line: string): void };

export function openLog(level: string, destination?: Destination) {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describe },
  };
  return pino(options, destination ?? pino.destination(GATHERED));
}

// A database error carries `detail` and `where`, and with them rows of customers.
function describe(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    ...(typeof code === "string" && { code }),
    message: error.message,
    stack: error.stack,
  };
}
