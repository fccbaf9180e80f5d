// Scheduled backups and the last good one as values of metrics. A time of 0 means: no good backup was made yet.

import type { App } from "../../../app.ts";
import type { Figure } from "../../../kernel/metrics.ts";
import { backupPlan } from "./commands.ts";
import { findLastCopied, findLastGood, type RunRow } from "./store.ts";

/** Of this process: it archives, or it does not. */
export function walArchiveFigures({ walArchive }: Pick<App, "walArchive">): Figure[] {
  const status = walArchive?.();
  const seconds = (at: Temporal.Instant | null | undefined) =>
    Math.floor((at?.epochMilliseconds ?? 0) / 1000);
  return [
    { name: "cadenza_wal_archive_on", value: status ? 1 : 0 },
    { name: "cadenza_wal_archive_until_timestamp_seconds", value: seconds(status?.until) },
    { name: "cadenza_wal_archive_last_base_timestamp_seconds", value: seconds(status?.bases.lastAt) },
  ];
}

export async function backupFigures(app: App): Promise<Figure[]> {
  const plan = backupPlan(app);
  const bucket = plan?.bucket;
  const [good, copied] = await app.db.inTransaction(async (db) => [
    await findLastGood(db),
    bucket ? await findLastCopied(db, bucket.address) : null,
  ]);
  const { startedAt, endedAt } = good ?? {};
  const took = startedAt && endedAt ? endedAt.since(startedAt).total("seconds") : 0;
  return [
    { name: "cadenza_backups_scheduled", value: plan ? 1 : 0 },
    {
      name: "cadenza_backup_last_good_timestamp_seconds",
      value: startOf(good),
    },
    { name: "cadenza_backup_last_good_size_bytes", value: good?.bytes ?? 0 },
    { name: "cadenza_backup_last_good_duration_seconds", value: took },
    { name: "cadenza_backups_encrypted", value: plan && plan.recipients.length > 0 ? 1 : 0 },
    { name: "cadenza_backup_copies_scheduled", value: bucket ? 1 : 0 },
    { name: "cadenza_backup_last_copied_timestamp_seconds", value: startOf(copied) },
    { name: "cadenza_backup_last_copied_size_bytes", value: copied?.bytes ?? 0 },
  ];
}

function startOf(run: RunRow | null | undefined) {
  return Math.floor((run?.startedAt?.epochMilliseconds ?? 0) / 1000);
}
