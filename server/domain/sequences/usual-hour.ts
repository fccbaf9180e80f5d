// The hour of the day at which a contact usually reads emails: when they replied, clicked or opened before. What a machine
// opened is left out, and of one hour of a day all counts once, so that an email looked at ten times is no habit.

import { nextOpening, type ScheduleZone } from "../time/schedule.ts";
import { clockReaches } from "../time/wall-clock.ts";

/** `days` of `of` days on which they read anything; 14 is from 14:00 to 15:00. */
export type UsualHour = { hour: number; days: number; of: number };

/** Older than this, a habit may have changed. */
export const READINGS_DAYS = 180;
/** Of each contact the last ones, so that what is read is bounded. */
export const MOST_READINGS = 60;

const LEAST_DAYS = 3;
const LEAST_SHARE = 1 / 3;

/** `readAt` in seconds of the epoch. Null: there is too little to go by, or they read at any hour. */
export function usualHourOf(readAt: readonly number[], zone: string): UsualHour | null {
  if (readAt.length < LEAST_DAYS) return null;
  const daysOfHour = new Map<number, Set<string>>();
  const days = new Set<string>();
  for (const seconds of readAt) {
    const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(seconds * 1000)).toZonedDateTimeISO(zone);
    const day = at.toPlainDate().toString();
    days.add(day);
    daysOfHour.set(at.hour, (daysOfHour.get(at.hour) ?? new Set()).add(day));
  }
  const hours = [...daysOfHour].map(([hour, own]) => ({ hour, days: own.size, of: days.size }));
  const [first] = hours.sort((one, other) => other.days - one.days || one.hour - other.hour);
  if (!first || first.days < LEAST_DAYS || first.days < days.size * LEAST_SHARE) return null;
  return first;
}

/** From when an email could leave, to when that hour next comes. It waits a day at most, and not for closed hours. */
export function atUsualHour(
  { schedule, zone }: ScheduleZone,
  opens: Temporal.Instant,
  hour: number,
): Temporal.Instant {
  const from = opens.toZonedDateTimeISO(zone);
  if (from.hour === hour) return opens;
  const date = from.toPlainDate();
  for (const day of [date, date.add({ days: 1 })]) {
    const begins = clockReaches(zone, day.toPlainDateTime({ hour }));
    const waits = begins.epochMilliseconds - opens.epochMilliseconds;
    if (waits <= 0 || waits > DAY_MS) continue;
    const at = nextOpening(schedule, zone, begins);
    if (
      at?.toZonedDateTimeISO(zone).hour === hour &&
      at.epochMilliseconds - opens.epochMilliseconds <= DAY_MS
    )
      return at;
  }
  return opens;
}

const DAY_MS = 24 * 3_600_000;
