// When a schedule lets anything out: which instants are open, when the next one comes, when it closes again.
//
// Windows are hours on a clock, and clocks are turned: a window is open in both passes of an hour that comes twice,
// and one inside an hour that is left out does not open. So nothing here adds days to instants; what comes next is
// said in the clock's own time, and wall-clock.ts says which instant that is.

import { holidaysBetween, isHoliday } from "./holidays.ts";
import { clockReaches, knownZone, whenClockSays } from "./wall-clock.ts";
import type { Window } from "./windows.ts";

export type Schedule = {
  timeZone: string;
  useContactsTimeZone: boolean;
  skipHolidays: boolean;
  windows: readonly Window[];
};

/** How far ahead we look. Hours come back every week, and holidays close one weekday for two weeks at most. */
const HORIZON_DAYS = 366;

/** The zone whose clock counts for this contact. Without a schedule it is the contact's, if we know it. */
export function zoneFor(schedule: Schedule | null, contactTimeZone: string | null): string {
  const contacts = contactTimeZone === null ? null : knownZone(contactTimeZone);
  if (!schedule) return contacts ?? "UTC";
  return (schedule.useContactsTimeZone ? contacts : null) ?? schedule.timeZone;
}

/** The window in force, with the weekday on the clock of the zone; null while it is closed. */
export function windowAt(schedule: Schedule | null, zone: string, at: Temporal.Instant): Window | null {
  return windowIn(schedule, at.toZonedDateTimeISO(zone).toPlainDateTime());
}

export function isOpen(schedule: Schedule | null, zone: string, at: Temporal.Instant) {
  return windowAt(schedule, zone, at) !== null;
}

/** The first open instant from this one on: itself if it is open. Null: it never opens. */
export function nextOpening(
  schedule: Schedule | null,
  zone: string,
  from: Temporal.Instant,
): Temporal.Instant | null {
  return schedule ? whenClockSays(from, zone, (time) => nextOpenTime(schedule, time)) : from;
}

/** The first closed instant from this one on: itself if it is closed. Null: it never closes. */
export function closesAt(
  schedule: Schedule | null,
  zone: string,
  from: Temporal.Instant,
): Temporal.Instant | null {
  return schedule && whenClockSays(from, zone, (time) => nextClosedTime(schedule, time));
}

/** The first open instant of this day in the zone, or after it if the day has none. */
export function openingOn(schedule: Schedule | null, zone: string, date: Temporal.PlainDate) {
  return nextOpening(schedule, zone, clockReaches(zone, date.toPlainDateTime()));
}

/** The nth day after this one on which the schedule has hours and no holiday keeps it closed. */
export function scheduleDayAfter(schedule: Schedule | null, date: Temporal.PlainDate, count: number) {
  const weekdays = new Set(schedule ? schedule.windows.map(({ weekday }) => weekday) : EVERY_DAY);
  if (weekdays.size === 0) return null;
  let [before, day] = [date, weekdayAfter(weekdays, date, count)];
  while (schedule?.skipHolidays) {
    // Each holiday that was counted by mistake is made up for by one day more, which may meet another.
    const lost = holidaysBetween(before, day).filter(({ dayOfWeek }) => weekdays.has(dayOfWeek)).length;
    if (lost === 0) break;
    [before, day] = [day, weekdayAfter(weekdays, day, lost)];
  }
  return day;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

function weekdayAfter(weekdays: ReadonlySet<number>, date: Temporal.PlainDate, count: number) {
  const weeks = Math.max(0, Math.ceil(count / weekdays.size) - 1);
  let left = count - weeks * weekdays.size;
  let days = weeks * 7;
  while (left > 0) {
    days++;
    if (weekdays.has(((date.dayOfWeek - 1 + days) % 7) + 1)) left--;
  }
  return date.add({ days });
}

function nextOpenTime(schedule: Schedule, time: Temporal.PlainDateTime) {
  if (windowIn(schedule, time)) return time;
  let date = time.toPlainDate();
  let passed = minuteOf(time);
  for (let days = 0; days <= HORIZON_DAYS; days++) {
    const starts = windowsOn(schedule, date).map(({ startsAt }) => startsAt);
    const ahead = starts.filter((startsAt) => startsAt > passed);
    if (ahead.length > 0) return date.toPlainDateTime().add({ minutes: Math.min(...ahead) });
    date = date.add({ days: 1 });
    passed = -1;
  }
  return null;
}

function nextClosedTime(schedule: Schedule, time: Temporal.PlainDateTime) {
  const last = time.add({ days: HORIZON_DAYS });
  let closed = time;
  for (let window = windowIn(schedule, closed); window; window = windowIn(schedule, closed)) {
    if (Temporal.PlainDateTime.compare(closed, last) > 0) return null;
    closed = closed.toPlainDate().toPlainDateTime().add({ minutes: window.endsAt });
  }
  return closed;
}

function windowIn(schedule: Schedule | null, time: Temporal.PlainDateTime): Window | null {
  if (!schedule) return { weekday: time.dayOfWeek, startsAt: 0, endsAt: 1440 };
  const minute = minuteOf(time);
  const windows = windowsOn(schedule, time.toPlainDate());
  return windows.find(({ startsAt, endsAt }) => startsAt <= minute && minute < endsAt) ?? null;
}

function windowsOn({ windows, skipHolidays }: Schedule, date: Temporal.PlainDate): readonly Window[] {
  const weekday = date.dayOfWeek;
  const hours = windows.filter((window) => window.weekday === weekday);
  return hours.length > 0 && skipHolidays && isHoliday(date) ? [] : hours;
}

function minuteOf(time: Temporal.PlainDateTime) {
  return time.hour * 60 + time.minute;
}
