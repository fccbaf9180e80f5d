// The days on which a schedule that skips holidays stays closed for a contact: the public holidays of the contact's
// calendar, and the days that the team has set itself.
//
// They are dates and nothing else: the zone in force says when such a day begins. Where a law moves a holiday off a
// weekend, the calendar says so.

import { say, spokenRegion } from "../../kernel/say.ts";
import { calendarName, LAST_YEAR, publicHolidayOn } from "./public-holidays.ts";

/** A day, or several in a row, on which the team does not work. */
export type OwnHoliday = { name: string; startsOn: string; endsOn: string; everyYear: boolean };

/** `of` is the calendar's name; null: the team's own day. */
export type NamedHoliday = { name: string; of: string | null };

export type Holidays = { on(date: Temporal.PlainDate): NamedHoliday | null };

/** From here on no day is a holiday, nor need one be asked about. */
export const NO_MORE = new Temporal.PlainDate(LAST_YEAR + 1, 1, 1);

/** Longer ones are no holidays, and a schedule must come to its next opening. */
export const MOST_DAYS_OF_OWN = 60;

export function holidaysOf(calendar: string | null, own: readonly OwnHoliday[]): Holidays {
  const occasions = own.map(occasionsOf);
  const known = new Map<string, NamedHoliday | null>();
  const find = (date: Temporal.PlainDate, text: string): NamedHoliday | null => {
    const mine = own[occasions.findIndex((isOn) => isOn(date))];
    if (mine) return { name: mine.name, of: null };
    const name = calendar && publicHolidayOn(calendar, text);
    return name ? { name, of: calendarName(calendar) } : null;
  };
  return {
    on(date) {
      if (date.year > LAST_YEAR) return null;
      const text = date.toString();
      const found = known.has(text) ? (known.get(text) ?? null) : find(date, text);
      known.set(text, found);
      return found;
    },
  };
}

/** "Monday 25 May is a holiday in Germany: Whit Monday." */
export function holidaySays({ name, of }: NamedHoliday, date: Temporal.PlainDate) {
  const day = date
    .toLocaleString(spokenRegion(), { weekday: "long", day: "numeric", month: "long" })
    .replace(",", "");
  return of
    ? say("{day} is a holiday in {of}: {name}.", { day, of, name })
    : say("{day} is a day off of your team: {name}.", { day, name });
}

/** A yearly one may begin in one year and end in the next. 29 February is the 28th where there is none. */
function occasionsOf({ startsOn, endsOn, everyYear }: OwnHoliday) {
  const starts = Temporal.PlainDate.from(startsOn);
  const length = starts.until(Temporal.PlainDate.from(endsOn)).days;
  const holds = (begin: Temporal.PlainDate, date: Temporal.PlainDate) =>
    !isBefore(date, begin) && !isBefore(begin.add({ days: length }), date);
  return (date: Temporal.PlainDate) => {
    if (!everyYear) return holds(starts, date);
    const begins = [date.year - 1, date.year].map((year) => starts.with({ year }));
    return begins.some((begin) => !isBefore(begin, starts) && holds(begin, date));
  };
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate) {
  return Temporal.PlainDate.compare(one, other) < 0;
}
