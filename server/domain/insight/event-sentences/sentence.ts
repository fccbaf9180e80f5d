// How an event is said: by whom it was, what it says of itself, and whom it is about.

import { codeWords } from "../../../kernel/code-words.ts";
import { spokenRegion } from "../../../kernel/say.ts";

export type EventSentence = (who: string, data: Record<string, unknown>, whom: string) => string;

/** Those of one part of the product, by event; all parts together have one for each. */
export type Sentences = Readonly<Record<string, EventSentence>>;

/** The day of a time or date that is kept as it goes over the wire: 2 December 2026. */
export function dateText(at: unknown) {
  const text = String(at).slice(0, 10);
  const day = Date.parse(text);
  if (Number.isNaN(day)) return text;
  return dayFormat().format(day);
}

export const spacedWords = codeWords;

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function dayFormat() {
  const region = spokenRegion();
  const known = FORMATS.get(region);
  if (known) return known;
  const made = new Intl.DateTimeFormat(region, { dateStyle: "long", timeZone: "UTC" });
  FORMATS.set(region, made);
  return made;
}
