// Mentions that belong together: a weekday and its date, a weekday and its week.

import type { Mention } from "./mention.ts";

const isWeek = (one?: Mention) => one?.kind === "next week" || one?.kind === "week";

/** "Nächste Woche Mittwoch", "Wednesday next week", "måndag vecka 50". */
export function ofNextWeek(mentions: readonly Mention[], text: string): Mention[] {
  const joins = (one?: Mention, other?: Mention) =>
    one !== undefined &&
    other !== undefined &&
    /^[\s,]{0,2}(?:\p{L}{1,4}\s)?$/u.test(text.slice(one.end, other.at));
  const both = (week: Mention, weekday: Mention): Mention => ({
    ...weekday,
    at: Math.min(week.at, weekday.at),
    end: Math.max(week.end, weekday.end),
    day: week.day.add({ days: weekday.day.dayOfWeek - 1 }),
  });
  return mentions.flatMap((one, index) => {
    const [before, after] = [mentions[index - 1], mentions[index + 1]];
    if (one.kind === "weekday") {
      if (after && isWeek(after) && joins(one, after)) return [both(after, one)];
      return [before && isWeek(before) && joins(before, one) ? both(before, one) : one];
    }
    const isTaken =
      (before?.kind === "weekday" && joins(before, one)) || (after?.kind === "weekday" && joins(one, after));
    return isWeek(one) && isTaken ? [] : [one];
  });
}

/** "16 Mart Pazartesi", "március 16-án, hétfőn": a weekday directly after a date is a part of it. */
export function withWeekdayAfter(mentions: readonly Mention[], text: string): Mention[] {
  const belongs = (one: Mention, next?: Mention) =>
    one.kind === "date" &&
    next?.kind === "weekday" &&
    next.day.dayOfWeek === one.day.dayOfWeek &&
    /^(?:-?\p{L}{1,4})?[\s,(]{1,3}$/u.test(text.slice(one.end, next.at));
  return mentions.flatMap((one, index) => {
    const before = mentions[index - 1];
    if (before && belongs(before, one)) return [];
    const next = mentions[index + 1];
    return [belongs(one, next) && next ? { ...one, end: next.end } : one];
  });
}

/** "Monday, March 16" is one day: the weekday goes with its date. */
export function besideDate(one: Mention, before?: Mention, after?: Mention): Mention[] {
  const isNear = (first: Mention, second: Mention) => second.at - first.end <= 7;
  const isWeekday = (mention?: Mention) => mention?.kind === "weekday";
  const isDate = (mention?: Mention) => mention?.kind === "date" || mention?.kind === "ordinal";
  if (isWeekday(one) && after && isDate(after) && isNear(one, after)) return [];
  const named = isDate(one) && before && isWeekday(before) && isNear(before, one);
  return [named ? { ...one, at: before.at } : one];
}
