// The names of WAL segments, as PostgreSQL gives them, and of their files in the archive.
//
// A file of the archive carries a time: every change that was confirmed by then is in this segment or an earlier one. So the names alone
// say up to which time the archive reaches.

/** What initdb chooses; Cadenza's own database has no other. */
export const SEGMENT_BYTES = 16 * 2 ** 20;
const SEGMENTS_PER_LOG = 2 ** 32 / SEGMENT_BYTES;

/** A place in the WAL, as a number: PostgreSQL writes it as "16/B374D848". */
export type Lsn = bigint;

export function lsnOf(text: string): Lsn {
  const [, high, low] = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i.exec(text) ?? [];
  if (high === undefined || low === undefined) throw new Error(`"${text}" is not a place in the WAL`);
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

export function lsnText(lsn: Lsn) {
  return `${(lsn >> 32n).toString(16)}/${(lsn & 0xffff_ffffn).toString(16)}`.toUpperCase();
}

export const segmentAt = (lsn: Lsn) => Number(lsn / BigInt(SEGMENT_BYTES));
export const offsetAt = (lsn: Lsn) => Number(lsn % BigInt(SEGMENT_BYTES));
export const beginOf = (segment: number): Lsn => BigInt(segment) * BigInt(SEGMENT_BYTES);

export function segmentName(timeline: number, segment: number) {
  const parts = [timeline, Math.floor(segment / SEGMENTS_PER_LOG), segment % SEGMENTS_PER_LOG];
  return parts.map((part) => part.toString(16).toUpperCase().padStart(8, "0")).join("");
}

export type ArchivedSegment = {
  /** Relative to the archive. */
  path: string;
  name: string;
  timeline: number;
  segment: number;
  /** Everything that was confirmed by then is in it or before it. */
  until: Temporal.Instant;
  /** Its beginning: PostgreSQL was still writing it. */
  isPartial: boolean;
};

const ARCHIVED = /^([0-9A-F]{24})-(\d{8}T\d{6}\.\d{3}Z)(\.partial)?\.zst$/;

export function archivedName(name: string, until: Temporal.Instant, isPartial: boolean) {
  return `${name}-${stampOf(until)}${isPartial ? ".partial" : ""}.zst`;
}

/** 256 segments share a folder, so that no folder becomes large. */
export const folderOfSegment = (name: string) => name.slice(0, 16);

export function readArchivedName(folder: string, file: string): ArchivedSegment | null {
  const [, name, stamp, partial] = ARCHIVED.exec(file) ?? [];
  const until = stamp && timeIn(stamp);
  if (!name || !until || folderOfSegment(name) !== folder) return null;
  const part = (from: number) => Number.parseInt(name.slice(from, from + 8), 16);
  return {
    path: `${folder}/${file}`,
    name,
    timeline: part(0),
    segment: part(8) * SEGMENTS_PER_LOG + part(16),
    until,
    isPartial: partial !== undefined,
  };
}

/** Never later than the time itself. */
export function stampOf(at: Temporal.Instant) {
  return at.toString({ smallestUnit: "millisecond" }).replace(/[-:]/g, "");
}

export function timeIn(stamp: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(stamp);
  } catch {
    return null; // a thirteenth month: not a file of ours
  }
}
