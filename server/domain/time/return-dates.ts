// Reads from an out-of-office reply the day on which the contact is back.
//
// Easy to get wrong: a note names other days, too (since when, whom to ask on Fridays), and "until the 13th" leaves
// open whether the 13th is still a holiday. A day too late costs a day; a day too early costs the answer. So "until" is
// read as the last day away, except before a weekday in English. Where nothing says which day it is, the latest one is
// the last day away. Days more than 120 days ahead don't count.

import { folded } from "../basics/phrases.ts";
import {
  AFTER,
  BACK,
  BACK_AFTER,
  DENIED,
  END_OF,
  FROM,
  INCLUSIVE,
  LAST_DAY,
  MIDDLE_OF,
  NOT_BEFORE,
  TODAY_AND,
  UNTIL,
  UNTIL_AFTER,
  WEEK_OF,
  WORKS,
} from "./calendar-words.ts";
import { mentionsIn } from "./day-mentions.ts";
import { lastingIn } from "./lasting.ts";
import { isWithin, type Mention, type NoteDate, nextWeekday } from "./mention.ts";

export type { NoteDate } from "./mention.ts";
export type Return = { on: Temporal.PlainDate; quote: string };

const LONGEST = 4000;

/** "04.03-13.03.2026": the dash is no part of either. */
const BETWEEN_DATES = /-(?<=\d{1,2}[./]\d{1,2}(?:[./](?:\d{4}|\d{2}))?\.?\s?-)(?=\s?\d{1,4}[./]\d{1,2})/g;

/** Chinese, Japanese and Korean name the month first. */
const MONTH_FIRST = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;

/** A line of this length was ended by the mail program: what it says goes on in the next one. */
const WRAPPED = /(?<=[^\n]{50,200})\n(?=[\p{L}\d])/gu;

const unwrapped = (text: string) => text.replace(WRAPPED, " ");

type Weight = "back" | "until" | "works" | "from" | "unsaid";
type Weighed = Omit<Mention, "from"> & {
  weight: Weight;
  isEnglish: boolean;
  isInclusive: boolean;
  isRange: boolean;
  /** The first day of a range, where it is named. */
  from: Temporal.PlainDate | null;
};

export function returnIn(text: string, sent: NoteDate): Return | null {
  const source = arabic(text.slice(0, LONGEST));
  const plain = unwrapped(folded(source)).replace(BETWEEN_DATES, "~");
  const note = { ...sent, monthFirst: sent.monthFirst || MONTH_FIRST.test(source) };
  const all = weighed(mentionsIn(plain, source, note), plain, source);
  const named = all.filter(({ day, kind }) => kind === "this week" || isWithin(day, sent));
  const chosen = chosenOf(named, sent.day) ?? lastOfList(named, plain) ?? farOff(all, sent.day);
  const lasting = chosen ? null : lastingIn(plain, sent.day);
  const { at, end } = chosen ?? lasting ?? {};
  const on = chosen ? dayBack(chosen, named) : lasting?.on;
  if (on === undefined || at === undefined) return null;
  const days = sent.day.until(on).days;
  if (days < 1 || days > (chosen && isSaid(chosen) ? MOST_SAID : MOST_UNSAID)) return null;
  const quote = text.slice(Math.max(0, at - 40), end);
  return { on, quote: quote.replace(/\s+/g, " ").trim() };
}

/**
 * A day of return wins over a last day, a last day over any other; of two absences the later one counts. A day on which mail
 * is answered is one of return, unless the absence goes on.
 */
function chosenOf(named: readonly Weighed[], day: Temporal.PlainDate): Weighed | null {
  const of = (weight: Weight) => latest(named.filter((one) => one.weight === weight));
  const [back, until, works] = [of("back"), of("until"), of("works")];
  // "Back on the 6th, then off again 9-13 March".
  const goesAgain = back?.kind === "date" && until?.isRange && isLater(until, back);
  if (back && !goesAgain) return back;
  const now = ongoing(named, day);
  if (now) return now;
  if (works && (!until || isLater(works, until))) return works;
  const isSpan = ({ kind }: Weighed) => kind === "date" || kind === "week" || kind === "this week";
  return until ?? latest(named.filter((one) => isSpan(one) && one.weight === "unsaid"));
}

/** "23 - 27 November and 21 December - 4 January": the one that has begun, where the next one is weeks away. */
function ongoing(named: readonly Weighed[], day: Temporal.PlainDate): Weighed | null {
  const ends = named.filter(({ weight, kind }) => weight === "until" && kind === "date");
  const [first, second] = ends.toSorted((one, other) => Temporal.PlainDate.compare(one.day, other.day));
  if (!first || !second?.from || first.day.until(second.from).days < WEEKS_BETWEEN) return null;
  return first.from === null || day.until(first.from).days <= 1 ? first : null;
}

const WEEKS_BETWEEN = 14;

/** "On parental leave until 1 March 2027": a day that is said to be the last one or the one of return, months ahead. */
function farOff(named: readonly Weighed[], day: Temporal.PlainDate): Weighed | null {
  return latest(
    named.filter((one) => {
      const { days } = day.until(one.day);
      return isSaid(one) && (one.kind === "date" || one.kind === "month") && days > 0 && days <= MOST_SAID;
    }),
  );
}

const isSaid = ({ weight }: Weighed) => weight === "back" || weight === "until";
const MOST_SAID = 370;
const MOST_UNSAID = 121;

/** "Out on Thursday and Friday": the last of several weekdays is the last day away. "I work on Monday and Tuesday" says nothing. */
function lastOfList(named: readonly Weighed[], text: string): Weighed | null {
  const days = named.filter(
    ({ kind, weight, at, end }) =>
      (kind === "weekday" || kind === "tomorrow") &&
      (weight === "unsaid" || weight === "from") &&
      !REPEATED.test(text.slice(at, end)),
  );
  const [before, last] = days.slice(-2);
  if (!before || !last || isLater(before, last)) return null;
  const isListed = JOINS_DAYS.test(text.slice(before.end, last.at));
  if (!isListed || WORKING_DAYS.test(text.slice(Math.max(0, before.at - 30), before.at))) return null;
  return { ...last, isInclusive: true };
}

const JOINS_DAYS =
  /^,? ?(?:and|&|und|et|y|e|en|och|og|ja|i|a|es|si|и|in|ir|un|και|та|і|ve)(?: on| am| le| el| il| op| pa| w)? $/u;
const WORKING_DAYS =
  /(?<!\p{L})(?:work|arbeit|travaill|trabaj|lavor|trabalh|werk|jobba|jobber|arbejd|tyosken|prac|dolgoz|lucr|работ|працю)/u;
const REPEATED = /(?:days|tags)$/;

const isLater = (one: Pick<Mention, "day">, other: Pick<Mention, "day">) =>
  Temporal.PlainDate.compare(one.day, other.day) > 0;

const latest = (of: readonly Weighed[]) =>
  of.reduce<Weighed | null>(
    (one, other) => (one && Temporal.PlainDate.compare(other.day, one.day) <= 0 ? one : other),
    null,
  );

function dayBack(chosen: Weighed, named: readonly Weighed[]) {
  const { weight, kind, day } = chosen;
  const last = latest(
    named.filter(({ weight, kind }) => weight === "until" && (kind === "date" || kind === "ordinal")),
  );
  // "Until Friday the 13th, back on Monday": the Monday after it, not the one before.
  if (weight === "back" && kind === "weekday" && last) return nextWeekday(last.day, day.dayOfWeek);
  if (kind === "this week") return day.add({ days: 7 });
  if (kind === "month") return day;
  if (weight === "back" || weight === "works") return day;
  if (kind === "week") return day.add({ days: 7 });
  if (kind === "weekday" && chosen.isEnglish && !chosen.isInclusive) return day;
  // A last day away is never a Monday: "until Monday the 16th" is when they are back.
  return day.dayOfWeek === 1 && !chosen.isInclusive ? day : day.add({ days: 1 });
}

function weighed(mentions: readonly Mention[], text: string, raw: string): Weighed[] {
  let lastEnd = 0;
  return mentions.map((mention, index) => {
    const before = text.slice(Math.max(lastEnd, mention.at - 60), mention.at);
    const clause = before.slice(Math.max(0, before.search(/[.!?\n][^.!?\n]*$/) + 1));
    const after = text.slice(
      mention.end,
      Math.min(mentions[index + 1]?.at ?? mention.end + 40, mention.end + 40),
    );
    const isEnd = index > 0 && isRange(text.slice(lastEnd, mention.at));
    const previous = mentions[index - 1];
    const weight = weightOf(
      mention,
      clause,
      after,
      raw.slice(mention.end, mention.end + 20),
      raw.slice(Math.max(0, mention.at - 16), mention.at),
      isEnd,
    );
    lastEnd = mention.end;
    const isInclusive =
      mention.endsRange ||
      (isEnd && mention.kind === "date") ||
      AFTER.test(clause) ||
      LAST_DAY.test(clause) ||
      INCLUSIVE.test(clause.slice(-30)) ||
      INCLUSIVE.test(after.slice(0, 18)) ||
      EASTERN_UNTIL.test(raw.slice(Math.max(0, mention.at - 3), mention.at)) ||
      EASTERN_INCLUSIVE.test(raw.slice(mention.end, mention.end + 6));
    const isOver = END_OF.test(clause.slice(-20));
    const { day, kind } = ofWhole(mention, text.slice(Math.max(0, mention.at - 24), mention.at), isOver);
    return {
      ...mention,
      day,
      kind,
      weight,
      isInclusive,
      isRange: mention.endsRange || isEnd,
      from: isEnd && previous ? previous.day : (mention.from ?? null),
      isEnglish: /(?:until|till|through)\s+(?:\p{L}{1,5}\s)?$/u.test(clause),
    };
  });
}

/** "End of March" is over on the first of April, "end of next week" and "the week of the 7th" after their Sunday. */
function ofWhole({ kind, day }: Mention, before: string, isOver: boolean): Pick<Mention, "kind" | "day"> {
  if (kind === "month" && MIDDLE_OF.test(before)) return { kind, day: day.with({ day: 16 }) };
  if (kind === "month" && isOver) return { kind, day: day.add({ months: 1 }) };
  if (kind === "next week" && isOver) return { kind: "week", day };
  if (kind !== "date" || !WEEK_OF.test(before)) return { kind, day };
  return { kind: "week", day: day.subtract({ days: day.dayOfWeek - 1 }) };
}

const isRange = (between: string) =>
  /^[\s.,]{0,3}(?:[-–—~〜]|(?:to|and|bis|az|au|al|a|e|y|ao|ate|tot|tot en met|t\/m|till|til|through|thru|until|do|och|og|si|і|и|до|по|kuni|lidz|iki|εως|go|sa)(?!\p{L})(?:\s(?:zum|den|dem|the|le|el|il|og med|och med|en met|dia))?)\s?(?:\p{L}+,?\s)?$/u.test(
    between,
  );

function weightOf(
  mention: Mention,
  before: string,
  after: string,
  next: string,
  prior: string,
  isEnd: boolean,
): Weight {
  const eastern = easternWeight(next, prior);
  if (eastern) return eastern;
  if (mention.endsRange || (isEnd && mention.kind !== "weekday")) return "until";
  const near = before.slice(-24);
  if (mention.kind === "this week") return "unsaid";
  if (LAST_DAY.test(before) || (mention.kind === "tomorrow" && TODAY_AND.test(near))) return "until";
  if (AFTER.test(before)) return "until";
  if (NOT_BEFORE.test(before.slice(-50))) return "back";
  // A point after "week 11" ends the sentence; after "16" it may be a part of the day.
  const goesOn = !(mention.kind === "week" && after.startsWith("."));
  if (BACK.test(before) || (goesOn && BACK_AFTER.test(after))) return "back";
  if (UNTIL_AFTER.test(after)) return "until";
  if (UNTIL.test(near)) return "until";
  // "16-tól" ends in a case, and the "go" of "uge 7. God uge" is no Irish word.
  const isOneWord = !/^(?:-\p{L}|.{3}\p{L}{2})/u.test(after);
  const startsRange = isOneWord && isRange(`${after.slice(0, 4)} `);
  if (
    !startsRange &&
    mention.kind !== "month" &&
    !(mention.kind === "week" && !ANSWERS_IN.test(before)) &&
    !BY.test(near) &&
    isAtWork(before, after)
  )
    return "works";
  return FROM.test(near) || startsRange ? "from" : "unsaid";
}

/** "Een reactie volgt in week 50": answers begin in the week. One in which the office is closed is spent away. */
const ANSWERS_IN =
  /(?<!\p{L})(?:answer|repl(?:y|ies)|respon|antwor|antwoord|reacti|reaktion|repon|rispost|rispond|respuest|respost|svar|vastaa|odpow|odpov|valasz|raspun|odgov)[^.!?]{0,30} (?:in|im|en|na|a la|i|w|v) $/u;

/** The last word before a day may be "no", which is "from" in Latvian, and "ne" and "a" are small in many languages. */
function isAtWork(before: string, after: string) {
  const part = before.slice(before.lastIndexOf(",") + 1).replace(/\p{L}{1,4}\s*$/u, "");
  const rest = after.split(/[.!?,\n]/, 1)[0] ?? "";
  return (WORKS.test(before) || WORKS.test(rest)) && !DENIED.test(part) && !DENIED.test(rest);
}

/** "By Monday" promises no day. */
const BY = /(?<!\p{L})(?:by|within|innerhalb|d'ici|entro)\s+(?:\p{L}{1,4}\s)?$/u;

/** Japanese, Korean and Chinese put the word after the day, without a space. */
function easternWeight(next: string, prior: string): Weight | null {
  if (
    /^.{0,5}(?:から|より|以降|부터|起).{0,8}(?:対応|返信|出社|復帰|再開|業務|업무|복귀|회신|답변|출근|恢复|上班|回复)/u.test(
      next,
    )
  )
    return "back";
  if (
    /^.{0,6}(?:出社|復帰|通常(?:通り|どおり|営業|業務)|정상|戻り|業務を?再開|出勤|복귀|출근|돌아|返回|回来|回到|(?:才|再)?回|上班|恢复|返岗)/u.test(
      next,
    )
  )
    return "back";
  if (BEFORE_RETURN.test(prior)) return "back";
  if (/^\s?之?[前]|^以前/u.test(next)) return "until";
  if (/^\s?(?:まで|까지)/u.test(next) || /[至到~〜～]\s?$/.test(prior)) return "until";
  return /^\s?(?:から|より|부터|起)/u.test(next) ? "from" : null;
}

/** Chinese counts the last day in. */
const EASTERN_UNTIL = /[至到]\s?$/;
const EASTERN_INCLUSIVE = /^\s?(?:之?前)?\s?[(（]?含/;

/** "次の出社は12月7日です", "복귀 예정일: 12월 7일". */
const BEFORE_RETURN =
  /(?:กลับ[^\s\d]{0,24}|出社|復帰|帰社|年始|営業|仕事始め|帰国|出勤|戻り|再開|開始|復職|복귀|출근|업무 재개|恢复上班|返岗|上班|返回|復工|銷假)\s?(?:予定)?(?:日|예정일?|时间|時間)?\s?(?:は|은|는|为|為|是|:|:)?\s?$/u;

/** Numerals of every script as ours, one sign for one sign, so that places stay. */
function arabic(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--;
    return sign.length === 1 ? String((code - zero) % 10) : sign;
  });
}
