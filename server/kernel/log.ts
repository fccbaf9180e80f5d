// One JSON line per thing worth knowing. Secrets are kept out by what is handed over, not by searching
// for them afterwards: calls log names and ids, errors log what they are and where, never the values
// that were in the statement or the request.

import { pino } from "pino";

/** Lines leave together: writing them twenty at a time still took a twentieth of what a busy server can do. */
const MOST_GATHERED = 250;
const LONGEST_GATHERED_MS = 250;

type Destination = { write(line: string): void };

export function openLog(level: string, destination?: Destination) {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describe },
  };
  return pino(options, destination ?? output());
}

let opened: Destination | undefined;

/** One for all logs of the process: each listens for its end. */
function output() {
  opened ??= gatheredFor(pino.destination({ sync: true }));
  return opened;
}

/**
 * What a kill can lose is a quarter of a second; an end of any other kind loses nothing. They are written at once: what is still
 * being written beside the process comes out after the last lines of one that ends.
 */
function gatheredFor(stdout: ReturnType<typeof pino.destination>) {
  let lines: string[] = [];
  const hand = () => {
    if (lines.length === 0) return;
    const text = lines.join("");
    lines = [];
    stdout.write(text);
  };
  setInterval(hand, LONGEST_GATHERED_MS).unref();
  process.prependListener("beforeExit", hand); // before the output's own listener closes it
  process.on("exit", () => {
    if (lines.length === 0) return;
    hand();
    stdout.flushSync();
  });
  return {
    write(line: string) {
      if (lines.push(line) >= MOST_GATHERED) hand();
    },
    flush(done?: (error?: Error) => void) {
      hand();
      stdout.flush(done);
    },
  };
}

// A database error carries `detail` and `where`, and with them rows of customers.
function describe(error: unknown) {
  const { name, code, message, stack } = (error ?? {}) as Record<string, unknown>; // some libraries hand on a copy of an error's fields
  const known = Object.entries({ code, message, stack }).filter(([, value]) => typeof value === "string");
  return { type: typeof name === "string" ? name : typeof error, ...Object.fromEntries(known) };
}
