// How long an absence lasts from today, where a note names no day: "for the next two weeks", "zurück in 10 Tagen".
//
// Easy to get wrong: an absence may have begun before the note was sent, so the day is late at worst. What is promised
// "within two days" or was "two days ago" is no absence.

import type { Day } from "./mention.ts";

const words = (of: string) => of.split(" ");
const NUMBERS: readonly string[][] = [
  words("a an one ein eine einen einem un une una uno een um uma en ett et"),
  words("two couple zwei deux dos due twee dois duas tva to dwa dwie dva dve две два"),
  words("three drei trois tres tre drie tre trzy tri три"),
  words("four vier quatre cuatro quattro vier quatro fyra fire cztery ctyri styri четыре чотири"),
];
const NUMBER_WORDS = new Map(NUMBERS.flatMap((all, at) => all.map((word) => [word, at + 1] as const)));

const DAYS =
  "days?|tagen?|tage|jours?|dias?|giorni|giorno|dag|dagen|dagar|dage|dager|dni|dny|днеи|дня|дні|днів";
const WEEKS =
  "weeks?|wochen?|semaines?|semanas?|settimane?|weken|veckor|vecka|uger|uker|tygodnie|tydny|tyzdne|недели|недель|тижні";

/** "For", "for the next", "the next", "in" and "back in" in front of the number. */
const LEADS =
  "for(?: the)?(?: next)?|the next|in|fur(?: die)?(?: nachsten)?|die nachsten|in den nachsten|pendant|pour|dans|les|durante|por|en|dentro de|los proximos|las proximas|per|tra|fra|i prossimi|le prossime|voor|over|de komende|em|nos proximos|nas proximas|i|om|de narmaste|de neste|de naeste|de naste|przez|za|na|через|на";

const LASTS = new RegExp(
  `(?<!\\p{L})(?:${LEADS}) (?<number>\\d{1,2}|\\p{L}{1,7}) (?:of |prochains |prochaines |proximos )?(?:(?<days>${DAYS})|(?<weeks>${WEEKS}))(?! (?:ago|fa|later)(?!\\p{L}))(?!\\p{L})`,
  "u",
);
/** In the same sentence, so that a term of delivery or of an answer is no absence. */
const AWAY =
  /(?<!\p{L})(?:away|out of|i'm out|am out|off|leave|holiday|vacation|travel|abroad|back(?! to (?:you|all|every))|return|abwesen|urlaub|unterwegs|verreist|nicht da|zuruck|absent|conge|deplacement|retour|fuera|ausente|vacaciones|viaje|vuelvo|regreso|fuori|ferie|assente|rientro|torno|afwezig|vakantie|terug|fora|ferias|volto|borta|semester|tillbaka|ferie|vaek|borte|tilbage|tilbake|urlop|nieobec|wracam|dovolen|vratim|отпуск|отсутств|вернусь|відпуст|повернусь)/u;
/** Of an answer that is promised, or of time that is over. */
const NO_ABSENCE =
  /(?<!\p{L})(?:within|innerhalb|seit|since|depuis|ago|vor|hace|more than|up to|answer|repl(?:y|ies)|respond|antwort\p{L}{0,4}|repond\p{L}{0,4}|contest\p{L}{0,4}|rispond\p{L}{0,4})(?!\p{L})/u;

const ENDS = [".", "!", "?", "\n"];

/** `text` is folded. */
export function lastingIn(text: string, today: Day): { on: Day; at: number; end: number } | null {
  const found = LASTS.exec(text);
  if (!found) return null;
  const end = found.index + found[0].length;
  const before = text.slice(Math.max(0, found.index - 60), found.index);
  const clause = before.slice(1 + Math.max(...ENDS.map((sign) => before.lastIndexOf(sign))));
  const whole = clause + (text.slice(end, end + 60).split(/[.!?\n]/, 1)[0] ?? "");
  const { number = "", days } = found.groups ?? {};
  const count = /^\d/.test(number) ? Number(number) : NUMBER_WORDS.get(number);
  if (!count || NO_ABSENCE.test(clause) || !AWAY.test(whole)) return null;
  return { on: today.add({ days: days ? count : count * 7 }), at: found.index, end };
}
