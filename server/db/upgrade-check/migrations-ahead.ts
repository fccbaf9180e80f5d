// The migrations that an upgrade will run on this database, each with what it does, and how far the version before can go along.

import { type BackgroundMigration, readBackground } from "../background-migrations/files.ts";
import { noteIn } from "../level-note.ts";
import { isBeside, refuseUnknownPast } from "../migrate.ts";
import { type Migration, neededFor, readMigrations } from "../migration-files.ts";
import { type BackgroundAhead, backgroundAhead } from "./background-ahead.ts";
import type { DatabaseNow } from "./database.ts";
import { effectsOf } from "./effects.ts";
import { type Estimate, estimateOf } from "./estimates.ts";

export type MigrationAhead = Estimate & {
  number: number;
  name: string;
  takesAway: string[];
  /** Whether the version before works with the database after it. */
  isBeside: boolean;
};

export type Ahead = { version: string | null; migrations: MigrationAhead[]; background: BackgroundAhead[] };

/** Throws `CannotMigrate` for a database that this version does not migrate. */
export function migrationsAhead(
  now: DatabaseNow,
  known: readonly Migration[] = readMigrations(),
  background: readonly BackgroundMigration[] = readBackground(),
): Ahead {
  const done = now.migrations ?? new Map<number, string>();
  const note = noteIn(now.note);
  refuseUnknownPast(done, known, note?.needs);
  const missing = now.migrations ? known.filter(({ number }) => !done.has(number)) : [];
  const migrations = missing.map((migration) => {
    const { effects, takesAway } = effectsOf(migration.sql, now.domains);
    return {
      number: migration.number,
      name: migration.name,
      takesAway: neededFor(migration) === 0 ? [] : takesAway,
      isBeside: isBeside(migration, done),
      ...estimateOf(effects, now),
    };
  });
  return {
    version: note?.version ?? null,
    migrations,
    background: now.migrations ? backgroundAhead(now, missing, background) : [],
  };
}
