import { keepText } from "../../../domain/time/backup-keeping.ts";
import type { Backups, RunRow } from "./store.ts";

export function presentBackups(backups: Backups) {
  const { plan, facts, nextAt, trouble, lastGood, copyTrouble, lastCopied, runs, walArchive } = backups;
  return {
    scheduled: plan !== null,
    folder: plan?.folder ?? null,
    hour: plan?.hour ?? null,
    keep: plan ? keepText(plan.keep) : null,
    recipients: [...(plan?.recipients ?? [])],
    running: facts.begunAt !== null || facts.isAsked,
    next_at: nextAt?.toString() ?? null,
    trouble,
    last_good: lastGood && presentRun(lastGood),
    copied_to: plan?.bucket?.address ?? null,
    copy_trouble: copyTrouble,
    last_copied: lastCopied && presentRun(lastCopied),
    runs: runs.map(presentRun),
    wal_archive: walArchive && presentWalArchive(walArchive),
  };
}

function presentWalArchive({ folder, keepDays, until, failure, bases }: NonNullable<Backups["walArchive"]>) {
  return {
    folder,
    keep_days: keepDays,
    from: bases.from?.toString() ?? null,
    until: until?.toString() ?? null,
    last_base_at: bases.lastAt?.toString() ?? null,
    base_running: bases.isRunning,
    trouble: failure ? ("archive_failed" as const) : bases.failure ? ("base_failed" as const) : null,
    error: failure?.says ?? bases.failure?.says ?? null,
  };
}

function presentRun(run: RunRow) {
  return {
    requested_at: run.askedAt?.toString() ?? null,
    started_at: run.startedAt?.toString() ?? null,
    ended_at: run.endedAt?.toString() ?? null,
    file: run.file,
    bytes: run.bytes,
    sha256: run.sha256,
    verified_at: run.verifiedAt?.toString() ?? null,
    error: run.error,
    deleted: run.deleted,
    copied_to: run.copiedTo,
    copied_at: run.copiedAt?.toString() ?? null,
    copy_tried_at: run.copyTriedAt?.toString() ?? null,
    copy_error: run.copyError,
    copies_deleted: run.copiesDeleted,
  };
}
