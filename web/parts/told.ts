// The server writes times inside sentences in the recipient's time zone: "Mon 2 Feb 2026, 09:00 (Europe/Oslo)", and in other
// languages "2026-02-02, 09:00 (Europe/Oslo)". The reader thinks in local hours, so the text is taken apart, and each time
// becomes an instant again.

import { dateFormat } from "../language/formats.ts";

const TIME =
  /(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4})|(?<date>\d{4}-\d{2}-\d{2})), (?<time>\d{2}:\d{2}) \((?<zone>[\w+\-/]+)\)/g;
// texts: not translated, the server writes them so
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

type SentencePart = { text: string; at: Date | null; zone: string | null };

export function takeApart(sentence: string): SentencePart[] {
  const parts: SentencePart[] = [];
  let end = 0;
  for (const found of sentence.matchAll(TIME)) {
    const [text] = found;
    const { day, month = "", year, date, time, zone = "UTC" } = found.groups ?? {};
    if (found.index > end) parts.push({ text: sentence.slice(end, found.index), at: null, zone: null });
    const on = date ? Date.parse(date) : Date.UTC(Number(year), MONTHS.indexOf(month), Number(day));
    const wall = on + Date.parse(`1970-01-01T${time}Z`);
    parts.push({ text, at: instantOf(wall, zone), zone });
    end = found.index + text.length;
  }
  if (end < sentence.length) parts.push({ text: sentence.slice(end), at: null, zone: null });
  return parts;
}

/** The sentence with its times on the reader's clock, as plain text. */
export function toldIn(sentence: string, now: Date) {
  return takeApart(sentence)
    .map(({ text, at, zone }) => (at && zone ? clockOf(at, undefined, now) : text))
    .join("");
}

/** The recipient's time zone, if the sentence names one. */
export function zoneIn(sentence: string) {
  return takeApart(sentence).find(({ zone }) => zone)?.zone ?? null;
}

/** "Mon 2 Feb, 09:00"; the year only where it is not this one. */
export function clockOf(at: Date, timeZone: string | undefined, now: Date) {
  const said = dateFormat({
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

/** "Oslo", for readers who know cities better than zones. */
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
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const there = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return there - Math.floor(instant / 60_000) * 60_000;
}
