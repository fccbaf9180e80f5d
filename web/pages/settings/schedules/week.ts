// A schedule's hours, day by day, and how they are said.

import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";

export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type DayName = (typeof DAYS)[number];

const short = dateFormat({ weekday: "short", timeZone: "UTC" });
const long = dateFormat({ weekday: "long", timeZone: "UTC" });
const dateOf = (day: DayName) => new Date(Date.UTC(2024, 0, 1 + DAYS.indexOf(day))); // a Monday

export const shortDay = (day: DayName) => short.format(dateOf(day));
export const longDay = (day: DayName) => long.format(dateOf(day));

/** From and until, in hours of the day; fractions are whole minutes. */
export type HourRange = readonly [from: number, until: number];
export type WeekHours = Readonly<Partial<Record<string, readonly HourRange[]>>>;

/** 8.5 as "08:30"; midnight at a day's end as "00:00", which is how a clock has it. */
export function clockOf(hour: number) {
  const minutes = Math.round(hour * 60) % (24 * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

export function hourOf(clock: string) {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours + minutes / 60;
}

export function sayHours(spans: readonly HourRange[]) {
  if (spans.length === 0) return t("closed");
  if (spans.length === 1 && spans[0]?.[0] === 0 && spans[0][1] === 24) return t("all day");
  return spans
    .map(([from, until]) => `${clockOf(from)}–${until === 24 ? "24:00" : clockOf(until)}`)
    .join(", ");
}

/** Days with the same hours in a row are said at once: "Mon to Fri 08:00–17:00". */
export function sayWeek(hours: WeekHours) {
  const runs: { days: DayName[]; says: string }[] = [];
  for (const day of DAYS) {
    const says = sayHours(hours[day] ?? []);
    const last = runs.at(-1);
    if (last?.says === says) last.days.push(day);
    else runs.push({ days: [day], says });
  }
  const open = runs.filter(({ says }) => says !== t("closed"));
  if (open.length === 0) return t("No sending hours");
  return open.map(({ days, says }) => `${sayDays(days)} ${says}`).join(", ");
}

function sayDays(days: readonly DayName[]) {
  const name = (day: DayName | undefined) => (day ? shortDay(day) : "");
  return days.length === 1
    ? name(days[0])
    : t("{name} to {name2}", { name: name(days[0]), name2: name(days.at(-1)) });
}
