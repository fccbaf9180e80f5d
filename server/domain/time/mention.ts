// A day that a text names, and where.

export type Day = Temporal.PlainDate;
export type NoteDate = { day: Day; monthFirst: boolean };
export type Mention = {
  at: number;
  end: number;
  day: Day;
  /** "ordinal" is a day without its month. */
  kind: "date" | "weekday" | "tomorrow" | "next week" | "this week" | "week" | "month" | "ordinal";
  /** It is the end of "2 to 13 March". */
  endsRange: boolean;
  /** The first day of that range. */
  from?: Day;
};

const MOST_DAYS = 120;

export const isWithin = (day: Day, sent: NoteDate) => {
  const { days } = sent.day.until(day);
  return days >= 0 && days <= MOST_DAYS;
};

export const mention = (at: number, text: string, day: Day, kind: Mention["kind"]) =>
  span(at, at + text.length, day, kind);
export const span = (at: number, end: number, day: Day, kind: Mention["kind"]): Mention => ({
  at,
  end,
  day,
  kind,
  endsRange: false,
});

export function civil(sent: NoteDate, year?: string, month?: string, day?: string): Day | null {
  const parts = { month: Number(month), day: Number(day) };
  try {
    if (year !== undefined) {
      const given = Number(year);
      // Thailand counts from 543 years earlier.
      const full = year.length <= 2 ? 2000 + given : given > 2400 ? given - 543 : given;
      return Temporal.PlainDate.from({ ...parts, year: full }, { overflow: "reject" });
    }
    const same = Temporal.PlainDate.from({ ...parts, year: sent.day.year }, { overflow: "reject" });
    const isPast = same.until(sent.day).days > 0;
    // A note of January speaks of last December as well: what is long past this year is next year's.
    return isPast && same.until(sent.day).days > 60 ? same.add({ years: 1 }) : same;
  } catch {
    return null;
  }
}

export const nextWeekday = (day: Day, weekday: number) =>
  day.add({ days: ((weekday - day.dayOfWeek + 6) % 7) + 1 });
