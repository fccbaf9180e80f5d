// Creates the cluster's files, all or nothing: initdb works in a draft folder that is renamed when it is complete. A
// process killed meanwhile leaves a draft, never half a cluster, and the next start clears the draft away.

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { commandFor, giveTree } from "./account.ts";
import { CannotStartDatabase, codeOf, messageOf } from "./errors.ts";
import { syncFolder } from "./places.ts";
import { isAlive } from "./processes.ts";
import type { Site } from "./site.ts";

export const OWNER = "cadenza_owner";
export const MAJOR_VERSION = "18";
const DRAFT = /^draft-(\d+)-/;

// Sorting is by code point and case follows Unicode from PostgreSQL's own tables, the same on every machine. But pg_trgm
// asks the operating system what a letter is, and in locale C "Müller" falls apart and "Привет" has no letters at all.
const CHARACTER_TYPES = ["C.UTF-8", "en_US.UTF-8", "C"];

/** Whether there is a cluster, refusing one that is not ours to run. */
export function clusterExists(cluster: string): boolean {
  if (!existsSync(cluster) || readdirSync(cluster).length === 0) return false;
  const versionFile = join(cluster, "PG_VERSION");
  if (!existsSync(versionFile)) {
    throw new CannotStartDatabase(
      `The folder ${cluster} has files but is not a complete database: PG_VERSION is missing. Nothing was changed. ` +
        "Restore the folder from a backup, or move it away to start with an empty database.",
    );
  }
  const version = readFileSync(versionFile, "utf8").trim();
  if (version === MAJOR_VERSION) return true;
  throw new CannotStartDatabase(
    `The database in ${cluster} was made by PostgreSQL ${version}, but this version of Cadenza contains PostgreSQL ${MAJOR_VERSION}. ` +
      "Your data is safe. Start the version of Cadenza that made it, make a backup, and restore that into a new data folder.",
  );
}

export async function createCluster(site: Site): Promise<void> {
  const { places, log } = site;
  await removeAbandonedDrafts(places.root);
  const draft = join(places.root, `draft-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    await initialize(site, draft);
    await rename(join(draft, "cluster"), places.cluster);
    await syncFolder(places.root);
    log("created a new database cluster", { folder: places.cluster });
  } catch (error) {
    // Another process was faster. Its cluster has the same password, so it serves us as well.
    const isThere = ["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error)) && clusterExists(places.cluster);
    if (!isThere) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** An initdb whose parent was killed may still be writing its draft; without its folder it fails and ends. */
async function removeAbandonedDrafts(root: string): Promise<void> {
  for (const name of readdirSync(root)) {
    const pid = Number(DRAFT.exec(name)?.[1] ?? 0);
    const isAbandoned = pid === process.pid || !isAlive(pid);
    if (pid > 0 && isAbandoned) await rm(join(root, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

async function initialize(site: Site, draft: string): Promise<void> {
  let failure: unknown;
  for (const characterType of CHARACTER_TYPES) {
    await rm(draft, { recursive: true, force: true });
    prepareDraft(site, draft);
    const { file, args, identity } = commandFor(
      site.launch,
      site.binaries.initdb,
      initdbArguments(draft, characterType),
    );
    try {
      await promisify(execFile)(file, args, {
        ...identity,
        cwd: draft,
        env: { PATH: process.env.PATH, LC_ALL: "C" },
      });
      return;
    } catch (error) {
      failure = error;
      if (!messageOf(error).includes("invalid locale name")) break;
    }
  }
  throw new CannotStartDatabase(
    `A new database could not be created in ${site.places.root}: ${complaintOf(failure)}. ` +
      "No data existed yet. Check free space and permissions of that folder, then start again.",
  );
}

/** What initdb itself said; the message around it only repeats the whole command. */
function complaintOf(failure: unknown): string {
  const said = failure instanceof Error && "stderr" in failure ? String(failure.stderr) : "";
  return (said || messageOf(failure)).trim().split("\n").slice(0, 4).join("; ");
}

function prepareDraft(site: Site, draft: string): void {
  mkdirSync(draft, { mode: 0o700 });
  mkdirSync(join(draft, "cluster"), { mode: 0o700 });
  writeFileSync(join(draft, "password"), site.credentials.ownerPassword, { mode: 0o600, flag: "wx" });
  if (site.launch.account) giveTree(draft, site.launch.account);
  chmodSync(draft, 0o700);
}

function initdbArguments(draft: string, characterType: string): string[] {
  return [
    `--pgdata=${join(draft, "cluster")}`,
    `--username=${OWNER}`,
    `--pwfile=${join(draft, "password")}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    `--lc-ctype=${characterType}`,
    "--data-checksums",
  ];
}
