// The background migrations that an upgrade leaves for later, and those that have to end before one of its migrations.

import { type BackgroundMigration, namesBefore } from "../background-migrations/files.ts";
import type { Migration } from "../migration-files.ts";
import type { DatabaseNow } from "./database.ts";
import { estimateOf } from "./estimates.ts";

export type BackgroundAhead = {
  name: string;
  table: string;
  rows: number;
  megabytes: number;
  seconds: number;
  /** The migration that waits for it, so that the start waits too. */
  before: string | null;
};

export function backgroundAhead(
  now: DatabaseNow,
  missing: readonly Migration[],
  known: readonly BackgroundMigration[],
): BackgroundAhead[] {
  return known
    .filter(({ name }) => !now.backgroundEnded.has(name))
    .map(({ name, table }) => {
      const { seconds, tables } = estimateOf([{ table, work: "changes rows", stops: null }], now);
      return {
        name,
        table,
        rows: tables[0]?.rows ?? 0,
        megabytes: tables[0]?.megabytes ?? 0,
        seconds,
        before: missing.find((migration) => namesBefore(migration).includes(name))?.name ?? null,
      };
    });
}
