// Changes of all rows of a large table, which a migration would make while writers wait. Each is one statement in a file beside the
// migrations, for a range of the table's blocks.

import { readdirSync, readFileSync } from "node:fs";
import { statementsIn } from "../upgrade-check/statements.ts";

export type BackgroundMigration = {
  /** It can begin once the migration of this number is applied. */
  number: number;
  name: string;
  table: string;
  /** Changes the rows from block `$1` on that lie before `$2`. It finds none once it has changed them. */
  sql: string;
};

const FOLDER = new URL("../migrations/", import.meta.url);
const FILE = /^(\d{4}_[a-z0-9_]+)\.background\.sql$/;
const TABLE = /\b(?:update|delete from)\s+(?:only\s+)?(\w+)/i;
/** As `-- After the background migration 0366_ranks.`, in a migration that relies on its rows. */
const AFTER = /^-- After the background migration (\d{4}_[a-z0-9_]+)\.$/gm;

/** In the order in which they begin. */
export function readBackground(): BackgroundMigration[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const name = FILE.exec(file)?.[1];
      return name ? [backgroundOf(name, readFileSync(new URL(file, FOLDER), "utf8"))] : [];
    });
}

export function backgroundOf(name: string, sql: string): BackgroundMigration {
  const statement = statementsIn(sql).join(" ");
  const table = TABLE.exec(statement)?.[1];
  if (!table || !statement.includes("$1") || !statement.includes("$2"))
    throw new Error(`${name} is no change of the rows between $1 and $2 of a table`);
  return { number: Number(name.slice(0, 4)), name, table, sql };
}

/** Which have to have ended before this migration. */
export function namesBefore(migration: { sql: string }) {
  return [...migration.sql.matchAll(AFTER)].flatMap(([, name]) => name ?? []);
}
