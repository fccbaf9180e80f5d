// Weeks by their number: "KW 11", "weeks 10-11".

import { WEEK } from "./calendar-words.ts";
import { type Mention, type NoteDate, span } from "./mention.ts";
import { gap, isDay, type Token } from "./tokens.ts";

/** "KW 11"; of "KW 10 und 11" or "weeks 10-11" the last one. */
export function* numberedWeek(
  text: string,
  tokens: readonly Token[],
  index: number,
  sent: NoteDate,
): Generator<Mention> {
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

const isWeek = (token: Token | undefined) =>
  token !== undefined && token.number !== null && token.number >= 1 && token.number <= 53;
const JOINS_WEEKS =
  /^\s?(?:[-–,+&/]|(?:und|bis|and|to|og|och|til|till|en|tot|et|au|y|a|e|i|do|ja)\s)\s?(?:kw\s)?$/u;
