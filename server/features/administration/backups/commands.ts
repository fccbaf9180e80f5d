// Backups that are made by themselves: what there is, and one now. Only the operator, or the admin of the only team, may see and ask:
// a backup holds all teams. The engine makes them (engine/upkeep/back-up.ts).

import type { Act, App } from "../../../app.ts";
import { type CopyFacts, copyTrouble } from "../../../domain/time/backup-copying.ts";
import { backupTrouble, nextBackupAt } from "../../../domain/time/backup-schedule.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { mayConfirm } from "../../gate/clone-guard/commands.ts";
import * as store from "./store.ts";

export type Plan = NonNullable<App["config"]["backup"]>;

/** Null: none are made. All of a sandbox is invented, so it makes none. */
export function backupPlan({ config, sandbox }: Pick<App, "config" | "sandbox">): Plan | null {
  return sandbox ? null : config.backup;
}

export async function showBackups(act: Act): Promise<store.Backups> {
  if (!(await mayConfirm(act))) throw new Refusal("operator_only");
  const { app, db, now } = act;
  const plan = backupPlan(app);
  const bucket = plan?.bucket;
  const lastGood = await store.findLastGood(db);
  const lastCopied = bucket ? await store.findLastCopied(db, bucket.address) : null;
  const facts = await store.readFacts(db);
  const isRunning = facts.begunAt !== null || facts.isAsked;
  return {
    plan,
    facts,
    nextAt: plan && !isRunning ? nextBackupAt(facts, plan.hour, now) : null,
    trouble: plan && backupTrouble(facts, now),
    lastGood,
    copyTrouble: bucket ? copyTrouble(copyFactsOf(lastGood, lastCopied), now) : null,
    lastCopied,
    runs: await store.listRuns(db),
    walArchive: app.walArchive?.() ?? null,
  };
}

export function copyFactsOf(good: store.RunRow | null, copied: store.RunRow | null): CopyFacts {
  return {
    goodAt: good?.startedAt ?? null,
    isCopied: good !== null && good.id === copied?.id,
    triedAt: good?.copyTriedAt ?? null,
    hasFailed: good !== null && good.copyError !== null,
    copiedAt: copied?.startedAt ?? null,
  };
}

/** It is written down, so an engine begins it, also after a restart. */
export async function askForBackup(act: Act): Promise<store.Backups> {
  if (!(await mayConfirm(act))) throw new Refusal("operator_only");
  const { app, db, now, caller } = act;
  if (!backupPlan(app)) throw new Refusal("backups_off");
  if (!(await store.insertAsked(db, newId(), now))) throw new Refusal("backup_running");
  await record(byCaller(act), {
    type: "backup.requested",
    subject: { type: "team", id: caller.teamId },
    data: {},
  });
  return showBackups(act);
}
