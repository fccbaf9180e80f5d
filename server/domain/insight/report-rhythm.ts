// When a report goes out next: at a time of day in a zone, every day, on weekdays, on a day of the week or of the month.
//
// Easy to get wrong here: an hour that the clock skips is the one after it, one that comes twice is the first; the 31st of a
// short month is its last day.

export type Rhythm = {
  every: "day" | "weekday" | "week" | "month";
  /** As clocks show it: 08:30. */
  time: string;
  /** Monday is 1. */
  weekday: number | null;
  day: number | null;
  zone: string;
};

/** The first time after this moment. */
export function nextReportRun(rhythm: Rhythm, after: Temporal.Instant): Temporal.Instant {
  const time = Temporal.PlainTime.from(rhythm.time);
  let date = after.toZonedDateTimeISO(rhythm.zone).toPlainDate();
  for (;;) {
    const at = date.toZonedDateTime({ timeZone: rhythm.zone, plainTime: time }).toInstant();
    if (isDay(rhythm, date) && Temporal.Instant.compare(at, after) > 0) return at;
    date = date.add({ days: 1 });
  }
}

function isDay({ every, weekday, day }: Rhythm, date: Temporal.PlainDate) {
  switch (every) {
    case "day":
      return true;
    case "weekday":
      return date.dayOfWeek <= 5;
    case "week":
      return date.dayOfWeek === (weekday ?? 1);
    case "month":
      return date.day === Math.min(day ?? 1, date.daysInMonth);
  }
}
