// The day somebody says they are back, read from an absence note.
//
// Easy to get wrong: 3/4 is two different days, "until the 13th" leaves open whether the 13th is still a holiday, and
// a note names other days too: since when, whom to ask on Fridays. So a day counts only beside a word such as "back",
// "until" or a dash after another day; without a year it is the next of its kind; and beyond 120 days it is none.

import {
  BACK,
  INCLUSIVE,
  MONTH,
  MONTH_PATTERN,
  NEXT_WEEK,
  TOMORROW,
  UNTIL,
  WEEKDAY,
  WEEKDAY_PATTERN,
} from "./calendar-words.ts";
import { folded } from "./phrases.ts";

type Day = Temporal.PlainDate;
export type NoteDate = { day: Day; monthFirst: boolean };
export type Return = { on: Day; quote: string };

const LEAST_DAYS = 1;
const MOST_DAYS = 120;
const LONGEST = 4000;

const FULL_WEEKDAYS = [...WEEKDAY.keys()]
  .filter((word) => word.length >= 5)
  .sort((a, b) => b.length - a.length);
const ARTICLE = "(?:(?:the|den|der|dem|le|el|il|dia|o|d)\\.?\\s{1,3})?";
const MENTION = new RegExp(
  `(?<![\\p{L}\\d])(?:(?:${WEEKDAY_PATTERN})\\.?,?\\s{1,3}${ARTICLE})?(?:${[
    "(?<y1>20\\d\\d)[-/.](?<m1>\\d{1,2})[-/.](?<d1>\\d{1,2})",
    "(?<a>\\d{1,2})(?<sep>[./]|-(?=\\d{1,2}-\\d))\\s?(?<b>\\d{1,2})(?:\\k<sep>\\s?(?<y2>20\\d\\d|\\d\\d)(?!\\d))?",
    `(?<d3>\\d{1,2})(?:st|nd|rd|th|er|:e|[.ºª])?\\s{0,3}(?:de\\s|of\\s|di\\s)?(?<mon3>${MONTH_PATTERN})\\b\\.?(?:,?\\s{1,3}(?:de\\s|del\\s)?(?<y3>20\\d\\d))?`,
    `(?<mon4>${MONTH_PATTERN})\\.?\\s{1,3}(?:the\\s)?(?<d4>\\d{1,2})(?:st|nd|rd|th)?(?:\\s?-\\s?(?<d4b>\\d{1,2})(?:st|nd|rd|th)?)?(?:,?\\s{1,3}(?<y4>20\\d\\d))?(?![\\d:])`,
    "(?<d5>\\d{1,2})(?:st|nd|rd|th)",
    `(?<tomorrow>${TOMORROW})`,
    `(?<week>${NEXT_WEEK})`,
    `(?<weekday>${FULL_WEEKDAYS.join("|")})`,
  ].join("|")})(?![\\p{L}\\d])`,
  "gu",
);

const FILLER =
  "(?:\\s+(?:and|including|the|end|of|den|dem|der|zum|le|el|il|o|dia|dnia|einschliesslich|einschlieslich|einschl|inkl|inklusive|incl|incluido|inclusive|inclusief|en|met|og|med|och|this|next|coming|on|am|kommenden|nachsten)\\.?){0,3}";
const AFTER_BACK = new RegExp(`(?<!\\p{L})(?:${BACK})(?!\\p{L})(?:[^.!?]|(?<=\\bd)\\.){0,45}$`, "u");
const AFTER_UNTIL = new RegExp(`(?<!\\p{L})(?:${UNTIL})${FILLER}\\s*$`, "u");
const SAYS_INCLUSIVE = new RegExp(`(?<!\\p{L})(?:${INCLUSIVE})(?!\\p{L})`, "u");
const AFTER_RANGE =
  /^[\s.,]*(?:-|to|and|bis|au|al|a|e|ao|ate|tot|till|til|through|thru|until|do|och|en)(?:\s+(?:the|zum|den|dem|le|el|il|og med|en met|och med|and including|dia|dnia))?\s*$/;
const AFTER_NUMBER =
  /(?<![\d.:])\d{1,2}(?:st|nd|rd|th|er|[.º])?(?:\s*[-/]\s*|\s+(?:to|bis|bis zum|au|al|a|ao|ate|tot|tot en met|till|til|through|do)\s+(?:the\s|den\s|le\s|el\s)?)$/;
const AFTER_BETWEEN =
  /(?<!\p{L})(?:between|entre|zwischen|tussen|mellan|mellom|mellem|tra)\s+(?:\p{L}{1,3}\s)?\d{1,2}(?:st|nd|rd|th|[.º])?\s+\p{L}{1,3}\s+(?:\p{L}{1,3}\s)?$/u;
const BEFORE_AGAIN =
  /^[.,]?\s*(?:\p{L}+\s){0,3}(?:wieder|again|ponownie|igjen|igen|jalleen|weer|de nouveau|nuovamente|novamente|de nuevo|onwards?)(?!\p{L})/u;

type Weight = "back" | "until" | "after";
type Named = { weight: Weight; day: Day; isWeekday: boolean; at: number; end: number };

export function returnIn(text: string, sent: NoteDate): Return | null {
  const source = text.slice(0, LONGEST);
  const named = daysNamed(folded(source), sent);
  const until = named.find(({ weight }) => weight !== "back");
  const back = named.find(({ weight }) => weight === "back");
  const chosen = back ?? until;
  if (!chosen) return null;
  // "Until Friday the 13th, back on Monday": the Monday after it, not the one before.
  const isLater = back?.isWeekday && until && !until.isWeekday;
  const on = isLater ? nextWeekday(until.day, back.day.dayOfWeek) : firstDayBack(chosen);
  const days = sent.day.until(on).days;
  if (days < LEAST_DAYS || days > MOST_DAYS) return null;
  const quote = source.slice(Math.max(0, chosen.at - 40), chosen.end);
  return { on, quote: quote.replace(/\s+/g, " ").trim() };
}

const firstDayBack = ({ weight, day }: Named) => (weight === "after" ? day.add({ days: 1 }) : day);

function daysNamed(text: string, sent: NoteDate): Named[] {
  const named: Named[] = [];
  let lastEnd = -1;
  for (const found of text.matchAll(MENTION)) {
    const end = found.index + found[0].length;
    const between = lastEnd === -1 ? null : text.slice(lastEnd, found.index);
    const before = text.slice(Math.max(0, found.index - 60, lastEnd), found.index);
    const day = dayOf(found.groups ?? {}, sent);
    const weight = weightOf(before, between, text.slice(end, end + 40), found.groups?.d4b !== undefined);
    lastEnd = end;
    const isWeekday = found.groups?.weekday !== undefined;
    // "Monday to Wednesday" is how somebody works, not when somebody is away.
    if (!day || !weight || (isWeekday && weight === "after")) continue;
    if (isWithin(day, sent)) named.push({ weight, day, isWeekday, at: found.index, end });
  }
  return named;
}

function weightOf(before: string, between: string | null, after: string, isRange: boolean): Weight | null {
  if (AFTER_BACK.test(before) || BEFORE_AGAIN.test(after)) return "back";
  if (
    isRange ||
    AFTER_NUMBER.test(before) ||
    AFTER_BETWEEN.test(before) ||
    (between !== null && AFTER_RANGE.test(between))
  )
    return "after";
  const isUntil = AFTER_UNTIL.test(before) || /^\s*\.?\s*(?:saakka|asti)(?!\p{L})/u.test(after);
  if (!isUntil) return null;
  const isInclusive = SAYS_INCLUSIVE.test(before.slice(-30)) || SAYS_INCLUSIVE.test(after.slice(0, 16));
  return isInclusive ? "after" : "until";
}

const isWithin = (day: Day, sent: NoteDate) => {
  const { days } = sent.day.until(day);
  return days >= 0 && days <= MOST_DAYS;
};

type Groups = Record<string, string | undefined>;

function dayOf(groups: Groups, sent: NoteDate): Day | null {
  if (groups.tomorrow) return sent.day.add({ days: 1 });
  if (groups.week) return nextWeekday(sent.day, 1);
  if (groups.weekday) return nextWeekday(sent.day, WEEKDAY.get(groups.weekday) ?? 1);
  if (groups.y1) return civil(sent, groups.y1, groups.m1, groups.d1);
  if (groups.mon3) return civil(sent, groups.y3, String(MONTH.get(groups.mon3)), groups.d3);
  if (groups.d5) return nextOfMonth(sent.day, Number(groups.d5));
  if (groups.mon4) return civil(sent, groups.y4, String(MONTH.get(groups.mon4)), groups.d4b ?? groups.d4);
  const orders = [
    [groups.b, groups.a],
    [groups.a, groups.b],
  ] as const;
  // Only slashes are written in both orders.
  const tried = groups.sep !== "/" ? orders.slice(0, 1) : sent.monthFirst ? orders.toReversed() : orders;
  for (const [month, day] of tried) {
    const found = civil(sent, groups.y2, month, day);
    if (found && isWithin(found, sent)) return found;
  }
  return null;
}

function civil(sent: NoteDate, year: string | undefined, month: string | undefined, day: string | undefined) {
  const parts = { month: Number(month), day: Number(day) };
  try {
    if (year !== undefined) {
      const full = year.length === 2 ? 2000 + Number(year) : Number(year);
      return Temporal.PlainDate.from({ ...parts, year: full }, { overflow: "reject" });
    }
    const same = Temporal.PlainDate.from({ ...parts, year: sent.day.year }, { overflow: "reject" });
    return Temporal.PlainDate.compare(same, sent.day) < 0 ? same.add({ years: 1 }) : same;
  } catch {
    return null;
  }
}

function nextOfMonth(from: Day, day: number) {
  for (let months = 0; months < 3; months++) {
    const first = from.with({ day: 1 }).add({ months });
    const found = day >= 1 && day <= first.daysInMonth ? first.with({ day }) : null;
    if (found && Temporal.PlainDate.compare(found, from) > 0) return found;
  }
  return null;
}

function nextWeekday(day: Day, weekday: number) {
  return day.add({ days: ((weekday - day.dayOfWeek + 6) % 7) + 1 });
}
