// Which time a report is about: days of the team's zone, whole ones, weeks from Monday. From the first moment to the one after the
// last, null where there is no end.

export const PERIODS = [
  "today",
  "yesterday",
  "last_7_days",
  "last_14_days",
  "last_30_days",
  "last_60_days",
  "last_90_days",
  "current_week",
  "last_week",
  "current_month",
  "last_month",
  "last_3_months",
  "last_6_months",
  "last_12_months",
  "current_quarter",
  "last_quarter",
  "current_year",
  "last_year",
  "all_time",
  "custom_range",
] as const;
export type PeriodName = (typeof PERIODS)[number];

export type Period = { from: Temporal.Instant | null; until: Temporal.Instant | null };

type Days = { from: Temporal.PlainDate; until: Temporal.PlainDate };

/** `last_30_days` is today and the 29 days before; `last_12_months` ends today too. */
export function periodOf(name: PeriodName, now: Temporal.Instant, zone: string): Period {
  const days = daysOf(name, now.toZonedDateTimeISO(zone).toPlainDate());
  return days
    ? { from: midnight(days.from, zone), until: midnight(days.until, zone) }
    : { from: null, until: null };
}

/** The ends as they are said: a bare date is that day in the zone, from its beginning or to its end. */
export function periodRangeOf(
  min: string | null,
  max: string | null,
  zone: string,
  read: (text: string) => Temporal.Instant,
): Period {
  const day = (text: string) => (text.length === 10 ? Temporal.PlainDate.from(text) : null);
  const first = min === null ? null : day(min);
  const last = max === null ? null : day(max);
  return {
    from: first ? midnight(first, zone) : min === null ? null : read(min),
    until: last ? midnight(last.add({ days: 1 }), zone) : max === null ? null : read(max),
  };
}

/** What lies in both. */
export function both(a: Period, b: Period): Period {
  return {
    from: pick(a.from, b.from, 1),
    until: pick(a.until, b.until, -1),
  };
}

function pick(a: Temporal.Instant | null, b: Temporal.Instant | null, later: 1 | -1) {
  if (a === null || b === null) return a ?? b;
  return Temporal.Instant.compare(a, b) === later ? a : b;
}

function midnight(date: Temporal.PlainDate, zone: string) {
  return date.toZonedDateTime(zone).toInstant();
}

function daysOf(name: PeriodName, today: Temporal.PlainDate): Days | null {
  const tomorrow = today.add({ days: 1 });
  const week = today.subtract({ days: today.dayOfWeek - 1 });
  const month = today.with({ day: 1 });
  const quarter = month.subtract({ months: (month.month - 1) % 3 });
  const year = month.with({ month: 1 });
  const lastDays = (days: number) => ({ from: tomorrow.subtract({ days }), until: tomorrow });
  const lastMonths = (months: number) => ({ from: tomorrow.subtract({ months }), until: tomorrow });
  switch (name) {
    case "today":
      return { from: today, until: tomorrow };
    case "yesterday":
      return { from: today.subtract({ days: 1 }), until: today };
    case "last_7_days":
      return lastDays(7);
    case "last_14_days":
      return lastDays(14);
    case "last_30_days":
      return lastDays(30);
    case "last_60_days":
      return lastDays(60);
    case "last_90_days":
      return lastDays(90);
    case "current_week":
      return { from: week, until: week.add({ weeks: 1 }) };
    case "last_week":
      return { from: week.subtract({ weeks: 1 }), until: week };
    case "current_month":
      return { from: month, until: month.add({ months: 1 }) };
    case "last_month":
      return { from: month.subtract({ months: 1 }), until: month };
    case "last_3_months":
      return lastMonths(3);
    case "last_6_months":
      return lastMonths(6);
    case "last_12_months":
      return lastMonths(12);
    case "current_quarter":
      return { from: quarter, until: quarter.add({ months: 3 }) };
    case "last_quarter":
      return { from: quarter.subtract({ months: 3 }), until: quarter };
    case "current_year":
      return { from: year, until: year.add({ years: 1 }) };
    case "last_year":
      return { from: year.subtract({ years: 1 }), until: year };
    case "all_time":
    case "custom_range":
      return null;
  }
}
