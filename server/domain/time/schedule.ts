// When a schedule lets anything out: which instants are open, when the next one comes, when it closes again.
//
// Windows are hours on a clock, and clocks are turned: a window is open in both passes of an hour that comes twice,
// and one inside an hour that is left out does not open. So nothing here adds days to instants; what comes next is
// said in the clock's own time, and wall-clock.ts says which instant that is.

import { calendarFor, NOWHERE, type Whereabouts } from "./holiday-calendars.ts";
import { type Holidays, holidaysOf, type NamedHoliday, NO_MORE, type OwnHoliday } from "./holidays.ts";
import { clockReaches, knownZone, whenClockSays } from "./wall-clock.ts";
import type { ScheduleWindow } from "./windows.ts";

/** A schedule as the team keeps it. Whose holidays close it is not known before the contact is. */
export type TeamSchedule = {
  timeZone: string;
  useContactsTimeZone: boolean;
  skipHolidays: boolean;
  windows: readonly ScheduleWindow[];
  /** The team's choice for contacts whose country is not known. */
  holidayCalendar: string | null;
  ownHolidays: readonly OwnHoliday[];
};

/** The same for one contact. The compiler asks for this one wherever hours are asked for, so no way leads past `placeFor`. */
export type ContactSchedule = { windows: readonly ScheduleWindow[]; holidays: Holidays | null };

/** The hours that hold for a contact, and the zone whose clock shows them. */
export type ScheduleZone = { schedule: ContactSchedule | null; zone: string };

/** How far ahead we look. Hours come back every week; beyond a year of holidays a schedule counts as one that never opens. */
const HORIZON_DAYS = 366;

/** Everything that the contact's whereabouts decide about the hours. */
export function placeFor(schedule: TeamSchedule | null, where: Whereabouts = NOWHERE): ScheduleZone {
  const zone = zoneFor(schedule, where.timeZone);
  return { schedule: scheduleAt(schedule, calendarOf(schedule, where)), zone };
}

/** Null where the schedule ignores public holidays, or there are none. */
export function calendarOf(schedule: TeamSchedule | null, where: Whereabouts = NOWHERE): string | null {
  return schedule?.skipHolidays ? calendarFor(where, schedule) : null;
}

const known = new WeakMap<TeamSchedule, Map<string | null, ContactSchedule>>();

/** For the same schedule and calendar the same object, so that what was reckoned of it may be remembered by it. */
export function scheduleAt(schedule: TeamSchedule | null, calendar: string | null): ContactSchedule | null {
  if (!schedule) return null;
  const byCalendar = known.get(schedule) ?? new Map<string | null, ContactSchedule>();
  known.set(schedule, byCalendar);
  const { windows, skipHolidays, ownHolidays } = schedule;
  const found = byCalendar.get(calendar) ?? {
    windows,
    holidays: skipHolidays ? holidaysOf(calendar, ownHolidays) : null,
  };
  byCalendar.set(calendar, found);
  return found;
}

/** The zone whose clock counts for this contact. Without a schedule it is the contact's, if we know it. */
export function zoneFor(
  schedule: Pick<TeamSchedule, "timeZone" | "useContactsTimeZone"> | null,
  contactTimeZone: string | null,
): string {
  const contacts = contactTimeZone === null ? null : knownZone(contactTimeZone);
  if (!schedule) return contacts ?? "UTC";
  return (schedule.useContactsTimeZone ? contacts : null) ?? schedule.timeZone;
}

/** The window in force, with the weekday on the clock of the zone; null while it is closed. */
export function windowAt(
  schedule: ContactSchedule | null,
  zone: string,
  at: Temporal.Instant,
): ScheduleWindow | null {
  return windowIn(schedule, at.toZonedDateTimeISO(zone).toPlainDateTime());
}

export function isOpen(schedule: ContactSchedule | null, zone: string, at: Temporal.Instant) {
  return windowAt(schedule, zone, at) !== null;
}

/** The first open instant from this one on: itself if it is open. Null: it never opens. */
export function nextOpening(
  schedule: ContactSchedule | null,
  zone: string,
  from: Temporal.Instant,
): Temporal.Instant | null {
  return schedule ? whenClockSays(from, zone, (time) => nextOpenTime(schedule, time)) : from;
}

/** The first closed instant from this one on: itself if it is closed. Null: it never closes. */
export function closesAt(
  schedule: ContactSchedule | null,
  zone: string,
  from: Temporal.Instant,
): Temporal.Instant | null {
  return schedule && whenClockSays(from, zone, (time) => nextClosedTime(schedule, time));
}

/** The first open instant of this day in the zone, or after it if the day has none. */
export function openingOn(schedule: ContactSchedule | null, zone: string, date: Temporal.PlainDate) {
  return nextOpening(schedule, zone, clockReaches(zone, date.toPlainDateTime()));
}

/** The nth later day on which the schedule has hours and is not closed by a holiday. Null: there is none. */
export function scheduleDayAfter(schedule: ContactSchedule | null, date: Temporal.PlainDate, count: number) {
  const weekdays = new Set(schedule ? schedule.windows.map(({ weekday }) => weekday) : EVERY_DAY);
  if (weekdays.size === 0) return null;
  let [before, day] = [date, weekdayAfter(weekdays, date, count)];
  const last = day.add({ days: HORIZON_DAYS + date.until(day).days });
  while (schedule?.holidays) {
    // Each holiday that was counted by mistake is made up for by one day more, which may meet another.
    const lost = holidaysBetween(schedule.holidays, weekdays, before, day);
    if (lost === 0) break;
    [before, day] = [day, weekdayAfter(weekdays, day, lost)];
    if (Temporal.PlainDate.compare(day, last) > 0) return null;
  }
  return day;
}

/** The first day does not belong to it, the last one does. */
function holidaysBetween(
  holidays: Holidays,
  weekdays: ReadonlySet<number>,
  after: Temporal.PlainDate,
  last: Temporal.PlainDate,
) {
  const until = Temporal.PlainDate.compare(last, NO_MORE) < 0 ? last : NO_MORE;
  let found = 0;
  let date = after.add({ days: 1 });
  for (; Temporal.PlainDate.compare(date, until) <= 0; date = date.add({ days: 1 }))
    if (weekdays.has(date.dayOfWeek) && holidays.on(date)) found++;
  return found;
}

/** The holidays that keep it closed until it opens, on days that have hours. */
export function holidaysUntil(
  { schedule, zone }: ScheduleZone,
  from: Temporal.Instant,
  opens: Temporal.Instant,
): (NamedHoliday & { date: Temporal.PlainDate })[] {
  if (!schedule?.holidays) return [];
  const found: (NamedHoliday & { date: Temporal.PlainDate })[] = [];
  const last = opens.toZonedDateTimeISO(zone).toPlainDate();
  let date = from.toZonedDateTimeISO(zone).toPlainDate();
  for (; Temporal.PlainDate.compare(date, last) < 0; date = date.add({ days: 1 })) {
    const hasHours = schedule.windows.some(({ weekday }) => weekday === date.dayOfWeek);
    const holiday = hasHours ? schedule.holidays.on(date) : null;
    if (holiday) found.push({ ...holiday, date });
  }
  return found;
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

function nextOpenTime(schedule: ContactSchedule, time: Temporal.PlainDateTime) {
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

function nextClosedTime(schedule: ContactSchedule, time: Temporal.PlainDateTime) {
  const last = time.add({ days: HORIZON_DAYS });
  let closed = time;
  for (let window = windowIn(schedule, closed); window; window = windowIn(schedule, closed)) {
    if (Temporal.PlainDateTime.compare(closed, last) > 0) return null;
    closed = closed.toPlainDate().toPlainDateTime().add({ minutes: window.endsAt });
  }
  return closed;
}

function windowIn(schedule: ContactSchedule | null, time: Temporal.PlainDateTime): ScheduleWindow | null {
  if (!schedule) return { weekday: time.dayOfWeek, startsAt: 0, endsAt: 1440 };
  const minute = minuteOf(time);
  const windows = windowsOn(schedule, time.toPlainDate());
  return windows.find(({ startsAt, endsAt }) => startsAt <= minute && minute < endsAt) ?? null;
}

function windowsOn(
  { windows, holidays }: ContactSchedule,
  date: Temporal.PlainDate,
): readonly ScheduleWindow[] {
  const weekday = date.dayOfWeek;
  const hours = windows.filter((window) => window.weekday === weekday);
  return hours.length > 0 && holidays?.on(date) ? [] : hours;
}

function minuteOf(time: Temporal.PlainDateTime) {
  return time.hour * 60 + time.minute;
}
