// The server tells times inside sentences as they are where the recipient is: "Mon 2 Feb 2026, 09:00 (Europe/Oslo)".
// Whoever reads thinks in hours of their own, so the text is taken apart, and each time becomes an instant again.

const TIME =
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}), (\d{2}):(\d{2}) \(([\w+\-/]+)\)/g;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export type Told = { text: string; at: Date | null; zone: string | null };

export function takeApart(sentence: string): Told[] {
  const parts: Told[] = [];
  let end = 0;
  for (const found of sentence.matchAll(TIME)) {
    const [text, day, month = "", year, hour, minute, zone = "UTC"] = found;
    if (found.index > end) parts.push({ text: sentence.slice(end, found.index), at: null, zone: null });
    const wall = Date.UTC(Number(year), MONTHS.indexOf(month), Number(day), Number(hour), Number(minute));
    parts.push({ text, at: instantOf(wall, zone), zone });
    end = found.index + text.length;
  }
  if (end < sentence.length) parts.push({ text: sentence.slice(end), at: null, zone: null });
  return parts;
}

/** The zone of whoever the sentence is about, if it names one. */
export function zoneIn(sentence: string) {
  return takeApart(sentence).find(({ zone }) => zone)?.zone ?? null;
}

/** "Mon 2 Feb, 09:00"; the year only where it is not this one. */
export function clockOf(at: Date, timeZone: string | undefined, now: Date) {
  const said = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(at.getFullYear() !== now.getFullYear() && { year: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    ...(timeZone && { timeZone }),
  }).format(at);
  return said.replace(/^(\w+),/, "$1"); // some versions of the language's data have a comma there, some have none
}

/** "Oslo", for whoever knows cities better than zones. */
export function placeOf(zone: string) {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}

function instantOf(wall: number, zone: string): Date | null {
  try {
    const first = wall - offsetAt(wall, zone);
    return new Date(wall - offsetAt(first, zone)); // again, for the days on which clocks are turned
  } catch {
    return null; // a zone this browser has never heard of
  }
}

function offsetAt(instant: number, timeZone: string) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" },
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const there = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return there - Math.floor(instant / 60_000) * 60_000;
}
