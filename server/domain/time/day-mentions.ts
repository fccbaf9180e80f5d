// Every day that a text names, with its position: "16 March", "16.03.", "3/16/2026", "2026. március 16-án", "3月16日",
// "KW 12".
//
// Easy to get wrong: 3/4 is two different days, and a year may be of another calendar. A number counts as a day only
// beside a month or another number; a day that is not in the calendar does not count.

import { daysInWords } from "./days-in-words.ts";
import { daysOfMonth, inMonth, type Lone, nextOfMonth } from "./days-of-month.ts";
import { easternDates, easternDays, easternTomorrow, easternWeekdays } from "./eastern-days.ts";
import { besideDate, ofNextWeek, withWeekdayAfter } from "./joined-mentions.ts";
import { type Mention, type NoteDate, span } from "./mention.ts";
import { numericDays } from "./numeric-days.ts";

/** `text` is folded, its numerals are Arabic and `raw` is the same before folding. */
export function mentionsIn(text: string, raw: string, sent: NoteDate): Mention[] {
  const dates = [...easternDates(raw, sent)];
  const whole = [
    ...numericDays(text, sent),
    ...dates,
    ...easternDays(raw, dates),
    ...easternWeekdays(raw, sent),
    ...easternTomorrow(raw, sent),
    ...daysInWords(text, sent),
  ];
  const found = [...whole, ...ordinals(text, whole, sent)];
  found.sort((one, other) => one.at - other.at || other.end - one.end);
  let end = -1;
  const apart = found.filter((one) => {
    if (one.at < end) return false;
    end = one.end;
    return true;
  });
  return withWeekdayAfter(ofNextWeek(apart, text), text).flatMap((one, index, all) =>
    besideDate(one, all[index - 1], all[index + 1]),
  );
}

function* ordinals(text: string, whole: readonly Mention[], sent: NoteDate): Generator<Mention> {
  const dates = whole.filter(({ kind }) => kind === "date");
  for (const lone of daysOfMonth(text)) {
    const { at, end } = lone;
    if (whole.some((one) => one.kind !== "weekday" && one.at < end && at < one.end)) continue;
    const before = dates.findLast((one) => one.end <= at && at - one.end < 120);
    if (lone.mayBeHour && !before) continue;
    const day = dayOf(lone, before, whole, sent);
    if (day) yield span(at, end, day, "ordinal");
  }
}

/** In the month that is named behind it or is said to be the next one; else the next day of this number. */
function dayOf(
  { of, end, isNextMonth }: Lone,
  before: Mention | undefined,
  whole: readonly Mention[],
  sent: NoteDate,
) {
  const month = whole.find((one) => one.kind === "month" && one.at >= end && one.at - end <= 12);
  if (month) return inMonth(of, month.day);
  if (isNextMonth) return inMonth(of, sent.day.with({ day: 1 }).add({ months: 1 }));
  return nextOfMonth(of, before?.day ?? sent.day);
}
