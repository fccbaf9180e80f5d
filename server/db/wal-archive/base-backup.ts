// A copy of the whole cluster while it is in use, by PostgreSQL's low level API: pg_backup_start, copy the files, pg_backup_stop. What
// changes meanwhile is put right by the WAL from the start to the stop, so a base counts only once that WAL is in the archive.

import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "pg";
import { crashPoint } from "../../seams.ts";
import { putDurably } from "../embedded/durable-file.ts";
import { syncFolder } from "../embedded/places.ts";
import { type ArchiveFolder, filesOfSegment } from "./archive-folder.ts";
import type { Archived } from "./archive-wal.ts";
import { verifyData, writeData } from "./base-data.ts";
import { BASE_FILES, type Base, type Manifest } from "./catalogue.ts";
import { lsnOf, segmentAt, segmentName, stampOf } from "./names.ts";

type BaseSource = {
  /** A session of its own: PostgreSQL gives the backup up when it ends. */
  client: Client;
  cluster: string;
  credentials: string;
  archive: ArchiveFolder;
  /** Archives what is complete until now. */
  archiveNow(): Promise<Archived>;
};

type BaseFacts = Pick<Manifest, "cadenza_version" | "key_fingerprint" | "system_id">;

const PART = /^\.base-.*\.part$/;

export async function takeBase(source: BaseSource, facts: BaseFacts, stopping?: AbortSignal): Promise<Base> {
  const { archive, client } = source;
  await deletePartBases(archive);
  const started = await ask<{ at: string; lsn: string; name: string }>(
    client,
    `select clock_timestamp()::text as at, lsn::text as lsn, pg_walfile_name(lsn) as name
       from pg_backup_start('cadenza', true) as lsn`,
  );
  const startedAt = Temporal.Instant.from(started.at);
  const part = join(archive.bases, `.base-${stampOf(startedAt)}.part`);
  await mkdir(part, { mode: 0o700 });
  try {
    let stop = { at: "", lsn: "" };
    const end = async () => {
      const { label, ...place } = await endBackup(client);
      stop = place;
      return Buffer.from(label);
    };
    const written = await writeData(source.cluster, join(part, BASE_FILES.data), end, stopping);
    await crashPoint("base-before-check");
    await verifyData(join(part, BASE_FILES.data), written);
    // The next millisecond: every change confirmed by then is in the WAL that the base needs.
    const usableFrom = Temporal.Instant.from(stop.at).round({
      smallestUnit: "millisecond",
      roundingMode: "ceil",
    });
    const manifest: Manifest = {
      format: 1,
      ...facts,
      postgres_major: Number.parseInt(
        (await readFile(join(source.cluster, "PG_VERSION"), "utf8")).trim(),
        10,
      ),
      timeline: Number.parseInt(started.name.slice(0, 8), 16),
      start_lsn: started.lsn,
      stop_lsn: stop.lsn,
      started_at: startedAt.toString(),
      usable_from: usableFrom.toString(),
      ...written,
    };
    await putDurably(join(part, BASE_FILES.credentials), await readFile(source.credentials));
    await putDurably(join(part, BASE_FILES.manifest), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    if ((await source.archiveNow()).lsn < lsnOf(stop.lsn))
      throw new Error("The WAL of the base backup is not in the archive yet.");
    await refuseGap(archive, manifest);
    stopping?.throwIfAborted();
    const name = stampOf(usableFrom);
    await rename(part, join(archive.bases, name));
    await syncFolder(archive.bases);
    return { name, manifest };
  } finally {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** PostgreSQL may have given up WAL meanwhile, so each segment that the base needs is looked for. */
async function refuseGap(archive: ArchiveFolder, { timeline, start_lsn, stop_lsn }: Manifest) {
  const last = segmentAt(lsnOf(stop_lsn) - 1n);
  for (let segment = segmentAt(lsnOf(start_lsn)); segment <= last; segment++) {
    const name = segmentName(timeline, segment);
    const files = await filesOfSegment(archive, name);
    if (!files.some(({ isPartial }) => !isPartial || segment === last))
      throw new Error(`The WAL segment ${name} that the base backup needs is not in the archive.`);
  }
}

/** What killed processes left. Only while no other one works on this archive. */
async function deletePartBases({ bases }: ArchiveFolder) {
  for (const name of await readdir(bases))
    if (PART.test(name)) await rm(join(bases, name), { recursive: true, force: true });
}

function endBackup(client: Client) {
  return ask<{ at: string; lsn: string; label: string }>(
    client,
    "select lsn::text as lsn, labelfile as label, clock_timestamp()::text as at from pg_backup_stop(false)",
  );
}

async function ask<T extends Record<string, string>>(client: Client, sql: string): Promise<T> {
  const { rows } = await client.query<T>(sql);
  if (!rows[0]) throw new Error("PostgreSQL gave no answer to the base backup");
  return rows[0];
}
