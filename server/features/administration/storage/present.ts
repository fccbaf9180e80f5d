import type { Storage } from "./store.ts";

export function presentStorage({ at, bytes, kinds, disk, growth, days, emails }: Storage) {
  return {
    measured_at: at.toString(),
    database_bytes: bytes,
    kinds: kinds.map(({ kind, tables, ...size }) => ({
      kind,
      ...presentSize(size),
      tables: tables.map(({ schema, name, ...size }) => ({
        name: schema === "public" ? name : `${schema}.${name}`,
        ...presentSize(size),
      })),
    })),
    disk: disk && {
      total_bytes: disk.bytes,
      free_bytes: disk.freeBytes,
      full_on: disk.fullOn?.toString() ?? null,
    },
    growth: growth && { since: growth.since.toString(), bytes_per_day: growth.bytesPerDay },
    days: days.map(({ day, bytes }) => ({ day: day.toString(), bytes })),
    emails: emails && { count: emails.count, bytes_each: emails.bytesEach },
  };
}

type Size = { bytes: number; indexBytes: number; rows: number; deadRows: number };

function presentSize({ bytes, indexBytes, rows, deadRows }: Size) {
  return { bytes, index_bytes: indexBytes, rows, dead_rows: deadRows };
}
