// Months and their days, as "2027-01" and "2027-01-04". They are counted in UTC, where each day has 24 hours.

const DAY_MS = 86_400_000;
const WEEK = 7;

/** The day of the browser's clock. */
export function dayOf(at: string, zone: string) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  return parts.format(new Date(at));
}

export function monthAfter(month: string, months: number) {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return isoOf(Date.UTC(year, number - 1 + months, 1)).slice(0, 7);
}

export function boundsOf(month: string) {
  const next = `${monthAfter(month, 1)}-01`;
  return { from: `${month}-01`, until: isoOf(Date.parse(next) - DAY_MS) };
}

/** From a Monday on; null where a day is of another month. */
export function weeksOf(month: string): (string | null)[][] {
  const { from, until } = boundsOf(month);
  const first = Date.parse(from);
  const before = (new Date(first).getUTCDay() + WEEK - 1) % WEEK;
  const count = (Date.parse(until) - first) / DAY_MS + 1;
  const weeks = Math.ceil((before + count) / WEEK);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: WEEK }, (_, n) => {
      const day = week * WEEK + n - before;
      return day >= 0 && day < count ? isoOf(first + day * DAY_MS) : null;
    }),
  );
}

const isoOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
