// Days as Chinese, Japanese and Korean write them: "3月16日", "来週月曜日".

import { nextOfMonth } from "./days-of-month.ts";
import { civil, type Mention, mention, type NoteDate, nextWeekday } from "./mention.ts";

const EASTERN =
  /(?:(?:(?<era>令和|平成|民國|民国)(?<ey>\d{1,3}|元)|(?<y>2[05]\d\d|\d\d))[年년] ?)?(?<m>\d{1,2})[月월] ?(?<d>\d{1,2})[日일号號]/g;
/** "3月6日まで不在、9日より": a day of the month that was named before it, or of the next one. */
const EASTERN_DAY = /(?<![\d月월年년第] ?)(?<d>\d{1,2})[日일号號](?!間|내|간)/g;

export function* easternDates(raw: string, sent: NoteDate): Generator<Mention> {
  for (const found of raw.matchAll(EASTERN)) {
    const { era, ey, y, m, d } = found.groups ?? {};
    const since = era === "令和" ? 2018 : era === "平成" ? 1988 : 1911;
    const year = era ? String(since + (ey === "元" ? 1 : Number(ey))) : y;
    const day = civil(sent, year, m, d);
    if (day) yield mention(found.index, found[0], day, "date");
  }
}

export function* easternDays(raw: string, dates: readonly Mention[]): Generator<Mention> {
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
export function* easternWeekdays(raw: string, sent: NoteDate): Generator<Mention> {
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

/** "明日", "明天", "내일". */
export function* easternTomorrow(raw: string, sent: NoteDate): Generator<Mention> {
  for (const found of raw.matchAll(/明日|明天|내일/g))
    yield mention(found.index, found[0], sent.day.add({ days: 1 }), "tomorrow");
}

const zhWeekday = (sign: string) => (sign === "天" ? 6 : "一二三四五六日".indexOf(sign));
