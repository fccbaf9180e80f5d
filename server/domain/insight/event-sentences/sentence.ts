// How an event is said: by whom it was, what it says of itself, and whom it is about.

export type EventSentence = (who: string, data: Record<string, unknown>, whom: string) => string;

/** Those of one part of the product, by event; all parts together have one for each. */
export type Sentences = Readonly<Record<string, EventSentence>>;

/** Kept as it goes over the wire. */
export function dateText(at: unknown) {
  return String(at).slice(0, 10);
}

export function spacedWords(type: unknown) {
  return String(type).replaceAll("_", " ");
}
