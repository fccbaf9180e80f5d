// Why Cadenza does not start: for each reason that an operator can remove, one sentence and an exit code. Any other error is
// ours, ends with 1 and is printed whole. docs/operate/start.md has these codes for operators.

import { UnsafeDatabase } from "./db/embedded/durability.ts";
import { CannotStartDatabase } from "./db/embedded/errors.ts";
import { UnfitDatabase } from "./db/fitness.ts";
import { CannotMigrate } from "./db/migrate.ts";
import { LostRole } from "./db/sessions.ts";
import { CannotReachDatabase } from "./db/waiting.ts";
import { CannotRecover } from "./db/wal-archive/refusals.ts";
import { CannotListen } from "./http/ports.ts";
import { CannotUseFolder } from "./kernel/data-folder.ts";
import { BadKeyFile } from "./kernel/secrets.ts";
import { BadConfiguration } from "./setting-values.ts";

export const EXIT = {
  fault: 1,
  settings: 2,
  port: 3,
  folder: 4,
  unreached: 5,
  database: 6,
} as const;

const REASONS: [kind: abstract new (...args: never[]) => Error, exit: number][] = [
  [BadConfiguration, EXIT.settings],
  [CannotListen, EXIT.port],
  [CannotUseFolder, EXIT.folder],
  [BadKeyFile, EXIT.folder],
  [CannotStartDatabase, EXIT.folder],
  [CannotRecover, EXIT.folder],
  [CannotReachDatabase, EXIT.unreached],
  [CannotMigrate, EXIT.database],
  [UnsafeDatabase, EXIT.database],
  [UnfitDatabase, EXIT.database],
  [LostRole, EXIT.database],
];

/** Says what did not happen and why, and answers the exit code. */
export function tellWhyNot(what: string, error: unknown): number {
  const [, exit] = REASONS.find(([kind]) => error instanceof kind) ?? [];
  console.error(exit ? `\n${what} ${(error as Error).message}\n` : error);
  return exit ?? EXIT.fault;
}
