// The schema as of migration 201, as one file for each area: what an empty database is made of. It took the place of the 112
// migrations before it. A database that has all of them is taken over as it is; one that lacks some has to be brought to the
// last of them by the version that still had them.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type pg from "pg";
import type { Migration } from "./migration-files.ts";

const FOLDER = new URL("baseline/", import.meta.url);
export const BASELINE_NUMBER = 201;

/** The last of the earlier migrations, with the checksum that databases keep of it, and the commit that still has them all. */
export const EARLIER = {
  last: 201,
  checksum: "1547a71873c32b9cb7aec6764896347cf6bef00568bf9ecae1be04c852ee0607",
  commit: "58c893df",
};

export function readBaseline(): Migration {
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith(".sql"))
    .sort();
  const sql = files.map((file) => readFileSync(new URL(file, FOLDER), "utf8")).join("\n");
  return { number: BASELINE_NUMBER, name: "0201_baseline", sql, checksum: checksumOf(asFirstKept(sql)) };
}

/** Databases keep the checksum of a text that named the owner as only an embedded server does. There both mean the same. */
function asFirstKept(sql: string) {
  return sql.replace(
    "on message_day_changes for insert to current_user",
    "on message_day_changes for insert to cadenza_owner",
  );
}

/** Comments and line breaks may change: a database that has the migration stays as it is. */
export function checksumOf(sql: string) {
  return createHash("sha256").update(withoutComments(sql)).digest("hex");
}

const TEXT_OR_COMMENT = /('(?:[^']|'')*')|--[^\n]*|(\s+)/g;

export function withoutComments(sql: string) {
  return sql
    .replace(TEXT_OR_COMMENT, (_, text?: string, space?: string) => text ?? (space ? " " : ""))
    .trim();
}

/** Records the baseline in the place of the earlier migrations, in one transaction. Says why where some of them are missing. */
export async function adoptBaseline(client: pg.Client, baseline: Migration): Promise<string | null> {
  const { rows } = await client.query<{ number: number; checksum: string }>(
    "select number, checksum from schema_migrations where number <= $1 and name <> $2 order by number desc limit 1",
    [EARLIER.last, baseline.name],
  );
  const [latest] = rows;
  if (!latest) return null;
  if (latest.number !== EARLIER.last || latest.checksum !== EARLIER.checksum)
    return `The database was last migrated to ${latest.number}. Start the version of commit ${EARLIER.commit} once, then this one.`;
  await client.query(
    `with earlier as (delete from schema_migrations where number < $1)
     update schema_migrations set name = $2, checksum = $3 where number = $1`,
    [EARLIER.last, baseline.name, baseline.checksum],
  );
  return null;
}
