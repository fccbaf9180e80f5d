// Times of a schedule in five fields: minute, hour, day of the month, month, day of the week.
//
// Easy to get wrong here: the two kinds of days are joined by "or" where both are said; and clocks are turned. A time of day
// that the clock leaves out comes at the end of the gap, so that no day goes without its run, and one that comes twice is
// run at once: the first time. Where every hour is meant, every hour that passes counts.

import { clockReaches, whenClockSays } from "./wall-clock.ts";

type Cron = {
  minutes: readonly number[];
  hours: readonly number[];
  daysOfMonth: readonly number[];
  months: readonly number[];
  /** 1 is Monday, 7 Sunday. */
  weekdays: readonly number[];
  isEveryHour: boolean;
  /** Days are said both ways, and one of them is enough. */
  eitherDay: boolean;
};

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Null where it says nothing that a clock knows. */
export function readCron(text: string): Cron | null {
  const parts = text.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, weekday] = parts;
  if (parts.length !== 5 || !minute || !hour || !dayOfMonth || !month || !weekday) return null;
  const minutes = readField(minute, 0, 59);
  const hours = readField(hour, 0, 23);
  const daysOfMonth = readField(dayOfMonth, 1, 31);
  const months = readField(month, 1, 12, MONTHS, 1);
  const weekdays = readField(weekday, 0, 7, WEEKDAYS, 0);
  if (!minutes || !hours || !daysOfMonth || !months || !weekdays) return null;
  const isRestricted = (field: string) => !field.startsWith("*");
  return {
    minutes,
    hours,
    daysOfMonth,
    months,
    weekdays: [...new Set(weekdays.map((day) => day || 7))],
    isEveryHour: hour === "*",
    eitherDay: isRestricted(dayOfMonth) && isRestricted(weekday),
  };
}

function readField(text: string, least: number, most: number, names: readonly string[] = [], offset = 0) {
  const values = new Set<number>();
  for (const part of text.toLowerCase().split(",")) {
    const [, range = "", step] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(part) ?? [];
    const [from, to = step === undefined ? from : String(most)] =
      range === "*" ? [String(least), String(most)] : range.split("-");
    const [first, last] = [from, to].map((end) => numberOf(end ?? "", names, offset));
    if (first == null || last == null || range.split("-").length > 2) return null;
    if (first < least || last > most || first > last || Number(step ?? 1) < 1) return null;
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function numberOf(text: string, names: readonly string[], offset: number) {
  const place = names.indexOf(text);
  if (place >= 0) return place + offset;
  return /^\d{1,2}$/.test(text) ? Number(text) : null;
}

/** The first time after this instant; null where there is none within nine years: a 31 February. */
export function nextCronRun(cron: Cron, zone: string, after: Temporal.Instant): Temporal.Instant | null {
  if (cron.isEveryHour) {
    const from = after.round({ smallestUnit: "minute", roundingMode: "floor" }).add({ minutes: 1 });
    return whenClockSays(from, zone, (time) => nextTime(cron, time));
  }
  let time = after.toZonedDateTimeISO(zone).toPlainDateTime();
  for (;;) {
    const next = nextTime(
      cron,
      time.round({ smallestUnit: "minute", roundingMode: "floor" }).add({ minutes: 1 }),
    );
    if (!next) return null;
    const instant = clockReaches(zone, next);
    if (Temporal.Instant.compare(instant, after) > 0) return instant;
    time = next;
  }
}

/** How many times lie after the one instant and not after the other, counted up to `most`. */
export function runsBetween(
  cron: Cron,
  zone: string,
  after: Temporal.Instant,
  until: Temporal.Instant,
  most: number,
) {
  let count = 0;
  let at = nextCronRun(cron, zone, after);
  while (at && Temporal.Instant.compare(at, until) <= 0 && count < most) {
    count++;
    at = nextCronRun(cron, zone, at);
  }
  return count;
}

const HORIZON_DAYS = 9 * 366;

/** This time itself where it fits. */
function nextTime(cron: Cron, time: Temporal.PlainDateTime) {
  let date = time.toPlainDate();
  for (let days = 0; days <= HORIZON_DAYS; days++) {
    if (isDay(cron, date)) {
      const found = timeOn(cron, days === 0 ? time.hour * 60 + time.minute : 0);
      if (found !== null) {
        const at = date.toPlainDateTime().add({ minutes: found });
        return at.equals(time) ? time : at;
      }
    }
    date = date.add({ days: 1 });
  }
  return null;
}

function timeOn({ hours, minutes }: Cron, from: number) {
  for (const hour of hours)
    for (const minute of minutes) if (hour * 60 + minute >= from) return hour * 60 + minute;
  return null;
}

function isDay({ months, daysOfMonth, weekdays, eitherDay }: Cron, date: Temporal.PlainDate) {
  if (!months.includes(date.month)) return false;
  const byDate = daysOfMonth.includes(date.day);
  const byWeekday = weekdays.includes(date.dayOfWeek);
  return eitherDay ? byDate || byWeekday : byDate && byWeekday;
}
