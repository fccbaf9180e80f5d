// Days whose month, week or weekday is a word: "16 March 2026", "március 16-án", "KW 12", "tomorrow".

import { monthOf, weekdayOf } from "./calendar-names.ts";
import { BOTH_WEEKS, CROATIAN, MONTH_END, NEXT, NEXT_WEEK, THIS_WEEK, TOMORROW } from "./calendar-words.ts";
import { civil, type Mention, type NoteDate, nextWeekday, span } from "./mention.ts";
import { numberedWeek } from "./numbered-weeks.ts";
import { gap, isDay, type Token } from "./tokens.ts";

const WORD = /[\p{L}\p{M}']+|\d{1,4}/gu;

export function* daysInWords(text: string, sent: NoteDate): Generator<Mention> {
  const isCroatian = CROATIAN.test(text);
  const hasWeek = WEEKS.test(text);
  const tokens = [...text.matchAll(WORD)].map(({ 0: word, index }): Token => {
    const number = /^\d/.test(word) ? Number(word) : null;
    const month = number === null ? monthOf(word, isCroatian) : null;
    return { text: word, at: index, end: index + word.length, month: month || null, number };
  });
  for (const [index, token] of tokens.entries()) {
    if (token.month !== null) yield* aroundMonth(text, tokens, index, sent);
    else if (token.number !== null) yield* numberedWeek(text, tokens, index, sent);
    else yield* byName(text, tokens, index, sent, hasWeek);
  }
}

const yearIn = (token: Token | undefined) =>
  token?.number != null && token.number >= 2000 && token.number < 2700 ? String(token.number) : undefined;

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
    const from = before.start && civil(sent, year, String(month.month), before.start.text);
    if (day)
      yield {
        ...span(before.day.at, month.end, day, "date"),
        endsRange: before.isRange,
        ...(from && { from }),
      };
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
      return { day: token, isRange, start: isRange ? start : undefined };
    }
    if (token.text.length > 3) return null;
  }
  return null;
}

/** What stands between a day and its month: "16th of March", "16. März", "16 de marzo". */
const CONNECTS = /^(?:st|nd|rd|th|er|:e|[.ºª°])?\s{0,3}(?:(?:de|of|di|dia|den|ta'|thang)\s)?$/u;
const RANGE =
  /^(?:st|nd|rd|th|er)?[.º]?\s?(?!(?:am|pm|uhr|h|hod|godz|klo|og kl)\s)(?:[-–—]|\p{L}{1,5}(?:\s\p{L}{1,5})?)\s?$/u;

/** Looked for once, so that a text without the word does not search for its phrases at every word. */
const WEEKS =
  /week|woche|semain|seman|settiman|veck|uke|uge|viik|tydz|tyden|tydn|tygod|tyzd|heten|saptam|седмиц|tjed|nede[lj]|teden|nadal|savait|εβδομ|тижн|недел|haft/;

function* byName(
  text: string,
  tokens: readonly Token[],
  index: number,
  sent: NoteDate,
  hasWeek: boolean,
): Generator<Mention> {
  const token = tokens[index] as Token;
  const weekday = weekdayOf(token.text);
  if (weekday) yield byWeekday(text, tokens, index, weekday, sent);
  const rest = text.slice(token.at, token.at + 30);
  const over = MONTH_END.exec(rest);
  if (over) {
    const next = sent.day.with({ day: 1 }).add({ months: 1 });
    yield span(token.at, token.at + over[0].length, next, "month");
  }
  const tomorrow = TOMORROW.exec(rest);
  if (tomorrow) yield span(token.at, token.at + tomorrow[0].length, sent.day.add({ days: 1 }), "tomorrow");
  if (!hasWeek) return;
  const both = BOTH_WEEKS.exec(text.slice(token.at, token.at + 50));
  if (both) yield span(token.at, token.at + both[0].length, nextWeekday(sent.day, 1), "week");
  const next = NEXT_WEEK.exec(rest);
  if (next) yield span(token.at, token.at + next[0].length, nextWeekday(sent.day, 1), "next week");
  const now = THIS_WEEK.exec(rest);
  const monday = sent.day.subtract({ days: sent.day.dayOfWeek - 1 });
  if (now) yield { ...span(token.at, token.at + now[0].length, monday, "this week") };
}

/** "Viernes 4" is the Friday that is a 4th; "next Friday" is not the one of this week. */
function byWeekday(
  text: string,
  tokens: readonly Token[],
  index: number,
  weekday: number,
  sent: NoteDate,
): Mention {
  const token = tokens[index] as Token;
  const day = nextWeekday(sent.day, weekday);
  const number = tokens[index + 1];
  const isWhole = tokens.slice(index + 2, index + 4).some((one) => one.month !== null);
  if (isDay(number) && !isWhole && JOINS_NUMBER.test(gap(text, token, number as Token))) {
    const { text: of, end } = number as Token;
    const named = [0, 7, 14, 21, 28].map((days) => day.add({ days })).find((one) => one.day === Number(of));
    if (named && !/^[.:/-]?\d|^\s?(?:h|uhr|am|pm)(?!\p{L})/u.test(text.slice(end, end + 5)))
      return span(token.at, end, named, "date");
  }
  const beside = `${tokens[index - 1]?.text ?? ""} ${tokens[index + 1]?.text ?? ""}`;
  const isSoon = day.dayOfWeek > sent.day.dayOfWeek;
  return span(token.at, token.end, isSoon && NEXT.test(beside) ? day.add({ days: 7 }) : day, "weekday");
}

const JOINS_NUMBER = /^,? (?:(?:the|den|dia) )?$/;
