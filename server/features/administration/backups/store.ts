import type { Db } from "../../../db/connect.ts";
import type { WalArchiveStatus } from "../../../db/wal-archive/status.ts";
import type { Keep } from "../../../domain/time/backup-keeping.ts";
import type { BackupFacts, BackupTrouble } from "../../../domain/time/backup-schedule.ts";

export type RunRow = {
  id: string;
  askedAt: Temporal.Instant | null;
  startedAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  file: string | null;
  bytes: number | null;
  sha256: string | null;
  verifiedAt: Temporal.Instant | null;
  error: string | null;
  deleted: number | null;
  /** The address of the bucket that has a copy of it. */
  copiedTo: string | null;
  copiedAt: Temporal.Instant | null;
  /** When the last attempt to copy it began, or failed. */
  copyTriedAt: Temporal.Instant | null;
  copyError: string | null;
  /** How many older copies were deleted after it. */
  copiesDeleted: number | null;
};

/** What a person is shown. */
export type Backups = {
  /** Null: none are scheduled. */
  plan: {
    folder: string;
    hour: number;
    keep: Keep;
    recipients: readonly string[];
    bucket: { address: string } | null;
  } | null;
  facts: BackupFacts;
  nextAt: Temporal.Instant | null;
  trouble: BackupTrouble | null;
  lastGood: RunRow | null;
  copyTrouble: BackupTrouble | null;
  lastCopied: RunRow | null;
  runs: RunRow[];
  /** Null: off. */
  walArchive: WalArchiveStatus | null;
};

export type Good = { file: string; bytes: number; sha256: string; verifiedAt: Temporal.Instant };

const MOST_RUNS = 100;
const COLUMNS =
  "id, asked_at, started_at, ended_at, file, bytes::float8 as bytes, sha256, verified_at, error, deleted, copied_to, copied_at, copy_tried_at, copy_error, copies_deleted";
const NEWEST_FIRST = "order by coalesce(started_at, asked_at) desc, id desc";

export function listRuns(db: Db) {
  return db.rows<RunRow>(`select ${COLUMNS} from backup_runs ${NEWEST_FIRST} limit ${MOST_RUNS}`);
}

export function findUnfinished(db: Db) {
  return db.row<RunRow>(`select ${COLUMNS} from backup_runs where ended_at is null`);
}

export function findLastGood(db: Db) {
  return db.row<RunRow>(
    `select ${COLUMNS} from backup_runs where verified_at is not null ${NEWEST_FIRST} limit 1`,
  );
}

export async function readFacts(db: Db): Promise<BackupFacts> {
  const unfinished = await findUnfinished(db);
  const good = await findLastGood(db);
  const last = await db.row<RunRow>(
    `select ${COLUMNS} from backup_runs where ended_at is not null ${NEWEST_FIRST} limit 1`,
  );
  return {
    goodAt: good?.startedAt ?? null,
    failedAt: last?.error ? last.endedAt : null,
    begunAt: unfinished?.startedAt ?? null,
    isAsked: unfinished !== null && unfinished.startedAt === null,
  };
}

export async function readInstallationId(db: Db) {
  const row = await db.row<{ id: string }>("select id from installation");
  if (!row) throw new Error("the installation has no row yet");
  return row.id;
}

/** False where one is running or asked for. */
export async function insertAsked(db: Db, id: string, now: Temporal.Instant) {
  const inserted = await db.run(
    "insert into backup_runs (id, asked_at) values ($1, $2) on conflict do nothing",
    [id, now],
  );
  return inserted === 1;
}

export async function insertStarted(db: Db, id: string, now: Temporal.Instant) {
  const inserted = await db.run(
    "insert into backup_runs (id, started_at) values ($1, $2) on conflict do nothing",
    [id, now],
  );
  return inserted === 1;
}

export async function startAsked(db: Db, id: string, now: Temporal.Instant) {
  const started = await db.run(
    "update backup_runs set started_at = $2 where id = $1 and started_at is null and ended_at is null",
    [id, now],
  );
  return started === 1;
}

export function endGood(db: Db, id: string, now: Temporal.Instant, good: Good) {
  return db.run(
    `update backup_runs set ended_at = $2, file = $3, bytes = $4, sha256 = $5, verified_at = $6
      where id = $1 and ended_at is null`,
    [id, now, good.file, good.bytes, good.sha256, good.verifiedAt],
  );
}

export function endFailed(db: Db, id: string, now: Temporal.Instant, error: string) {
  return db.run("update backup_runs set ended_at = $2, error = $3 where id = $1 and ended_at is null", [
    ...[id, now, error],
  ]);
}

export function writeDeleted(db: Db, id: string, deleted: number) {
  return db.run("update backup_runs set deleted = $2 where id = $1", [id, deleted]);
}

/** The newest one that lies in this bucket. */
export function findLastCopied(db: Db, address: string) {
  return db.row<RunRow>(`select ${COLUMNS} from backup_runs where copied_to = $1 ${NEWEST_FIRST} limit 1`, [
    address,
  ]);
}

/** The last good one stays, and the last one that was copied, however often it failed since. */
export function forgetOldRuns(db: Db) {
  return db.run(
    `delete from backup_runs where ended_at is not null
        and id not in (select id from backup_runs ${NEWEST_FIRST} limit ${MOST_RUNS})
        and id is distinct from (select id from backup_runs where verified_at is not null ${NEWEST_FIRST} limit 1)
        and id is distinct from (select id from backup_runs where copied_at is not null ${NEWEST_FIRST} limit 1)`,
  );
}
