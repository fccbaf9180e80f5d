// How an event is said: by whom it was, what it says of itself, and whom it is about.

import { codeWords } from "../../../kernel/code-words.ts";

export type EventSentence = (who: string, data: Record<string, unknown>, whom: string) => string;

/** Those of one part of the product, by event; all parts together have one for each. */
export type Sentences = Readonly<Record<string, EventSentence>>;

export const spacedWords = codeWords;
