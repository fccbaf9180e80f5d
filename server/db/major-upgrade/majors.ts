// Which major version of PostgreSQL a data folder was made by, compared with the one that this version of Cadenza has.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MAJOR_VERSION } from "../embedded/cluster.ts";
import { CannotStartDatabase } from "../embedded/errors.ts";

/** Migrations run on this one and on every later one. */
const OLDEST = 15;

/** Null: there is no database, or it has this version already. Refuses what cannot be moved. */
export function olderMajorIn(dataDir: string): string | null {
  const major = majorIn(dataDir);
  if (major === null || major === MAJOR_VERSION) return null;
  if (Number(major) > Number(MAJOR_VERSION)) throw new CannotStartDatabase(newerSentence(dataDir, major));
  if (!(Number(major) >= OLDEST))
    throw new CannotStartDatabase(
      `The database in ${clusterIn(dataDir)} was made by PostgreSQL ${major}, which is too old: Cadenza moves databases of ` +
        `PostgreSQL ${OLDEST} or newer. Nothing was changed. Start the version of Cadenza that made it, make a backup, and restore that into a new data folder.`,
    );
  return major;
}

function newerSentence(dataDir: string, major: string) {
  return (
    `The database in ${clusterIn(dataDir)} was made by PostgreSQL ${major}, and this version of Cadenza has only PostgreSQL ${MAJOR_VERSION}. ` +
    "Nothing was changed. Start the newer version of Cadenza, or put back the database from before the upgrade (docs/operate/upgrade.md)."
  );
}

export const clusterIn = (dataDir: string) => join(dataDir, "postgres", "cluster");

function majorIn(dataDir: string): string | null {
  const file = join(clusterIn(dataDir), "PG_VERSION");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}
