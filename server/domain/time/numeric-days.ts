// Days in numbers: "16.03.", "3/16/2026", "2026-03-16".

import { weekdayOf } from "./calendar-names.ts";
import { civil, type Day, isWithin, type Mention, mention, type NoteDate } from "./mention.ts";

const NUMERIC =
  /(?<![\d:/])(?<!\d[.-])(?:(?<y1>2[05]\d\d)[-/.](?<m1>\d{1,2})[-/.](?<d1>\d{1,2})|(?<a>\d{1,2})(?<sep>\. ?|[/-])(?<b>\d{1,2})(?:(?:\. ?|[/-])(?<y2>2[05]\d\d)|[./-](?<y3>\d\d)(?![\d:.]))?)(?![\d/]|:\d|-\d)/g;

/** "2.-13.3.2026", "entre os dias 4 e 13/03". */
const LONE_START =
  /(?<![\d./])\d{1,2}\.?\s?(?:[-–~]|(?:to|and|und|bis|et|au|y|al?|e|ate|en|tot|og|och|til|till|do|az|i|si|и|і|in|ja|un|ir)(?!\p{L}))\s?$/u;

export function* numericDays(text: string, sent: NoteDate): Generator<Mention> {
  for (const found of text.matchAll(NUMERIC)) {
    const { y1, m1, d1, a, b, sep, y2, y3 } = found.groups ?? {};
    const day = y1
      ? civil(sent, y1, m1, d1)
      : ordered(sent, sep === "/", a, b, y2 ?? y3, beside(text, found.index));
    if (!day) continue;
    const before = text.slice(Math.max(0, found.index - 12), found.index);
    const endsRange = LONE_START.test(before);
    yield { ...mention(found.index, found[0], day, "date"), endsRange };
  }
}

/** The weekday that is named directly before it. */
function beside(text: string, at: number): number | null {
  const word = /(\p{L}{4,16}),? (?:\p{L}{1,3} )?$/u.exec(text.slice(Math.max(0, at - 22), at))?.[1];
  return word === undefined ? null : weekdayOf(word);
}

/**
 * Only slashes are written in both orders. Of two days that both may be, the one that is the weekday named beside it, else the
 * one that is not too far off.
 */
function ordered(
  sent: NoteDate,
  isSlash: boolean,
  a: string | undefined,
  b: string | undefined,
  year: string | undefined,
  weekday: number | null,
): Day | null {
  const usual = [civil(sent, year, b, a), isSlash ? civil(sent, year, a, b) : null];
  const named = weekday === null ? undefined : usual.find((day) => day?.dayOfWeek === weekday);
  if (named) return named;
  const tried = isSlash && sent.monthFirst ? usual.toReversed() : usual;
  return (
    tried.find((day) => day !== null && isWithin(day, sent)) ?? tried.find((day) => day !== null) ?? null
  );
}
