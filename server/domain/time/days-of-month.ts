// "Back on the 18th", "el día 20", "zurück am 18.", "12-ig": a day without its month. Text is folded.
//
// Easy to get wrong: most numbers are no days. So a word or an ending has to make it one, and what follows must not be
// a month (then it is a whole date), a clock, a price or something that is counted.

const END = "(?=\\s*(?:[.,;!)\\n]|$|\\p{L}))";
const AFTER_WORD = (words: string, ending = "") =>
  `(?<=(?<!\\p{L})(?:${words})\\s)(?<!\\d)\\d{1,2}${ending}(?![\\d:%€$£]|[.,/-]\\d)`;

const FORMS = [
  // English; "the 18th floor" is no day.
  "(?<=(?<!\\p{L})(?:the|on|until|till|til|through|by|from|to|back|and)\\s)\\d{1,2}(?:st|nd|rd|th)(?!\\p{L})(?! (?:floor|street|st|avenue|ave|century|time|edition|year|place|birthday|anniversary)\\b)",
  `${AFTER_WORD("dia|giorno")}`,
  `${AFTER_WORD("am|bis|bis zum|zum|ab|ab dem|vom|den|d\\.|til|till|til og med|till och med|do|od", "\\.")}(?=\\s|$|,)`,
  `${AFTER_WORD("le|au|jusqu'au|du|il|al|dal|hasta el|desde el|pe|pana pe|στις|εως τις")}(?=\\s*(?:[.,;!)\\n]|$|inclus|compreso|incluso))`,
  `${AFTER_WORD("de|tot|tot de|vanaf de|t/m de|van de", "(?:e|de|ste)")}(?!\\p{L})`,
  `${AFTER_WORD("den", "(?::?[ea])?")}(?=\\s*(?:[.,;!)\\n]|$))`,
  "(?<![\\d.])\\d{1,2}(?=-?(?:го|е)(?!\\p{L})|\\s?числа)",
  "(?<![\\d.])\\d{1,2}(?=-?go(?!\\p{L}))",
  "(?<![\\d.])\\d{1,2}(?=-(?:an|en|jan|jen|ig|tol|atol|etol|ra|re|ika|iki)(?!\\p{L}))",
  `(?<=ayin\\s)\\d{1,2}(?=['’]|${END.slice(4, -1)})`,
].join("|");
const ALONE = new RegExp(FORMS, "gu");

/** What makes it a week, a quarter or a floor, and no day. */
const COUNTED =
  /^\.?(?:[\s-]+(?:calendar|working|business|full|whole))?[\s-]+(?:weeks?|quarters?|half|days?|months?|years?|floor|quartals?|halbjahr|woche|monats?|jahr|tag|arbeitstag|werktag|stock|kwartaal|maand|werkdag|semaine|trimestre|mois|semestre|jour|semana|mes|settimana|mese|vecka|kvartal|manad|uke|maned|uge|viikko|tydzien|kwartal|tyden|mesic|het|honap|saptamana|luna|недел\p{L}*|квартал\p{L}*|тижн\p{L}*|hafta|ceyrek)(?!\p{L})/u;

const NEXT_MONTH =
  /(?:next|following) month|(?:nachsten|kommenden|folgenden) monats?|mois prochain|prochain mois|proximo mes|mes (?:que viene|que vem|proximo|proxim)|prossimo mese|mese prossimo|volgende maand|nasta manad|(?:neste|naeste|naste) maned|ensi kuu|przyszlego miesiaca|nastepnego miesiaca|pristiho mesice|buduceho mesiaca|jovo honap|luna viitoare|(?:следующего|следующем) месяц|наступного місяця|следващия месец|gelecek ay|onumuzdeki ay/u;

/** "8 till 17." and "8-tól 16-ig" are hours as well as days. */
const AFTER_NUMBER = /\d{1,2}(?:[.:]\d\d)?(?:-\p{L}{2,4})?\s(?:(?:til|till|do|bis|to|a|au|al|e)\s)?$/u;

export type Lone = { at: number; end: number; of: number; isNextMonth: boolean; mayBeHour: boolean };

export function* daysOfMonth(text: string): Generator<Lone> {
  for (const found of text.matchAll(ALONE)) {
    const of = Number.parseInt(found[0], 10);
    const [at, end] = [found.index, found.index + found[0].length];
    if (of < 1 || of > 31 || COUNTED.test(text.slice(end, end + 40))) continue;
    const isNextMonth = NEXT_MONTH.test(text.slice(Math.max(0, at - 25), end + 35));
    yield { at, end, of, isNextMonth, mayBeHour: AFTER_NUMBER.test(text.slice(Math.max(0, at - 16), at)) };
  }
}

/** The next day of this number: after the date that was named before it, else after the day of the mail. */
export function nextOfMonth(of: number, after: Temporal.PlainDate): Temporal.PlainDate | null {
  const month = of > after.day ? after : after.add({ months: 1 });
  return inMonth(of, month);
}

export function inMonth(of: number, month: Temporal.PlainDate): Temporal.PlainDate | null {
  return of <= month.daysInMonth ? month.with({ day: of }) : null;
}
