import { type ReactNode, useState } from "react";

/**
 * What was said last stays until the next is known: a filter that is being answered does not blank the words over the list.
 * `about`: of something else nothing was said yet.
 */
export function useLastKnown(now: ReactNode, about: string): ReactNode {
  const [last, setLast] = useState({ about, words: now });
  const isKnown = now !== undefined && now !== false && now !== null;
  const words = isKnown || last.about !== about ? now : last.words;
  if (last.about !== about || (isKnown && typeof now === "string" && now !== last.words))
    setLast({ about, words });
  return words;
}
