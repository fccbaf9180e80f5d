// Deletes what no time within the kept days needs: older base backups, and the WAL before the oldest base that is kept. Only after a
// good base backup.

import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ArchiveFolder } from "./archive-folder.ts";
import { type Base, type Catalogue, readCatalogue } from "./catalogue.ts";
import { lsnOf, segmentAt } from "./names.ts";

export async function prune(archive: ArchiveFolder, keepDays: number, now: Temporal.Instant) {
  const catalogue = await readCatalogue(archive);
  const { bases, files } = notNeeded(catalogue, now.subtract({ hours: 24 * keepDays }));
  // The base last: without its WAL it is of no use, and the next run finds it again.
  for (const path of files) await rm(join(archive.wal, path), { force: true });
  for (const name of bases) await rm(join(archive.bases, name), { recursive: true, force: true });
  return { bases: bases.length, files: files.length };
}

/** The newest base before the oldest time that is kept, and all later ones, stay with the WAL that follows them. */
export function notNeeded({ bases, spans, segments }: Catalogue, oldest: Temporal.Instant) {
  const isBefore = ({ manifest }: Base) =>
    Temporal.Instant.compare(Temporal.Instant.from(manifest.usable_from), oldest) <= 0;
  const usable = new Set(spans.map(({ base }) => base.name));
  const before = bases.filter((base) => isBefore(base) && usable.has(base.name));
  const first = before.at(-1) ?? null;
  const kept = bases.filter((base) => !isBefore(base) || base === first);
  if (kept.length === 0) return { bases: [], files: [] };
  const firstOfTimeline = new Map<number, number>();
  for (const { manifest } of kept) {
    const segment = segmentAt(lsnOf(manifest.start_lsn));
    const known = firstOfTimeline.get(manifest.timeline);
    firstOfTimeline.set(manifest.timeline, Math.min(segment, known ?? segment));
  }
  const begins = kept
    .map(({ manifest }) => Temporal.Instant.from(manifest.started_at))
    .toSorted(Temporal.Instant.compare)[0];
  const files = segments.filter(({ timeline, segment, until }) => {
    const needed = firstOfTimeline.get(timeline);
    if (needed !== undefined) return segment < needed;
    // Of a timeline without a base: it is over, or so new that its base is not made yet.
    return begins !== undefined && Temporal.Instant.compare(until, begins) < 0;
  });
  return {
    bases: bases.filter((base) => !kept.includes(base)).map(({ name }) => name),
    files: files.map(({ path }) => path),
  };
}
