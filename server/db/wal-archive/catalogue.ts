// What an archive has: its base backups, and for each one up to which time the WAL after it reaches without a gap.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../embedded/errors.ts";
import { type ArchiveFolder, listSegments, namesIn } from "./archive-folder.ts";
import { type ArchivedSegment, lsnOf, segmentAt, segmentName, timeIn } from "./names.ts";

/** The files of a base backup. */
export const BASE_FILES = {
  data: "data.tar.zst",
  credentials: "credentials.json",
  manifest: "manifest.json",
};

export type Manifest = {
  format: 1;
  /** PostgreSQL's number of the database. */
  system_id: string;
  timeline: number;
  start_lsn: string;
  stop_lsn: string;
  started_at: string;
  /** A recovery to this time or a later one is possible with it. */
  usable_from: string;
  postgres_major: number;
  cadenza_version: string | null;
  /** Of the key in cadenza.key that the secrets were encrypted with. */
  key_fingerprint: string | null;
  files: number;
  bytes: number;
  tar_bytes: number;
  sha256: string;
};

export type Base = { name: string; manifest: Manifest };

/** A base and the WAL that follows it: each time between the two can be recovered. */
export type Span = {
  base: Base;
  from: Temporal.Instant;
  until: Temporal.Instant;
  /** Without a gap, from the one in which the base began. */
  segments: ArchivedSegment[];
  /** The first segment that is not there. */
  missing: string;
};

export type Catalogue = { bases: Base[]; spans: Span[]; segments: ArchivedSegment[] };

export async function readCatalogue(archive: ArchiveFolder): Promise<Catalogue> {
  const bases = await listBases(archive);
  const segments = await listSegments(archive);
  const byTimeline = Map.groupBy(segments, ({ timeline }) => timeline);
  const spans = bases.flatMap((base) => spanOf(base, byTimeline.get(base.manifest.timeline) ?? []) ?? []);
  return { bases, spans, segments };
}

/** From the oldest to the newest. */
async function listBases({ bases }: ArchiveFolder): Promise<Base[]> {
  const names = (await namesIn(bases)).filter((name) => timeIn(name) !== null).sort();
  const found: Base[] = [];
  for (const name of names) {
    const manifest = await readManifest(join(bases, name, BASE_FILES.manifest));
    if (manifest) found.push({ name, manifest });
  }
  return found;
}

async function readManifest(path: string): Promise<Manifest | null> {
  try {
    const manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
    return manifest.format === 1 ? manifest : null;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Null where the WAL does not reach the end of the base: then it is of no use. */
function spanOf(base: Base, ofTimeline: readonly ArchivedSegment[]): Span | null {
  const { timeline, start_lsn, stop_lsn, usable_from } = base.manifest;
  const files = new Map<number, ArchivedSegment>();
  for (const one of ofTimeline) {
    const there = files.get(one.segment);
    if (!there || isBetter(one, there)) files.set(one.segment, one);
  }
  const segments: ArchivedSegment[] = [];
  let segment = segmentAt(lsnOf(start_lsn));
  for (let file = files.get(segment); file; file = files.get(segment)) {
    segments.push(file);
    segment += 1;
    if (file.isPartial) break;
  }
  const from = Temporal.Instant.from(usable_from);
  const missing = segmentName(timeline, segment);
  const [latest] = segments.map(({ until }) => until).toSorted((a, b) => Temporal.Instant.compare(b, a));
  if (!latest || segment <= segmentAt(lsnOf(stop_lsn) - 1n)) return null;
  const until = Temporal.Instant.compare(latest, from) < 0 ? from : latest;
  return { base, from, until, segments, missing };
}

/** A complete one before its beginning, and of two beginnings the later one. */
function isBetter(one: ArchivedSegment, there: ArchivedSegment) {
  if (one.isPartial !== there.isPartial) return there.isPartial;
  return Temporal.Instant.compare(one.until, there.until) > 0;
}
