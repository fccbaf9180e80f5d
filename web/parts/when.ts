// Times for people: how long ago in words, and the exact moment in the viewer's zone beside it.

import { dateFormat, relativeFormat } from "../language/formats.ts";
import { t } from "../language/t.ts";

const RELATIVE = relativeFormat({ numeric: "auto" });
// Made once: making one takes longer than drawing a row.
const DAY = dateFormat({ day: "numeric", month: "short" });
const DAY_AND_YEAR = dateFormat({ day: "numeric", month: "short", year: "numeric" });
const CLOCK = dateFormat({ hour: "2-digit", minute: "2-digit" });
const WEEKDAY = dateFormat({ weekday: "short" });
const EXACT = dateFormat({
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});
const STEPS = [
  ["minute", 60],
  ["hour", 3600],
  ["day", 86_400],
] as const;

/** "just now", "12 minutes ago", "in 3 days"; older than a week as the day itself. */
export function relativeTo(at: string, now: Date): string {
  const seconds = (Date.parse(at) - now.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 45) return t("just now");
  if (distance >= 7 * 86_400) return dayOf(at, now);
  const [unit, size] = STEPS.findLast(([, least]) => distance >= least) ?? STEPS[0];
  const count = Math.round(distance / size) || 1;
  return RELATIVE.format(Math.sign(seconds) * count, unit);
}

/** "4 Sep", with the year where it is not this one. */
export function dayOf(at: string, now: Date) {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === now.getFullYear();
  return (isThisYear ? DAY : DAY_AND_YEAR).format(date);
}

/** "Thu 20 Nov 2026, 14:20:05 GMT+1" */
export function exactly(at: string) {
  return EXACT.format(new Date(at));
}

export function clockIn(timeZone: string, now: Date) {
  return dateFormat({ timeZone, hour: "2-digit", minute: "2-digit" }).format(now);
}

export function greetingAt(hour: number) {
  if (hour < 5) return t("Good night");
  if (hour < 12) return t("Good morning");
  return hour < 18 ? t("Good afternoon") : t("Good evening");
}

export function endOfToday(now: Date) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
}

/** As the server counts a day: 24 hours. */
export function aDayAfter(moment: Date) {
  return new Date(moment.getTime() + 86_400_000);
}

/** 09:00 so many days from now, where the viewer is. */
export function morningIn(days: number, now: Date) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
}

/** 09:00 on the Monday after this week. */
export function nextMonday(now: Date) {
  return morningIn((8 - now.getDay()) % 7 || 7, now);
}

/** "Thu 27 Nov, 09:00", the year where it is not this one. */
export function dayAndTime(at: string, now: Date) {
  const date = new Date(at);
  return dateFormat({
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(date.getFullYear() !== now.getFullYear() && { year: "numeric" }),
  }).format(date);
}

/** Where the day is said already. */
export const timeOfDay = (at: string) => CLOCK.format(new Date(at));

/** Today as "14:20", this week as "Tue", then as the day. */
export function briefly(at: string, now: Date) {
  const date = new Date(at);
  if (date.toDateString() === now.toDateString()) return CLOCK.format(date);
  const days = Math.abs(date.getTime() - now.getTime()) / 86_400_000;
  if (days < 6) return WEEKDAY.format(date);
  return dayOf(at, now);
}
