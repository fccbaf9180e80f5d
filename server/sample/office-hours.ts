// When people of the sample team work: weekdays, from seven to four in UTC, which is a day in Europe.

import { DAY, HOUR } from "./acting.ts";
import type { Chance } from "./chance.ts";

/** Some moment of work on the day of `when`, or on the Monday after a weekend. */
export function atWork(chance: Chance, when: number): number {
  let day = Math.floor(when / DAY);
  while (isWeekend(day)) day++;
  return day * DAY + 7 * HOUR + Math.floor(chance.next() * 9 * HOUR);
}

/** The same, or where that would be later than `latest`, on the last day of work before. */
export function atWorkBy(chance: Chance, when: number, latest: number): number {
  for (let day = when; ; day -= DAY) {
    const at = atWork(chance, day);
    if (at <= latest) return at;
  }
}

/** So many working days later, at about the same time of day. */
export function workingDaysAfter(chance: Chance, when: number, days: number): number {
  let day = Math.floor(when / DAY);
  for (let left = days; left > 0; ) if (!isWeekend(++day)) left--;
  const time = (when % DAY) + (chance.next() - 0.3) * HOUR;
  return day * DAY + Math.min(16 * HOUR, Math.max(7 * HOUR, Math.floor(time)));
}

// 1 January 1970 was a Thursday.
function isWeekend(day: number) {
  const weekday = (day + 4) % 7;
  return weekday === 0 || weekday === 6;
}
