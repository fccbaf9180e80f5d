// A rule of the sentences that describe a workflow: words in every language of the screen, and what they mean. A sentence is
// typed in the language of the user, whatever language the screen has, so these words are no texts of the screen.

export type Rule<Meaning> = {
  /** In small letters; the groups of a match tell numbers and names. */
  words: RegExp;
  means: (found: RegExpMatchArray) => Meaning;
};

export const always = <Meaning>(words: RegExp, meaning: Meaning): Rule<Meaning> => ({
  words,
  means: () => meaning,
});

/** A name in quotation marks of any kind. */
export const NAME = `["'“”„«»‘’]\\s*([^"'“”„«»‘’]{1,100}?)\\s*["'“”«»‘’]`;

/** Of words that may stand in any order within one part of a sentence. */
export function together(...parts: readonly RegExp[]) {
  return new RegExp(parts.map(({ source }) => `(?:${source})`).join("[^.;,]{0,40}?"), "iu");
}
