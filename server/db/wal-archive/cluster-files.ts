// Which files of a running cluster a base backup has: all but those that PostgreSQL documents as useless or harmful in a copy
// (https://www.postgresql.org/docs/current/continuous-archiving.html, "Making a base backup using the low level API").

import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../embedded/errors.ts";

type ClusterFile = { name: string; isFolder: boolean; size: number };

/** The folders themselves must be there. */
const LEFT_EMPTY = new Set([
  "pg_wal",
  "pg_replslot",
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
]);
const LEFT_OUT =
  /^(?:postmaster\.(?:pid|opts)|backup_label(?:\.old)?|tablespace_map(?:\.old)?|backup_manifest|postgresql\.auto\.conf\.tmp|current_logfiles(?:\.tmp)?|recovery\.signal|standby\.signal)$|(?:^|\/)pgsql_tmp|(?:^|\/)pg_internal\.init/;
/** Last, as pg_basebackup does it. */
const LAST = "global/pg_control";

export async function* filesOf(cluster: string): AsyncGenerator<ClusterFile> {
  yield* filesUnder(cluster, "");
  const last = await describe(cluster, LAST);
  if (last) yield last;
}

async function* filesUnder(cluster: string, folder: string): AsyncGenerator<ClusterFile> {
  for (const { entry, name } of await entriesIn(cluster, folder)) {
    if (LEFT_OUT.test(name) || name === LAST) continue;
    if (entry.isDirectory()) {
      yield { name: `${name}/`, isFolder: true, size: 0 };
      if (!LEFT_EMPTY.has(name)) yield* filesUnder(cluster, name);
      continue;
    }
    if (entry.isSymbolicLink())
      throw new Error(`${join(cluster, name)} is a link, and a base backup does not follow links.`);
    const found = entry.isFile() ? await describe(cluster, name) : null;
    if (found) yield found;
  }
}

/** A table may be dropped meanwhile. */
async function entriesIn(cluster: string, folder: string): Promise<{ entry: Dirent; name: string }[]> {
  try {
    const entries = await readdir(join(cluster, folder), { withFileTypes: true });
    return entries.map((entry) => ({ entry, name: folder ? `${folder}/${entry.name}` : entry.name }));
  } catch (error) {
    if (codeOf(error) === "ENOENT" && folder) return [];
    throw error;
  }
}

async function describe(cluster: string, name: string): Promise<ClusterFile | null> {
  try {
    const { size } = await stat(join(cluster, name));
    return { name, isFolder: false, size };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}
