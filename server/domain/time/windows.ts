// The hours in which a schedule sends, as people write them: `[[8, 17]]`, `[[8.5, 17]]`, `[["08:30", "17:00"]]`.
//
// Kept as minutes after midnight, half-open. Easy to get wrong: 24 is the end of a day and 0 is its beginning, so
// a window that ends at 0 runs overnight, and those are refused; a third of an hour has no finite fraction, so what
// was printed as 8.333333 must be read back as 8:20.

import { say } from "../../kernel/say.ts";

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Weekday as ISO counts, Monday is 1; minutes after midnight. */
export type ScheduleWindow = { weekday: number; startsAt: number; endsAt: number };

type ReadWindows = { windows: ScheduleWindow[]; fault: null } | { windows: null; fault: string };

export function readWindows(hash: Record<string, unknown>): ReadWindows {
  const windows: ScheduleWindow[] = [];
  for (const [day, value] of Object.entries(hash)) {
    const weekday = WEEKDAYS.indexOf(day.trim().toLowerCase() as Weekday) + 1;
    if (weekday === 0) return bad(say("contains an unknown weekday: {day}", { day: day.slice(0, 30) }));
    for (const pair of pairsIn(value) ?? [null]) {
      const window = pair && windowFrom(weekday, pair);
      if (!window) return bad(say("has an invalid window for {day}. Write windows as [[8, 17]]", { day }));
      if (window.endsAt <= window.startsAt)
        return bad(say("has a window for {day} that ends before it starts", { day }));
      windows.push(window);
    }
  }
  windows.sort((a, b) => a.weekday - b.weekday || a.startsAt - b.startsAt);
  const overlaps = windows.some((window, n) => {
    const before = windows[n - 1];
    return before?.weekday === window.weekday && before.endsAt > window.startsAt;
  });
  return overlaps ? bad(say("has windows that overlap")) : { windows, fault: null };
}

/** The same as it is printed: hours as numbers, days without a window left out. */
export function printWindows(windows: readonly ScheduleWindow[]) {
  const hash: Partial<Record<Weekday, [number, number][]>> = {};
  for (const { weekday, startsAt, endsAt } of windows) {
    const day = WEEKDAYS[weekday - 1] as Weekday;
    hash[day] ??= [];
    hash[day].push([hours(startsAt), hours(endsAt)]);
  }
  return hash;
}

function hours(minutes: number) {
  return Math.round((minutes / 60) * 1e6) / 1e6;
}

function bad(fault: string): ReadWindows {
  return { windows: null, fault };
}

// A list of pairs, one bare pair, nothing, or what a query string makes of a list: {"0": {"0": "8", "1": "17"}}.
function pairsIn(value: unknown): unknown[][] | null {
  if (value === null || value === undefined || value === "") return [];
  const list = listFrom(value);
  if (!list) return null;
  const pairs = list.map(listFrom);
  if (pairs.every((pair) => pair !== null)) return pairs;
  return list.length === 2 ? [list] : null;
}

function listFrom(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value);
  if (!entries.every(([key]) => /^\d{1,3}$/.test(key))) return null;
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
}

function windowFrom(weekday: number, pair: unknown[]): ScheduleWindow | null {
  const [startsAt, endsAt] = pair.map(minutesFrom);
  if (pair.length !== 2 || startsAt === undefined || endsAt === undefined) return null;
  if (Number.isNaN(startsAt) || Number.isNaN(endsAt)) return null;
  return { weekday, startsAt, endsAt };
}

/** Minutes after midnight, or NaN for what is no time of day. */
function minutesFrom(value: unknown): number {
  const clock = typeof value === "string" ? /^\s*(\d{1,2}):([0-5]\d)\s*$/.exec(value) : null;
  if (clock) return withinDay(Number(clock[1]) * 60 + Number(clock[2]));
  const isNumber =
    typeof value === "number" || (typeof value === "string" && /^\s*\d+(\.\d+)?\s*$/.test(value));
  if (!isNumber) return Number.NaN;
  const exact = Number(value) * 60;
  const minutes = Math.round(exact);
  return Math.abs(exact - minutes) < 0.001 ? withinDay(minutes) : Number.NaN;
}

function withinDay(minutes: number) {
  return minutes >= 0 && minutes <= 1440 ? minutes : Number.NaN;
}
