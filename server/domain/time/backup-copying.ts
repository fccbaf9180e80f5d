// When the newest backup is copied into the bucket, and what a person should look at. A copy that failed, or whose process was killed,
// is tried again after a quarter of an hour, without making the backup again.

import { type BackupTrouble, LATE_HOURS, RETRY_MINUTES } from "./backup-schedule.ts";

export type CopyFacts = {
  /** When the newest good backup was begun. */
  goodAt: Temporal.Instant | null;
  isCopied: boolean;
  /** When the last attempt to copy it began, or failed. */
  triedAt: Temporal.Instant | null;
  hasFailed: boolean;
  /** When the newest backup was begun that the bucket has. */
  copiedAt: Temporal.Instant | null;
};

export function isCopyDue({ goodAt, isCopied, triedAt }: CopyFacts, now: Temporal.Instant) {
  if (!goodAt || isCopied) return false;
  return !triedAt || Temporal.Instant.compare(triedAt.add({ minutes: RETRY_MINUTES }), now) <= 0;
}

/** Where no backup was made, that is the trouble, and not that it was not copied. */
export function copyTrouble(
  { goodAt, isCopied, hasFailed, copiedAt }: CopyFacts,
  now: Temporal.Instant,
): BackupTrouble | null {
  if (!goodAt || isCopied) return null;
  if (hasFailed) return "failed";
  const since = copiedAt ?? goodAt;
  return Temporal.Instant.compare(since.add({ hours: LATE_HOURS }), now) < 0 ? "late" : null;
}
