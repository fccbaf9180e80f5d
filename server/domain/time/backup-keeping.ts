// Which backups are kept: the newest one of each of so many days, weeks and months. A day without a backup is not counted, so a server
// that was off for a month loses nothing. Weeks begin on Monday, and all by UTC.

export type Keep = { days: number; weeks: number; months: number };

const MOST = 1000;
const UNITS = { d: "days", w: "weeks", m: "months" } as const;

/** Null where it is no such rule as `7d 4w 6m`. */
export function readKeep(text: string): Keep | null {
  const keep = { days: 0, weeks: 0, months: 0 };
  for (const part of text.trim().split(/\s+/)) {
    const [, digits, letter] = /^([1-9]\d{0,3})([dwm])$/.exec(part) ?? [];
    if (!digits || !letter) return null;
    const unit = UNITS[letter as keyof typeof UNITS];
    if (keep[unit] > 0 || Number(digits) > MOST) return null;
    keep[unit] = Number(digits);
  }
  return keep;
}

export function keepText({ days, weeks, months }: Keep) {
  return [days && `${days}d`, weeks && `${weeks}w`, months && `${months}m`].filter(Boolean).join(" ");
}

/** The newest one is never among them. */
export function backupsToDelete(times: readonly Temporal.Instant[], keep: Keep): Temporal.Instant[] {
  const newestFirst = times.toSorted((a, b) => Temporal.Instant.compare(b, a));
  const kept = new Set(newestFirst.slice(0, 1));
  const periods: [most: number, nameOf: (day: Temporal.PlainDate) => string][] = [
    [keep.days, (day) => day.toString()],
    [keep.weeks, (day) => day.subtract({ days: day.dayOfWeek - 1 }).toString()],
    [keep.months, (day) => day.toPlainYearMonth().toString()],
  ];
  for (const [most, nameOf] of periods) {
    const newest = new Map<string, Temporal.Instant>();
    for (const time of newestFirst) {
      const name = nameOf(time.toZonedDateTimeISO("UTC").toPlainDate());
      if (!newest.has(name)) newest.set(name, time);
    }
    for (const time of [...newest.values()].slice(0, most)) kept.add(time);
  }
  return newestFirst.filter((time) => !kept.has(time));
}
