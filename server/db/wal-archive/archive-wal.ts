// One round of archiving: the segments that are complete, then the beginning of the one that PostgreSQL is writing. So at most the time
// between two rounds is missing, without the 16 MB that PostgreSQL would write for each segment ended early (archive_timeout).

import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClientBase } from "pg";
import { crashPoint } from "../../seams.ts";
import { putDurably } from "../embedded/durable-file.ts";
import { codeOf } from "../embedded/errors.ts";
import {
  type ArchiveFolder,
  createArchive,
  listSegments,
  namesIn,
  prolongPartial,
  putPartial,
  putSegment,
} from "./archive-folder.ts";
import { beginOf, type Lsn, lsnOf, offsetAt, SEGMENT_BYTES, segmentAt, segmentName } from "./names.ts";
import { ArchiveIsGone } from "./refusals.ts";
import { advanceSlot, hasSlot, openSlot } from "./slot.ts";

export type WalSource = {
  /** The folder of the cluster. */
  cluster: string;
  archive: ArchiveFolder;
  slot: string;
};

/** What the last round of this process found. Null: there was none. */
export type Archived = {
  timeline: number;
  /** All before it is in the archive. */
  lsn: Lsn;
  /** Everything that was confirmed by then is in the archive. */
  until: Temporal.Instant;
  /** WAL was lost before it could be archived, so times before the next base backup cannot all be recovered. */
  hasGap: boolean;
};

export async function archiveWal(
  client: ClientBase,
  source: WalSource,
  before: Archived | null,
): Promise<Archived> {
  const { archive, cluster } = source;
  await refuseIfGone(client, source);
  const slot = await openSlot(client, source.slot);
  // The time first: what is confirmed after it may be beyond the place.
  const until = Temporal.Instant.from(await ask(client, "select clock_timestamp()::text as answer"));
  const place = await ask(client, "select pg_current_wal_flush_lsn()::text as answer");
  const name = await ask(client, "select pg_walfile_name($1) as answer", [place]);
  const [lsn, timeline] = [lsnOf(place), Number.parseInt(name.slice(0, 8), 16)];
  const current = segmentAt(lsn);
  const first = segmentAt(slot.keptFrom);
  if (!before || before.timeline !== timeline) await archiveHistories(source);
  const known = before
    ? { ...before, segment: segmentAt(before.lsn) }
    : await lastInArchive(archive, timeline);
  for (let segment = first; segment < current; segment++) {
    const whole = segmentName(timeline, segment);
    const content = await readWal(join(cluster, "pg_wal", whole), SEGMENT_BYTES);
    await crashPoint("wal-before-archived");
    const until = known && segment >= known.segment ? known.until : EPOCH;
    await putSegment(archive, whole, until, content);
  }
  await archivePartial(source, { timeline, lsn, until }, before);
  if (beginOf(current) > slot.keptFrom) await advanceSlot(client, source.slot, beginOf(current));
  return { timeline, lsn, until, hasGap: slot.wasLost };
}

/** Of a segment that nothing is known of. */
const EPOCH = Temporal.Instant.from("1970-01-01T00:00:00Z");

/** A folder whose disk is not mounted looks like a new one. */
async function refuseIfGone(client: ClientBase, { archive, slot }: WalSource) {
  const names = await readdir(archive.root).catch((error) => {
    if (codeOf(error) !== "ENOENT") throw error;
    return null;
  });
  if (names === null && (await hasSlot(client, slot))) throw new ArchiveIsGone(archive.root);
  if (!names?.includes("wal") || !names.includes("bases")) await createArchive(archive);
}

async function archivePartial(
  { archive, cluster }: WalSource,
  { timeline, lsn, until }: Pick<Archived, "timeline" | "lsn" | "until">,
  before: Archived | null,
) {
  const name = segmentName(timeline, segmentAt(lsn));
  const isAsBefore = before?.lsn === lsn && before.timeline === timeline;
  if (isAsBefore && (await prolongPartial(archive, name, until))) return;
  const length = offsetAt(lsn);
  const content = length === 0 ? Buffer.alloc(0) : await readWal(join(cluster, "pg_wal", name), length);
  await putPartial(archive, name, until, content);
}

/** Up to which time the archive reached when this process began. */
async function lastInArchive(archive: ArchiveFolder, timeline: number) {
  const own = (await listSegments(archive)).filter((one) => one.timeline === timeline);
  const [last] = own.toSorted((a, b) => Temporal.Instant.compare(b.until, a.until));
  return last ?? null;
}

/** Small files that say which timeline came from which. A recovery needs them, so that it takes a number that was never used. */
async function archiveHistories({ archive, cluster }: WalSource) {
  const own = (await namesIn(join(cluster, "pg_wal"))).filter((name) => /^[0-9A-F]{8}\.history$/.test(name));
  const there = new Set(await namesIn(archive.wal));
  for (const name of own)
    if (!there.has(name))
      await putDurably(join(archive.wal, name), await readFile(join(cluster, "pg_wal", name)));
}

/** PostgreSQL appends to the file meanwhile. What is before the flushed place does not change any more. */
async function readWal(path: string, length: number): Promise<Buffer> {
  const content = Buffer.alloc(length);
  const handle = await open(path, "r").catch((error) => {
    throw new Error(`The WAL file ${path} cannot be read (${codeOf(error)}).`);
  });
  try {
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(content, filled, length - filled, filled);
      if (bytesRead === 0) throw new Error(`The WAL file ${path} is shorter than PostgreSQL says.`);
      filled += bytesRead;
    }
    return content;
  } finally {
    await handle.close();
  }
}

async function ask(client: ClientBase, sql: string, params: unknown[] = []): Promise<string> {
  const { rows } = await client.query<{ answer: string }>(sql, params);
  return rows[0]?.answer ?? "";
}
