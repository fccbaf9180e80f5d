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
    for (const [index, name] of CLASSES.entries()) {
      const probability = likely[index] as number;
      if (probability > best[name].probability) best[name] = { probability, ...segment };
    }
  }
  return { ...best, sentences };
}

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
