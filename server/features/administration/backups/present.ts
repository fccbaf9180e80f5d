import { keepText } from "../../../domain/time/backup-keeping.ts";
import type { Backups, RunRow } from "./store.ts";

export function presentBackups(backups: Backups) {
  const { plan, facts, nextAt, trouble, lastGood, copyTrouble, lastCopied, runs } = backups;
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
