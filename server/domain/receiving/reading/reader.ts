// What the sentences of a mail say, each by the trained model: the most likely sentence for each class, with its place.
//
// One sentence decides, not the average: an opt-out in the middle of a friendly letter is an opt-out.

import { CLASSES, type SentenceClass } from "./classes.ts";
import { likelihoods } from "./model.ts";
import { segmentsOf } from "./segments.ts";

export type RatedQuote = { probability: number; text: string; from: number; to: number };
type RatedSentence = RatedQuote & { name: SentenceClass };
export type SentenceReading = Record<SentenceClass, RatedQuote> & { sentences: readonly RatedSentence[] };

export const NOT_SAID: RatedQuote = { probability: 0, text: "", from: 0, to: 0 };

export function readingOf(text: string): SentenceReading {
  const best = Object.fromEntries(CLASSES.map((one) => [one, NOT_SAID])) as Record<SentenceClass, RatedQuote>;
  const sentences: RatedSentence[] = [];
  for (const segment of segmentsOf(text)) {
    const likely = likelihoods(segment.text);
    const top = likely.indexOf(Math.max(...likely));
    sentences.push({ name: CLASSES[top] ?? "other", probability: likely[top] as number, ...segment });
    if (isFrame(segment)) continue;
    for (const [index, name] of CLASSES.entries()) {
      const probability = likely[index] as number;
      if (probability > best[name].probability) best[name] = { probability, ...segment };
    }
  }
  return { ...best, sentences };
}

/**
 * "Hi Marta,", "Lep dan želim," and "Chief Inspector" say nothing, whatever their letters are like. What is said in so few words, such as
 * "Remove Me", is known by phrases.
 */
function isFrame({ text }: { text: string }) {
  const words = text.split(/\s+/);
  if (LINKS.test(text)) return true;
  return (
    words.length > 1 &&
    words.length <= 4 &&
    (text.endsWith(",") || (text !== text.toUpperCase() && words.every((word) => NAME.test(word))))
  );
}

/** Captions of links, as ticket systems put them below an answer: "View request · Turn off notifications". */
const LINKS = /\p{L} [·•|] \p{L}/u;

const NAME = /^(?:\p{Lu}[\p{L}'’.-]*|d[aeiou]s?|del|della|van|von|of|and|und|et|y|e|i|&)$/u;

/** Whether every meaningful sentence is of the given classes: "Kind regards" and names mean nothing. */
export function onlySays(
  { sentences }: SentenceReading,
  classes: readonly SentenceClass[],
  isKnown: (text: string) => boolean,
): boolean {
  return sentences.every(({ name, text }) => classes.includes(name) || isShort(text) || isKnown(text));
}

const isShort = (text: string) => text.split(/\s+/).length < 4 && text.length < 30;

/** The likeliest of some classes. */
export function strongest<Name extends SentenceClass>(reading: SentenceReading, of: readonly Name[]): Name {
  return of.reduce((one, other) => (reading[other].probability > reading[one].probability ? other : one));
}
