// One JSON line per thing worth knowing. Nothing that could hold a secret is ever handed to it, and
// the names under which one could slip in are blanked all the same.

import { pino } from "pino";

const SECRET_NAMES = [
  "password",
  "key",
  "token",
  "secret",
  "authorization",
  "cookie",
  "api_key",
  "x-api-key",
];

export function openLog(level: string, destination?: { write(line: string): void }) {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: "[hidden]" },
  };
  return destination ? pino(options, destination) : pino(options);
}
