// What the sentences of a mail say, each by the trained model: the most likely sentence for each class, with its place.
//
// One sentence decides, not the average: an opt-out in the middle of a friendly letter is an opt-out.

import { CLASSES, type SentenceClass } from "./classes.ts";
import { likelihoods } from "./model.ts";
import { segmentsOf } from "./segments.ts";

export type Said = { probability: number; text: string; from: number; to: number };
export type Sentence = Said & { name: SentenceClass };
export type Reading = Record<SentenceClass, Said> & { sentences: readonly Sentence[] };

const NOT_SAID: Said = { probability: 0, text: "", from: 0, to: 0 };

export function readingOf(text: string): Reading {
  const best = Object.fromEntries(CLASSES.map((one) => [one, NOT_SAID])) as Record<SentenceClass, Said>;
  const sentences: Sentence[] = [];
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

/** Whether every sentence that says anything is of these classes: "Kind regards" and names say nothing. */
export function onlySays(
  { sentences }: Reading,
  classes: readonly SentenceClass[],
  isKnown: (text: string) => boolean,
): boolean {
  return sentences.every(({ name, text }) => classes.includes(name) || isShort(text) || isKnown(text));
}

const isShort = (text: string) => text.split(/\s+/).length < 4 && text.length < 30;

/** Classes of sentences that only a person writes. */
export const HUMAN = ["yes", "ask", "no", "refer", "optout", "wrong"] as const satisfies SentenceClass[];

/** The likeliest of some classes. */
export function strongest<Name extends SentenceClass>(reading: Reading, of: readonly Name[]): Name {
  return of.reduce((one, other) => (reading[other].probability > reading[one].probability ? other : one));
}
