import type { Db } from "../../../db/connect.ts";
import type { DayTotal, Growth } from "../../../domain/basics/storage-growth.ts";
import type { StorageKind } from "../../../domain/basics/storage-kinds.ts";

export type TableSize = {
  schema: string;
  name: string;
  /** With its indexes and what is kept apart of long values. */
  bytes: number;
  indexBytes: number;
  /** As PostgreSQL estimates them. */
  rows: number;
  deadRows: number;
};

export type KindSize = Omit<TableSize, "schema" | "name"> & {
  kind: StorageKind;
  tables: TableSize[];
};

/** What a person is shown. */
export type Storage = {
  at: Temporal.Instant;
  bytes: number;
  kinds: KindSize[];
  /** Null where the database is on another machine. */
  disk: { bytes: number; freeBytes: number; fullOn: Temporal.PlainDate | null } | null;
  /** Null until some days are known. */
  growth: Growth | null;
  days: DayTotal[];
  /** Null while few emails were sent. */
  emails: { count: number; bytesEach: number } | null;
};

export function listTables(db: Db) {
  return db.rows<TableSize>(
    `select n.nspname as schema, c.relname as name, pg_total_relation_size(c.oid)::float8 as bytes,
            pg_indexes_size(c.oid)::float8 as index_bytes,
            coalesce(nullif(s.n_live_tup, 0), greatest(c.reltuples, 0))::float8 as rows,
            coalesce(s.n_dead_tup, 0)::float8 as dead_rows
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       left join pg_stat_all_tables s on s.relid = c.oid
      where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
        and n.nspname not like 'pg\\_toast%' and n.nspname not like 'pg\\_temp%'`,
  );
}

export async function databaseBytes(db: Db) {
  const size = await db.row<{ bytes: number }>(
    "select pg_database_size(current_database())::float8 as bytes",
  );
  return size?.bytes ?? 0;
}

/** The first of a day counts; those of later hours are no news. */
export function insertSamples(db: Db, day: Temporal.PlainDate, kinds: ReadonlyMap<StorageKind, number>) {
  return db.run(
    `insert into storage_samples (day, kind, bytes) select $1, * from unnest($2::text[], $3::bigint[])
     on conflict do nothing`,
    [day.toString(), [...kinds.keys()], [...kinds.values()]],
  );
}

export function deleteSamplesBefore(db: Db, day: Temporal.PlainDate) {
  return db.run("delete from storage_samples where day < $1", [day.toString()]);
}

export async function listDays(db: Db): Promise<DayTotal[]> {
  const days = await db.rows<{ day: string; bytes: number }>(
    "select day::text as day, sum(bytes)::float8 as bytes from storage_samples group by day order by day",
  );
  return days.map(({ day, bytes }) => ({ day: Temporal.PlainDate.from(day), bytes }));
}
