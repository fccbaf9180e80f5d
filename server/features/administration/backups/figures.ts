// Scheduled backups and the last good one as values of metrics. A time of 0 means: no good backup was made yet.

import type { App } from "../../../app.ts";
import type { Figure } from "../../../kernel/metrics.ts";
import { backupPlan } from "./commands.ts";
import { findLastGood } from "./store.ts";

export async function backupFigures(app: App): Promise<Figure[]> {
  const plan = backupPlan(app);
  const good = await app.db.inTransaction(findLastGood);
  const { startedAt, endedAt } = good ?? {};
  const took = startedAt && endedAt ? endedAt.since(startedAt).total("seconds") : 0;
  return [
    { name: "cadenza_backups_scheduled", value: plan ? 1 : 0 },
    {
      name: "cadenza_backup_last_good_timestamp_seconds",
      value: Math.floor((startedAt?.epochMilliseconds ?? 0) / 1000),
    },
    { name: "cadenza_backup_last_good_size_bytes", value: good?.bytes ?? 0 },
    { name: "cadenza_backup_last_good_duration_seconds", value: took },
    { name: "cadenza_backups_encrypted", value: plan && plan.recipients.length > 0 ? 1 : 0 },
  ];
}
