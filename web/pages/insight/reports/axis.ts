// Groups of a report that come from the clock: what they are called, and all that there are, so that a quiet hour has its place.

import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import type { Dimension } from "./asked.ts";

type Named = { key: string; name: string };

const WEEKDAY = dateFormat({ weekday: "long", timeZone: "UTC" });
const DATE = dateFormat({ day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const MONTH = dateFormat({ month: "short", year: "numeric", timeZone: "UTC" });
/** A Monday. */
const FIRST = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

const isWeekday = (by: Dimension) => by === "day_of_week" || by === "reply_day_of_week";
const isHour = (by: Dimension) => by === "hour_of_day" || by === "reply_hour";

/** In the language of the screen; the server says it in English. */
export function sayGroup(by: Dimension, key: string, readable: string) {
  if (key === "none") return t("None");
  if (isWeekday(by)) return WEEKDAY.format(FIRST + (Number(key) - 1) * DAY_MS);
  if (by === "day") return DATE.format(new Date(`${key}T00:00:00Z`));
  if (by === "week") return t("Week of {day}", { day: DATE.format(new Date(`${key}T00:00:00Z`)) });
  if (by === "month") return MONTH.format(new Date(`${key}-01T00:00:00Z`));
  return readable;
}

/** All weekdays, and all hours from the first that has something to the last. */
export function wholeAxis<Group extends Named>(
  by: Dimension | null,
  groups: readonly Group[],
  empty: (named: Named) => Group,
): Group[] {
  const known = new Map(groups.map((group) => [group.key, group]));
  const keys = by === null ? [] : keysOf(by, [...known.keys()]);
  if (by === null || keys.length === 0) return [...groups];
  const among = keys.map((key) => known.get(key) ?? empty({ key, name: sayGroup(by, key, `${key}:00`) }));
  return [...among, ...groups.filter(({ key }) => !keys.includes(key))];
}

function keysOf(by: Dimension, present: readonly string[]) {
  if (isWeekday(by)) return ["1", "2", "3", "4", "5", "6", "7"];
  if (!isHour(by)) return [];
  const hours = present.map(Number).filter(Number.isFinite);
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => String(first + n).padStart(2, "0"));
}
