// The days on which a schedule that skips holidays stays closed: Apollo's seven, American ones, for everybody.
//
// They are dates and nothing else: the zone in force says when such a day begins, and one that falls on a weekend
// is not kept on the Friday before or the Monday after.

type Holiday = { name: string; month: number; inYear: (year: number) => Temporal.PlainDate };

export const HOLIDAYS: readonly Holiday[] = [
  onDate("New Year's Day", 1, 1),
  onWeekday("Memorial Day", 5, 1, "last"),
  onDate("Independence Day", 7, 4),
  onWeekday("Labor Day", 9, 1, 1),
  onWeekday("Thanksgiving", 11, 4, 4),
  onDate("Christmas Eve", 12, 24),
  onDate("Christmas Day", 12, 25),
];

export function isHoliday(date: Temporal.PlainDate) {
  return HOLIDAYS.some(({ month, inYear }) => month === date.month && inYear(date.year).equals(date));
}

/** In order; the first day does not belong to it, the last one does. */
export function holidaysBetween(after: Temporal.PlainDate, last: Temporal.PlainDate) {
  const found: Temporal.PlainDate[] = [];
  for (let year = after.year; year <= last.year; year++) {
    for (const { month, inYear } of HOLIDAYS) {
      if (year === after.year && month < after.month) continue; // whole months are told apart at no cost
      if (year === last.year && month > last.month) continue;
      const date = inYear(year);
      if (isBefore(after, date) && !isBefore(last, date)) found.push(date);
    }
  }
  return found;
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate) {
  return Temporal.PlainDate.compare(one, other) < 0;
}

function onDate(name: string, month: number, day: number): Holiday {
  return { name, month, inYear: (year) => new Temporal.PlainDate(year, month, day) };
}

function onWeekday(name: string, month: number, weekday: number, which: number | "last"): Holiday {
  return {
    name,
    month,
    inYear: (year) => {
      const first = new Temporal.PlainDate(year, month, 1);
      const toFirst = (weekday - first.dayOfWeek + 7) % 7;
      const toLast = toFirst + 7 * Math.floor((first.daysInMonth - 1 - toFirst) / 7);
      return first.add({ days: which === "last" ? toLast : toFirst + 7 * (which - 1) });
    },
  };
}
