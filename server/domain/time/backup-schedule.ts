// When the next backup is made: once a day at an hour of UTC. One that was missed is made up for at once, and one that failed is tried
// again after a quarter of an hour.

export const RETRY_MINUTES = 15;
/** A backup that is older than this is missed: more than a day, so that a long one or a few retries are no alarm. */
export const LATE_HOURS = 36;

export type BackupTrouble = "failed" | "late";

export type BackupFacts = {
  /** When the last good one was begun. */
  goodAt: Temporal.Instant | null;
  /** When the last one ended, where it failed. */
  failedAt: Temporal.Instant | null;
  /** One that did not end: a process is at it, or was killed. */
  begunAt: Temporal.Instant | null;
  isAsked: boolean;
};

/** In the past or now: it is due. Of one that did not end, the process that works on it is known by its lock. */
export function nextBackupAt(facts: BackupFacts, hour: number, now: Temporal.Instant): Temporal.Instant {
  const { goodAt, failedAt, begunAt, isAsked } = facts;
  if (begunAt) return begunAt.add({ minutes: RETRY_MINUTES });
  if (isAsked) return now;
  if (failedAt) return failedAt.add({ minutes: RETRY_MINUTES });
  const slot = lastSlot(hour, now);
  return goodAt && Temporal.Instant.compare(goodAt, slot) >= 0 ? slot.add({ hours: 24 }) : slot;
}

/** What a person should look at. */
export function backupTrouble(
  { goodAt, failedAt, begunAt }: BackupFacts,
  now: Temporal.Instant,
): BackupTrouble | null {
  if (failedAt) return "failed";
  if (!goodAt) return begunAt ? null : "late";
  return Temporal.Instant.compare(goodAt.add({ hours: LATE_HOURS }), now) < 0 ? "late" : null;
}

function lastSlot(hour: number, now: Temporal.Instant) {
  const slot = now.toZonedDateTimeISO("UTC").startOfDay().add({ hours: hour }).toInstant();
  return Temporal.Instant.compare(slot, now) <= 0 ? slot : slot.subtract({ hours: 24 });
}
