// How an event is said: by whom it was, what it says of itself, and whom it is about.

export type EventSentence = (who: string, data: Record<string, unknown>, whom: string) => string;

/** Those of one part of the product, by event; all parts together have one for each. */
export type Sentences = Readonly<Record<string, EventSentence>>;

const DATES = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** The day of a time or date that is kept as it goes over the wire: 2 December 2026. */
export function dateText(at: unknown) {
  const text = String(at).slice(0, 10);
  const day = Date.parse(text);
  return Number.isNaN(day) ? text : DATES.format(day);
}

export function spacedWords(type: unknown) {
  return String(type).replaceAll("_", " ");
}
