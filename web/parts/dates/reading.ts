// Reads a day or a time in the ways people write them: "27 Nov", "27.11.", "2026-11-27", "tomorrow", "fri", "+3"; a time
// after it, as "9:30". The year may be left out: the day is then the next one of that name.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

type Day = { year: number; month: number; day: number };

/** As "2026-11-27"; null for what is no day. */
export function readDay(text: string, now: Date): string | null {
  const read = dayIn(text.trim().toLowerCase(), now);
  return read && written(read);
}

/** As "2026-11-27 09:30:00". Without a time, the one that was there before holds. */
export function readMoment(text: string, now: Date, before: string | null): string | null {
  const said = text.trim().toLowerCase();
  const time = /(?:^|(?<![\s,t])[\s,t]+)(\d{1,2})[:.](\d{2})(?::\d{2})?$/.exec(said);
  const rest = time ? said.slice(0, time.index).replace(/,$/, "") : said.replace(/,$/, "");
  const day = rest === "" ? (before?.slice(0, 10) ?? null) : readDay(rest, now);
  if (!day) return null;
  if (!time) return `${day} ${before?.slice(11, 19) || "09:00:00"}`;
  const [hour, minute] = [Number(time[1]), Number(time[2])];
  return hour < 24 && minute < 60 ? `${day} ${two(hour)}:${two(minute)}:00` : null;
}

function dayIn(text: string, now: Date): Day | null {
  const today = { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
  const later = (days: number) => ofDate(new Date(today.year, today.month - 1, today.day + days));
  if (text === "today") return today;
  if (text === "tomorrow") return later(1);
  if (text === "yesterday") return later(-1);
  const away = /^([+-])(\d{1,4})$/.exec(text);
  if (away) return later(Number(`${away[1]}${away[2]}`));
  const weekday = WEEKDAYS.findIndex((name) => text.length >= 3 && `${name}${LONG[name]}`.startsWith(text));
  if (weekday >= 0) return later((weekday - now.getDay() + 7) % 7 || 7);
  return dateIn(text.replace(/^[a-z]{3,9},?\s+(?=\d)/, ""), today);
}

const LONG: Record<string, string> = {
  sun: "day",
  mon: "day",
  tue: "sday",
  wed: "nesday",
  thu: "rsday",
  fri: "day",
  sat: "urday",
};

function dateIn(text: string, today: Day): Day | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return sound({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) });
  const figures = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4})?)?$/.exec(text);
  if (figures) return withYear(Number(figures[1]), Number(figures[2]), figures[3], today);
  const words = /^(\d{1,2})\.?\s+([a-z]{3,9})\.?,?(?:\s+(\d{4}))?$/.exec(text);
  if (!words) return null;
  const month = MONTHS.findIndex((name) => words[2]?.startsWith(name)) + 1;
  return month === 0 ? null : withYear(Number(words[1]), month, words[3], today);
}

function withYear(day: number, month: number, year: string | undefined, today: Day) {
  if (year) return sound({ year: Number(year), month, day });
  const isPast = month < today.month || (month === today.month && day < today.day);
  return sound({ year: today.year + (isPast ? 1 : 0), month, day });
}

/** There is no 31 June. */
function sound(day: Day) {
  const there = ofDate(new Date(day.year, day.month - 1, day.day));
  return day.year >= 1900 && written(there) === written(day) ? day : null;
}

function ofDate(date: Date): Day {
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
}

function written({ year, month, day }: Day) {
  return `${year}-${two(month)}-${two(day)}`;
}

function two(n: number) {
  return String(n).padStart(2, "0");
}

/** A moment on the viewer's clock, as the fields hold it; and back. */
export function localOf(at: Date) {
  return `${written(ofDate(at))} ${two(at.getHours())}:${two(at.getMinutes())}:00`;
}

export function instantOf(local: string) {
  return new Date(local.replace(" ", "T"));
}
