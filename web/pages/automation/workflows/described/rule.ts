// A rule of the sentences that describe a workflow: words in every language of the screen, and what they mean. A sentence is
// typed in the language of the user, whatever language the screen has, so these words are no texts of the screen.

export type Rule<Meaning> = {
  /** One after the other, with a few other words between them. */
  words: readonly RegExp[];
  /** What must not stand right before them. */
  notBehind?: RegExp;
  /** What may follow at once, as a time does. */
  ending?: RegExp;
  /** Of each of the words, then of the ending. */
  means: (...found: readonly (RegExpExecArray | null)[]) => Meaning;
};

export type Match<Meaning> = { from: number; to: number; meaning: Meaning };

export const always = <Meaning>(words: readonly RegExp[], meaning: Meaning): Rule<Meaning> => ({
  words,
  means: () => meaning,
});

/** So many letters may stand between two words of a rule. */
const FARTHEST = 50;
const LONGEST = 160;

export function matchOf<Meaning>(
  { words, notBehind, ending, means }: Rule<Meaning>,
  text: string,
): Match<Meaning> | null {
  const [first, ...others] = words;
  for (let from = 0; first && from < text.length; ) {
    const begun = first.exec(text.slice(from));
    if (!begun) return null;
    const at = from + begun.index;
    from = at + Math.max(1, begun[0].length);
    if (notBehind?.test(text.slice(Math.max(0, at - LONGEST), at))) continue;
    const rest = following(others, text, from);
    if (!rest) continue;
    const after = ending?.exec(text.slice(rest.to, rest.to + LONGEST)) ?? null;
    const to = rest.to + (after?.[0].length ?? 0);
    return { from: at, to, meaning: means(begun, ...rest.found, after) };
  }
  return null;
}

function following(words: readonly RegExp[], text: string, from: number) {
  const found: RegExpExecArray[] = [];
  let to = from;
  for (const word of words) {
    const next = word.exec(text.slice(to, to + LONGEST));
    if (!next || next.index > FARTHEST || /[.;,|]/.test(text.slice(to, to + next.index))) return null;
    found.push(next);
    to += next.index + next[0].length;
  }
  return { found, to };
}
