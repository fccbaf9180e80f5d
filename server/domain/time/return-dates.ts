// Reads from an out-of-office reply the day on which the contact is back.
//
// Easy to get wrong: a note names other days, too (since when, whom to ask on Fridays), and "until the 13th" leaves
// open whether the 13th is still a holiday. A day too late costs a day; a day too early costs the answer. So "until" is
// read as the last day away, except before a weekday in English. Where nothing says which day it is, the latest one is
// the last day away. Days more than 120 days ahead don't count.

import { folded } from "../basics/phrases.ts";
import { BACK, BACK_AFTER, END_OF, FROM, INCLUSIVE, UNTIL, UNTIL_AFTER } from "./calendar-words.ts";
import { isWithin, type Mention, mentionsIn, type NoteDate, nextWeekday } from "./day-mentions.ts";

export type { NoteDate } from "./day-mentions.ts";
export type Return = { on: Temporal.PlainDate; quote: string };

const LONGEST = 4000;

type Weight = "back" | "until" | "from" | "unsaid";
type Weighed = Mention & { weight: Weight; isEnglish: boolean; isInclusive: boolean };

export function returnIn(text: string, sent: NoteDate): Return | null {
  const source = arabic(text.slice(0, LONGEST));
  const plain = folded(source);
  const named = weighed(mentionsIn(plain, source, sent), plain, source).filter(({ day }) =>
    isWithin(day, sent),
  );
  const chosen = chosenOf(named);
  if (!chosen) return null;
  const on = dayBack(chosen, named);
  const days = sent.day.until(on).days;
  if (days < 1 || days > 121) return null;
  const quote = text.slice(Math.max(0, chosen.at - 40), chosen.end);
  return { on, quote: quote.replace(/\s+/g, " ").trim() };
}

/** A day of return wins over a last day, a last day over any other; of two absences the later one counts. */
function chosenOf(named: readonly Weighed[]): Weighed | null {
  for (const weight of ["back", "until"] as const) {
    const of = named.filter((one) => one.weight === weight);
    if (of.length > 0) return latest(of);
  }
  const dated = named.filter(
    ({ kind, weight }) => (kind === "date" || kind === "week") && weight === "unsaid",
  );
  return dated.length > 0 ? latest(dated) : null;
}

const latest = (of: readonly Weighed[]) =>
  of.reduce((one, other) => (Temporal.PlainDate.compare(other.day, one.day) > 0 ? other : one));

function dayBack(chosen: Weighed, named: readonly Weighed[]) {
  const { weight, kind, day } = chosen;
  const last = named.filter(
    ({ weight, kind }) => weight === "until" && (kind === "date" || kind === "ordinal"),
  );
  // "Until Friday the 13th, back on Monday": the Monday after it, not the one before.
  if (weight === "back" && kind === "weekday" && last.length > 0)
    return nextWeekday(latest(last).day, day.dayOfWeek);
  if (kind === "month") return day;
  if (weight === "back") return day;
  if (kind === "week") return day.add({ days: 7 });
  if (kind === "weekday" && chosen.isEnglish) return day;
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
    const weight = weightOf(
      mention,
      clause,
      after,
      raw.slice(mention.end, mention.end + 20),
      raw.slice(Math.max(0, mention.at - 6), mention.at),
      index > 0 && isRange(text.slice(lastEnd, mention.at)),
    );
    lastEnd = mention.end;
    const isInclusive =
      mention.endsRange || INCLUSIVE.test(clause.slice(-30)) || INCLUSIVE.test(after.slice(0, 18));
    const isOver = mention.kind === "month" && END_OF.test(clause.slice(-20));
    const day = isOver ? mention.day.add({ months: 1 }) : mention.day;
    return {
      ...mention,
      day,
      weight,
      isInclusive,
      isEnglish: /(?:until|till|through)\s+(?:\p{L}{1,5}\s)?$/u.test(clause),
    };
  });
}

const isRange = (between: string) =>
  /^[\s.,]{0,3}(?:[-–—~〜]|(?:to|and|bis|au|al|a|e|y|ao|ate|tot|tot en met|t\/m|till|til|through|thru|until|do|och|og|si|і|и|до|по|kuni|lidz|iki|εως|go|sa)(?!\p{L})(?:\s(?:zum|den|dem|the|le|el|il|og med|och med|en met|dia))?)\s?(?:\p{L}+,?\s)?$/u.test(
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
  // A point after "week 11" ends the sentence; after "16" it may be a part of the day.
  const goesOn = !(mention.kind === "week" && after.startsWith("."));
  if (BACK.test(before) || (goesOn && BACK_AFTER.test(after))) return "back";
  if (UNTIL_AFTER.test(after)) return "until";
  if (UNTIL.test(near)) return "until";
  return FROM.test(near) || isRange(`${after.slice(0, 4)} `) ? "from" : "unsaid";
}

/** Japanese, Korean and Chinese put the word after the day and its weekday, without a space. */
function easternWeight(after: string, prior: string): Weight | null {
  const next = after.replace(/^\s?(?:\([^)]{1,3}\)|（[^）]{1,3}）)/u, "");
  if (
    /^.{0,6}(?:出社|復帰|通常(?:通り|どおり|営業|業務)|정상|戻り|業務を?再開|出勤|복귀|출근|돌아|返回|回来|回到|上班|恢复|返岗)/u.test(
      next,
    )
  )
    return "back";
  if (/^\s?(?:まで|까지)/u.test(next) || /[至到~〜～]\s?$/.test(prior)) return "until";
  return /^\s?(?:から|より|부터|起)/u.test(next) ? "from" : null;
}

/** Numerals of every script as ours, one sign for one sign, so that places stay. */
function arabic(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--;
    return sign.length === 1 ? String((code - zero) % 10) : sign;
  });
}
