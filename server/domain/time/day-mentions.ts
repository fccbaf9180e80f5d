// Every day that a text names, with its position: "16 March", "16.03.", "3/16/2026", "2026. március 16-án", "3月16日",
// "KW 12".
//
// Easy to get wrong: 3/4 is two different days, and a year may be of another calendar. A number counts as a day only
// beside a month or another number; a day that is not in the calendar does not count.

import { monthOf, weekdayOf } from "./calendar-names.ts";
import { CROATIAN, NEXT_WEEK, THIS_WEEK, TOMORROW, WEEK } from "./calendar-words.ts";
import { daysOfMonth, inMonth, type Lone, nextOfMonth } from "./days-of-month.ts";

type Day = Temporal.PlainDate;
export type NoteDate = { day: Day; monthFirst: boolean };
export type Mention = {
  at: number;
  end: number;
  day: Day;
  /** "ordinal" is a day without its month. */
  kind: "date" | "weekday" | "tomorrow" | "next week" | "this week" | "week" | "month" | "ordinal";
  /** It is the end of "2 to 13 March". */
  endsRange: boolean;
};

const MOST_DAYS = 120;

export const isWithin = (day: Day, sent: NoteDate) => {
  const { days } = sent.day.until(day);
  return days >= 0 && days <= MOST_DAYS;
};

const NUMERIC =
  /(?<![\d:/])(?<!\d[.-])(?:(?<y1>2[05]\d\d)[-/.](?<m1>\d{1,2})[-/.](?<d1>\d{1,2})|(?<a>\d{1,2})(?<sep>\. ?|[/-])(?<b>\d{1,2})(?:(?:\. ?|[/-])(?<y2>2[05]\d\d)|[./-](?<y3>\d\d)(?![\d:.]))?)(?![\d:/]|-\d)/g;
const EASTERN =
  /(?:(?:(?<era>令和|平成|民國|民国)(?<ey>\d{1,3}|元)|(?<y>2[05]\d\d|\d\d))[年년] ?)?(?<m>\d{1,2})[月월] ?(?<d>\d{1,2})[日일号號]/g;
/** "3月6日まで不在、9日より": a day of the month that was named before it, or of the next one. */
const EASTERN_DAY = /(?<![\d月월年년第] ?)(?<d>\d{1,2})[日일号號](?!間|내|간)/g;
const WORD = /[\p{L}\p{M}']+|\d{1,4}/gu;

/** `text` is folded, its numerals are Arabic and `raw` is the same before folding. */
export function mentionsIn(text: string, raw: string, sent: NoteDate): Mention[] {
  const dates = [...eastern(raw, sent)];
  const whole = [
    ...numeric(text, sent),
    ...dates,
    ...easternDays(raw, dates),
    ...easternWeekdays(raw, sent),
    ...inWords(text, sent),
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

/** "Nächste Woche Mittwoch", "Wednesday next week". */
function ofNextWeek(mentions: readonly Mention[], text: string): Mention[] {
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
      if (after?.kind === "next week" && joins(one, after)) return [both(after, one)];
      return [before?.kind === "next week" && joins(before, one) ? both(before, one) : one];
    }
    const isTaken =
      (before?.kind === "weekday" && joins(before, one)) || (after?.kind === "weekday" && joins(one, after));
    return one.kind === "next week" && isTaken ? [] : [one];
  });
}

/** "16 Mart Pazartesi", "március 16-án, hétfőn": a weekday directly after a date is a part of it. */
function withWeekdayAfter(mentions: readonly Mention[], text: string): Mention[] {
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
function besideDate(one: Mention, before?: Mention, after?: Mention): Mention[] {
  const isNear = (first: Mention, second: Mention) => second.at - first.end <= 7;
  const isWeekday = (mention?: Mention) => mention?.kind === "weekday";
  const isDate = (mention?: Mention) => mention?.kind === "date" || mention?.kind === "ordinal";
  if (isWeekday(one) && after && isDate(after) && isNear(one, after)) return [];
  const named = isDate(one) && before && isWeekday(before) && isNear(before, one);
  return [named ? { ...one, at: before.at } : one];
}

/** "2.-13.3.2026", "entre os dias 4 e 13/03". */
const LONE_START =
  /(?<![\d./])\d{1,2}\.?\s?(?:[-–~]|(?:to|and|und|bis|et|au|y|al?|e|ate|en|tot|og|och|til|till|do|az|i|si|и|і|in|ja|un|ir)(?!\p{L}))\s?$/u;

function* numeric(text: string, sent: NoteDate): Generator<Mention> {
  for (const found of text.matchAll(NUMERIC)) {
    const { y1, m1, d1, a, b, sep, y2, y3 } = found.groups ?? {};
    const day = y1 ? civil(sent, y1, m1, d1) : ordered(sent, sep === "/", a, b, y2 ?? y3);
    if (!day) continue;
    const before = text.slice(Math.max(0, found.index - 12), found.index);
    const endsRange = LONE_START.test(before);
    yield { ...mention(found.index, found[0], day, "date"), endsRange };
  }
}

/** Only slashes are written in both orders. Of two days that both may be, the one that is not too far off. */
function ordered(sent: NoteDate, isSlash: boolean, a?: string, b?: string, year?: string): Day | null {
  const usual = [civil(sent, year, b, a), isSlash ? civil(sent, year, a, b) : null];
  const tried = isSlash && sent.monthFirst ? usual.toReversed() : usual;
  return (
    tried.find((day) => day !== null && isWithin(day, sent)) ?? tried.find((day) => day !== null) ?? null
  );
}

function* eastern(raw: string, sent: NoteDate): Generator<Mention> {
  for (const found of raw.matchAll(EASTERN)) {
    const { era, ey, y, m, d } = found.groups ?? {};
    const since = era === "令和" ? 2018 : era === "平成" ? 1988 : 1911;
    const year = era ? String(since + (ey === "元" ? 1 : Number(ey))) : y;
    const day = civil(sent, year, m, d);
    if (day) yield mention(found.index, found[0], day, "date");
  }
}

function* easternDays(raw: string, dates: readonly Mention[]): Generator<Mention> {
  for (const found of raw.matchAll(EASTERN_DAY)) {
    const before = dates.findLast(({ end }) => end <= found.index);
    const of = Number(found.groups?.d);
    if (!before || of < 1) continue;
    const day = nextOfMonth(of, before.day);
    if (day) yield mention(found.index, found[0], day, "date");
  }
}

const EASTERN_WEEKDAY =
  /(?<next>来週の?|來週の?|다음 ?주 ?|下周|下週|下个?星期)?(?:(?<ja>[月火水木金土日])曜日?|(?<ko>[월화수목금토일])요일|(?<=(?<!每)(?:周|週|星期))(?<zh>[一二三四五六日天]))/g;

/** Of the next week where they say so: "来週月曜日", "다음 주 월요일", "下周一". */
function* easternWeekdays(raw: string, sent: NoteDate): Generator<Mention> {
  if (!/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(raw)) return;
  for (const found of raw.matchAll(EASTERN_WEEKDAY)) {
    const { next, ja, ko, zh } = found.groups ?? {};
    const isNext = next !== undefined || /下个?(?:周|週|星期)$/.test(raw.slice(0, found.index));
    const weekday =
      1 + (ja ? "月火水木金土日".indexOf(ja) : ko ? "월화수목금토일".indexOf(ko) : zhWeekday(zh ?? ""));
    const day = isNext ? nextWeekday(sent.day, 1).add({ days: weekday - 1 }) : nextWeekday(sent.day, weekday);
    yield mention(found.index, found[0], day, "weekday");
  }
}

const zhWeekday = (sign: string) => (sign === "天" ? 6 : "一二三四五六日".indexOf(sign));

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

type Token = { text: string; at: number; end: number; month: number | null; number: number | null };

function* inWords(text: string, sent: NoteDate): Generator<Mention> {
  const isCroatian = CROATIAN.test(text);
  const hasWeek = WEEKS.test(text);
  const tokens = [...text.matchAll(WORD)].map(({ 0: word, index }): Token => {
    const number = /^\d/.test(word) ? Number(word) : null;
    const month = number === null ? monthOf(word, isCroatian) : null;
    return { text: word, at: index, end: index + word.length, month: month || null, number };
  });
  for (const [index, token] of tokens.entries()) {
    if (token.month !== null) yield* aroundMonth(text, tokens, index, sent);
    else if (token.number !== null) yield* week(text, tokens, index, sent);
    else yield* byName(text, token, sent, hasWeek);
  }
}

const isDay = (token: Token | undefined) =>
  token !== undefined && token.number !== null && token.number >= 1 && token.number <= 31;
const yearIn = (token: Token | undefined) =>
  token?.number != null && token.number >= 2000 && token.number < 2700 ? String(token.number) : undefined;
const gap = (text: string, from: Token, to: Token) => text.slice(from.end, to.at);

/** "16 March 2026", "March 16th, 2026", "2 - 13 March", "2026. március 16-án"; a month alone is its first day. */
function* aroundMonth(
  text: string,
  tokens: readonly Token[],
  index: number,
  sent: NoteDate,
): Generator<Mention> {
  const month = tokens[index] as Token;
  const before = dayBefore(text, tokens, index);
  const after = tokens[index + 1];
  if (before) {
    const year = yearIn(tokens.slice(index + 1, index + 4).find((one) => yearIn(one)));
    const day = civil(sent, year, String(month.month), before.day.text);
    if (day) yield { ...span(before.day.at, month.end, day, "date"), endsRange: before.isRange };
    return;
  }
  if (
    after !== undefined &&
    isDay(after) &&
    gap(text, month, after).length <= 5 &&
    !/^:\d/.test(text.slice(after.end, after.end + 2))
  ) {
    const last = /^(?:es|ir)$/.test(tokens[index + 2]?.text ?? "") ? tokens[index + 3] : tokens[index + 2];
    const joins = last ? gap(text, after, last) : "";
    const isRange =
      last !== undefined && isDay(last) && /^(?:st|nd|rd|th|\.)? ?(?:[-–—~]|es|ir) ?$/.test(joins);
    const chosen = isRange && last ? last : after;
    const year =
      yearIn(tokens.slice(index + 2, index + 5).find((one) => yearIn(one))) ??
      yearIn(tokens[index - 1]) ??
      yearIn(tokens[index - 2]);
    const day = civil(sent, year, String(month.month), chosen.text);
    if (day) yield { ...span(month.at, chosen.end, day, "date"), endsRange: isRange };
    return;
  }
  if (month.text.length < 4) return;
  const first = civil(sent, yearIn(after), String(month.month), "1");
  if (first) yield span(month.at, month.end, first, "month");
}

/** The number before a month, past "th", "de", "of" and what else stands between; and whether it ends a range. */
function dayBefore(text: string, tokens: readonly Token[], index: number) {
  const month = tokens[index] as Token;
  for (let at = index - 1; at >= Math.max(0, index - 3); at--) {
    const token = tokens[at] as Token;
    if (isDay(token)) {
      if (
        !CONNECTS.test(gap(text, token, month)) ||
        /[\d:]$/.test(text.slice(Math.max(0, token.at - 1), token.at))
      )
        return null;
      const start = tokens.slice(Math.max(0, at - 3), at).find(isDay);
      const isRange = start !== undefined && RANGE.test(gap(text, start, token));
      return { day: token, isRange };
    }
    if (token.text.length > 3) return null;
  }
  return null;
}

/** What stands between a day and its month: "16th of March", "16. März", "16 de marzo". */
const CONNECTS = /^(?:st|nd|rd|th|er|:e|[.ºª°])?\s{0,3}(?:(?:de|of|di|dia|den|ta'|thang)\s)?$/u;
const RANGE = /^(?:st|nd|rd|th|er)?[.º]?\s?(?:[-–—]|\p{L}{1,5}(?:\s\p{L}{1,5})?)\s?$/u;

/** "KW 11"; of "KW 10 und 11" or "weeks 10-11" the last one. */
function* week(text: string, tokens: readonly Token[], index: number, sent: NoteDate): Generator<Mention> {
  const word = tokens[index - 1];
  const isDate = tokens[index + 1]?.month != null && isDay(tokens[index]);
  if (!word || !WEEK.has(word.text) || !isWeek(tokens[index]) || isDate || isDotted(text, tokens[index]))
    return;
  let last = index;
  for (const step of [1, 2, 1, 2]) {
    const next = tokens[last + step];
    const isLater = isWeek(next) && (next?.number ?? 0) > (tokens[last]?.number ?? 0);
    if (
      isLater &&
      !isPartOfDate(text, tokens, last + step) &&
      JOINS_WEEKS.test(gap(text, tokens[last] as Token, next as Token))
    )
      last += step;
  }
  const number = tokens[last] as Token;
  const of = number.number ?? 1;
  const monday = mondayOf(of, sent.day.year);
  const isOver = Temporal.PlainDate.compare(monday.add({ days: 6 }), sent.day) < 0;
  yield span(word.at, number.end, isOver ? mondayOf(of, sent.day.year + 1) : monday, "week");
}

/** The first week of a year is that of the fourth of January. */
function mondayOf(week: number, year: number) {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  return fourth.add({ days: 7 * (week - 1) + 1 - fourth.dayOfWeek });
}

const isDotted = (text: string, token?: Token) =>
  /^[./]\d/.test(text.slice(token?.end ?? 0, (token?.end ?? 0) + 2));

/** "KW 11, 16.03." and "uge 11, 16. marts": the second number is a day. */
function isPartOfDate(text: string, tokens: readonly Token[], index: number) {
  const { end } = tokens[index] as Token;
  return /^[./:]\d/.test(text.slice(end, end + 2)) || tokens[index + 1]?.month != null;
}

/** Looked for once, so that a text without the word does not search for its phrases at every word. */
const WEEKS =
  /week|woche|semain|seman|settiman|veck|uke|uge|viik|tydz|tyden|tydn|tyzd|heten|saptam|седмиц|tjed|nede[lj]|teden|nadal|savait|εβδομ|тижн|недел|haft/;

function* byName(text: string, token: Token, sent: NoteDate, hasWeek: boolean): Generator<Mention> {
  const weekday = weekdayOf(token.text);
  if (weekday) yield span(token.at, token.end, nextWeekday(sent.day, weekday), "weekday");
  const rest = text.slice(token.at, token.at + 30);
  const tomorrow = TOMORROW.exec(rest);
  if (tomorrow) yield span(token.at, token.at + tomorrow[0].length, sent.day.add({ days: 1 }), "tomorrow");
  if (!hasWeek) return;
  const next = NEXT_WEEK.exec(rest);
  if (next) yield span(token.at, token.at + next[0].length, nextWeekday(sent.day, 1), "next week");
  const now = THIS_WEEK.exec(rest);
  const monday = sent.day.subtract({ days: sent.day.dayOfWeek - 1 });
  if (now) yield { ...span(token.at, token.at + now[0].length, monday, "this week") };
}

const isWeek = (token: Token | undefined) =>
  token !== undefined && token.number !== null && token.number >= 1 && token.number <= 53;
const JOINS_WEEKS =
  /^\s?(?:[-–,+&/]|(?:und|bis|and|to|og|och|til|till|en|tot|et|au|y|a|e|i|do|ja)\s)\s?(?:kw\s)?$/u;

const mention = (at: number, text: string, day: Day, kind: Mention["kind"]) =>
  span(at, at + text.length, day, kind);
const span = (at: number, end: number, day: Day, kind: Mention["kind"]): Mention => ({
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
