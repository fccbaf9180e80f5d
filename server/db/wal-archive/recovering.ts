// Builds a new data folder with the database as it was at a time. The present data folder is never touched.

import { existsSync } from "node:fs";
import { copyFile, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { MAJOR_VERSION, OWNER } from "../embedded/cluster.ts";
import { CannotStartDatabase, codeOf, messageOf } from "../embedded/errors.ts";
import { isAlive, isPostmasterOf } from "../embedded/processes.ts";
import { reachServer } from "../embedded/reach.ts";
import { endServer } from "../embedded/shutdown.ts";
import { ownerClient } from "../embedded/sighting.ts";
import { type Log, prepareSite } from "../embedded/site.ts";
import type { ArchiveFolder } from "./archive-folder.ts";
import { readCatalogue, type Span } from "./catalogue.ts";
import { segmentsTo, shown, spansTo } from "./choosing.ts";
import { layOut } from "./laying-out.ts";
import { CannotRecover, DamagedBase } from "./refusals.ts";

type Recovery = {
  archive: ArchiveFolder;
  at: Temporal.Instant;
  /** A folder that is not there yet. */
  dataDir: string;
  /** Whether the key that the secrets of this base were encrypted with is at hand. */
  knowsKey(fingerprint: Buffer): boolean;
  log: Log;
};

/** Answers the base that it began with. */
export async function recoverTo(recovery: Recovery): Promise<Span> {
  const { archive, at, dataDir, log } = recovery;
  const spans = spansTo(await readCatalogue(archive), at);
  refuseOther(recovery, spans[0]);
  if (existsSync(dataDir)) throw new CannotRecover(`${dataDir} exists already.`); // it is removed after a failure
  let damaged: DamagedBase | null = null;
  for (const span of spans) {
    try {
      const segments = segmentsTo(span, at);
      log(`unpacking the base backup ${span.base.name} and ${segments.length} WAL segments`);
      await layOut(archive, span, segments, dataDir);
      await replay(recovery);
      return span;
    } catch (error) {
      await removeDraft(dataDir);
      if (!(error instanceof DamagedBase)) throw error;
      damaged ??= error;
      log(`${error.message} Trying an older one.`);
    }
  }
  throw new CannotRecover(`${damaged?.message} No older one leads to ${shown(at)}.`);
}

function refuseOther({ knowsKey }: Recovery, { base: { manifest } }: Span) {
  if (String(manifest.postgres_major) !== MAJOR_VERSION)
    throw new CannotRecover(
      `This archive was made by PostgreSQL ${manifest.postgres_major}, but this version of Cadenza contains PostgreSQL ${MAJOR_VERSION}. ` +
        `Recover with Cadenza ${manifest.cadenza_version ?? "of that time"}.`,
    );
  if (manifest.key_fingerprint && !knowsKey(Buffer.from(manifest.key_fingerprint, "hex")))
    throw new CannotRecover(
      "The secrets in this archive are encrypted with another key. Use the cadenza.key of that time (CADENZA_KEY_FILE).",
    );
}

const ENDED_BEFORE = "recovery ended before configured recovery target was reached";
/** A recovery may take hours. */
const PATIENCE_MS = 7 * 24 * 3_600_000;

/** Without a change after the time, PostgreSQL reaches the end of the WAL first: then all of the WAL is before the time. */
async function replay(recovery: Recovery) {
  try {
    // With an offset in figures: on its command line PostgreSQL knows no "Z".
    await runRecovery(recovery, { recovery_target_time: recovery.at.toString({ timeZone: "UTC" }) });
  } catch (error) {
    const log = join(recovery.dataDir, "postgres", "server.log");
    const hasEnded =
      error instanceof CannotStartDatabase && (await readFile(log, "utf8")).includes(ENDED_BEFORE);
    if (!hasEnded) throw error;
    await runRecovery(recovery, {});
  }
}

async function runRecovery({ dataDir, log }: Recovery, target: Record<string, string>) {
  const site = await prepareSite({
    dataDir,
    log,
    settings: {
      ...target,
      restore_command: "exit 1", // all WAL lies in pg_wal already
      recovery_target_timeline: "current",
      recovery_target_action: "promote",
      hot_standby: "off", // so that it answers only once it is recovered
    },
  });
  const running = await reachServer(site, {
    isStopping: () => false,
    endpoint: null,
    patienceMs: PATIENCE_MS,
  });
  try {
    const { ownerPassword } = site.credentials;
    const client = ownerClient(site, running.endpoint, "cadenza recover");
    await client.connect();
    try {
      const { rows } = await client.query<{ is_recovering: boolean }>(
        "select pg_is_in_recovery() as is_recovering",
      );
      if (rows[0]?.is_recovering) throw new CannotRecover("PostgreSQL did not finish the recovery.");
    } finally {
      await client.end().catch(() => undefined);
    }
    await holdSending({ ...running.endpoint, user: OWNER, password: ownerPassword });
  } finally {
    await endServer(running.pid, site.binaries.pgCtl);
  }
}

/** What was sent after the time is unknown to this database, so a person must confirm before it sends. */
async function holdSending(server: { host: string; port: number; user: string; password: string }) {
  const client = new Client({ ...server, database: "cadenza" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ is_there: boolean }>(
      `select count(*) = 2 as is_there from information_schema.columns
        where table_schema = 'public' and table_name = 'installation'
          and column_name in ('sending_held_since', 'sending_held_because')`,
    );
    if (!rows[0]?.is_there) return; // before the first start of Cadenza was complete: nothing was sent
    await client.query(
      `update installation set sending_held_since = coalesce(sending_held_since, clock_timestamp()),
         sending_held_because = array (select distinct unnest(sending_held_because || '{older_state}'::text[]) order by 1)`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What a killed recovery left, with the server in it. */
export async function removeDraft(dataDir: string) {
  const cluster = join(dataDir, "postgres", "cluster");
  const pid =
    Number.parseInt(await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => ""), 10) || 0;
  if (isAlive(pid) && isPostmasterOf(pid, cluster) !== false) await endServer(pid);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

/** So that the clone guard knows how far sending had come. */
export async function copyIfThere(from: string, to: string) {
  try {
    await copyFile(from, to);
  } catch (error) {
    if (codeOf(error) !== "ENOENT")
      throw new CannotRecover(`${from} could not be copied: ${messageOf(error)}.`);
  }
}
