// Months and weekdays of every language that we read, from the CLDR data in Node, so that no list is kept by hand.
//
// Easy to get wrong: a name changes its ending ("März" stays, "marca" is of "marzec", "maanantaina" is of "maanantai"),
// so a word of five letters or more is also known by its beginning. And one word is two months: "listopada" is October
// in Croatian and November in Polish, so the caller says which languages the text looks like.

import { folded } from "../basics/phrases.ts";

/** Those that the reader learns, then those whose script no other language of these shares. */
const LANGUAGES =
  "en de fr es it pt nl sv no da fi pl cs sk hu ro bg hr sl et lv lt el ga mt uk ru tr ja ko zh ar he th hi fa ka hy".split(
    " ",
  );

type Names = ReadonlyMap<string, number>;
type Both = { exact: Names; beginnings: Names };

let months: Both | null = null;
let weekdays: Both | null = null;

/** 1 to 12, or null. The word is folded. */
export function monthOf(word: string, isCroatian: boolean): number | null {
  months ??= gathered("month", 12, (index) => new Date(Date.UTC(2026, index, 16)));
  // "Martes" is no form of "martie".
  weekdays ??= weekdayNames();
  if (weekdays.exact.has(word)) return null;
  if (isCroatian && /^listopad/.test(word)) return 10;
  return looked(bare(word), months);
}

/** 1 for Monday to 7, or null. The word is folded. */
export function weekdayOf(word: string): number | null {
  weekdays ??= weekdayNames();
  if (NO_WEEKDAY.test(word)) return null;
  return word.length < 5 && !/[^\0-\x7f]/.test(word) && !SHORT.has(word) ? null : looked(word, weekdays);
}

const weekdayNames = () => gathered("weekday", 7, (index) => new Date(Date.UTC(2026, 5, 1 + index)));

/** Short names that are no other word: Romanian "luni" is also "months". */
const SHORT = new Set(["joi", "cuma", "sali", "kedd", "mon", "tue", "tues", "wed", "thu", "thur", "fri"]);

/** Begin as Monday does in German and Dutch, or as Saturday in Spanish: "sabah" is the morning in Turkish. */
const NO_WEEKDAY = /^(?:sabah\p{L}{0,6}|month(?:s|ly)?|monat(?:e|en|es|s|lich)?|maand(?:en|elijks)?)$/u;

/** "במרץ" is "in March" in one word, "şubat'a" is "to February". */
const bare = (word: string) =>
  /^ב\p{sc=Hebr}{3}/u.test(word) ? word.slice(1) : word.replace(/'\p{L}{1,4}$/u, "");

function looked(word: string, { exact, beginnings }: Both): number | null {
  const known = exact.get(word);
  if (known !== undefined) return known;
  for (let length = Math.min(word.length, 12); length >= 4; length--) {
    const found = beginnings.get(word.slice(0, length));
    if (found !== undefined && word.length - length <= 6) return found;
  }
  return null;
}

function gathered(part: "month" | "weekday", count: number, dayAt: (index: number) => Date): Both {
  const exact = new Map<string, number>(EXTRA[part]);
  const beginnings = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const form of FORMS[part]) {
      const format = new Intl.DateTimeFormat(language, { ...form, calendar: "gregory", timeZone: "UTC" });
      for (let index = 0; index < count; index++) {
        const value = format.formatToParts(dayAt(index)).find(({ type }) => type === part)?.value ?? "";
        const name = folded(value).replace(/[.]/g, "").trim();
        if (name.length < 2 || /\d/.test(name)) continue;
        if (!exact.has(name)) exact.set(name, index + 1);
        if (name.length >= 6) note(beginnings, name.slice(0, Math.max(4, name.length - 2)), index + 1);
      }
    }
  }
  return { exact, beginnings };
}

/** A beginning that two of them share says nothing. */
function note(beginnings: Map<string, number>, beginning: string, value: number) {
  const known = beginnings.get(beginning);
  if (known === undefined || known === value) beginnings.set(beginning, value);
  else beginnings.set(beginning, Number.NaN);
}

const FORMS: Record<"month" | "weekday", Intl.DateTimeFormatOptions[]> = {
  month: [
    { day: "numeric", month: "long" },
    { month: "long" },
    { day: "numeric", month: "short" },
    { month: "short" },
  ],
  weekday: [{ weekday: "long" }, { weekday: "long", day: "numeric", month: "long" }],
};

/**
 * Written in ways that CLDR does not have: Austrian and typed without umlauts, Portuguese without "-feira", and the cases of
 * short names in Hungarian, Slovenian, Croatian and Serbian.
 */
const EXTRA: Record<"month" | "weekday", [string, number][]> = {
  month: [
    ["janner", 1],
    ["jaenner", 1],
    ["maerz", 3],
    ["sept", 9],
    ["des", 12],
  ],
  weekday: [
    ["segunda", 1],
    ["terca", 2],
    ["quarta", 3],
    ["quinta", 4],
    ["sexta", 5],
    ["sonnabend", 6],
    ...["hetfon", "hetfore", "hetfoig", "hetfotol"].map((word): [string, number] => [word, 1]),
    ...["kedden", "keddre", "keddig", "keddtol", "torka", "utorka", "utorkom"].map(
      (word): [string, number] => [word, 2],
    ),
    ...["sredo", "sredu", "srede", "srijedu", "srijede"].map((word): [string, number] => [word, 3]),
    ...["srode", "srody", "среду", "среды", "среде"].map((word): [string, number] => [word, 3]),
    ...["patku", "patkem", "piatku", "piatkom", "piatka"].map((word): [string, number] => [word, 5]),
    ...["petka", "petku", "petkom"].map((word): [string, number] => [word, 5]),
  ],
};
