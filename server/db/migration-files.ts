// The migrations that this version has: the baseline, then the numbered files that came after it.

import { readdirSync, readFileSync } from "node:fs";
import { checksumOf, readBaseline } from "./baseline.ts";
import { effectsOf } from "./upgrade-check/effects.ts";

export type Migration = { number: number; name: string; sql: string; checksum: string };

const FOLDER = new URL("migrations/", import.meta.url);

export function readMigrations(): Migration[] {
  const later = readdirSync(FOLDER)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(new URL(file, FOLDER), "utf8");
      return { number: Number(file.slice(0, 4)), name: file.slice(0, -4), sql, checksum: checksumOf(sql) };
    });
  return [readBaseline(), ...later];
}

/** As `-- Works with versions that have 0312.`, where the text alone does not show it. */
const SAID = /^-- Works with versions that have (\d+)\.$/m;

/**
 * Which migration a version has to have, so that it works with the database after this one: itself where this one takes something away,
 * and 0 where it only adds.
 */
export function neededFor({ number, sql }: Pick<Migration, "number" | "sql">) {
  const said = SAID.exec(sql)?.[1];
  if (said !== undefined) return Number(said);
  return effectsOf(sql, new Set()).takesAway.length > 0 ? number : 0;
}
