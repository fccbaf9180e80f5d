// Which days of a team may be added up for good, and which part of a report can be read from days that were.
//
// Easy to get wrong here: a day of the zone need not have 24 hours, and a report may begin in the middle of one.

import type { Period } from "./report-period.ts";

/** All mails of a day are recorded by then; the triggers of the sums allow two hours for that. */
const AFTER_ITS_END = { hours: 3 };
export function firstMoment(day: Temporal.PlainDate, zone: string) {
  return day.toZonedDateTime(zone).toInstant();
}

/**
 * The day after the next ones to be summed: they are over, and few enough to be quick, at least one. `enough` is a day
 * that is to be the last of them. Null where there is none yet.
 */
export function daysToAddUp(
  first: Temporal.PlainDate,
  now: Temporal.Instant,
  zone: string,
  enough: Temporal.PlainDate | null,
) {
  const isOver = (until: Temporal.PlainDate) =>
    Temporal.Instant.compare(firstMoment(until, zone).add(AFTER_ITS_END), now) <= 0;
  let until = now.toZonedDateTimeISO(zone).toPlainDate();
  while (!isOver(until)) until = until.subtract({ days: 1 });
  const most = enough?.add({ days: 1 }) ?? until;
  const last = Temporal.PlainDate.compare(until, most) < 0 ? until : most;
  return Temporal.PlainDate.compare(first, last) < 0 ? last : null;
}

/** Days in full, and what of the period is before and after them. Ends that are null are open. */
export type Parts = {
  days: { from: Temporal.PlainDate | null; until: Temporal.PlainDate };
  rests: readonly Period[];
};

/** Null where no whole day of the period is added up. */
export function partsOf(period: Period, untilDay: Temporal.PlainDate, zone: string): Parts | null {
  const { compare } = Temporal.PlainDate;
  const from = period.from && wholeFrom(period.from, zone);
  const end = period.until?.toZonedDateTimeISO(zone).toPlainDate() ?? untilDay;
  const until = compare(end, untilDay) < 0 ? end : untilDay;
  if (from && compare(from, until) >= 0) return null;
  const [first, last] = [from && firstMoment(from, zone), firstMoment(until, zone)];
  const rests = [
    { from: period.from, until: first },
    { from: last, until: period.until },
  ].filter(({ from, until }) => !(from && until && Temporal.Instant.compare(from, until) >= 0));
  return { days: { from, until }, rests: period.from ? rests : rests.slice(1) };
}

function wholeFrom(moment: Temporal.Instant, zone: string) {
  const day = moment.toZonedDateTimeISO(zone).toPlainDate();
  return Temporal.Instant.compare(firstMoment(day, zone), moment) === 0 ? day : day.add({ days: 1 });
}
