// Phrases looked for in what people and machines write, whatever their capitals, accents and line breaks.
//
// Easy to get wrong: the evidence must be what the mail says, so folding keeps every character in its place and a find
// is a range of the text itself. In a phrase, " … " stands for up to four words. A phrase begins and ends with a word.

export type Find = { language: string; quote: string; at: number; end: number };
export type Finder = (text: string) => Find | null;

// By ranges: \p{L} would make a search of hundreds of phrases many times slower to build.
const LETTER = "[a-z0-9\\u00c0-\\u1fff\\u2c00-\\u2fff\\u3040-\\ud7ff]";
const SINGLE: Record<string, string> = {
  ß: "s",
  ø: "o",
  Ø: "o",
  æ: "a",
  Æ: "a",
  ł: "l",
  Ł: "l",
  đ: "d",
  ı: "i",
  İ: "i",
  œ: "o",
  Œ: "o",
  "’": "'",
  "‘": "'",
  "´": "'",
  "`": "'",
  "“": '"',
  "”": '"',
  "–": "-",
  "—": "-",
  "\u00a0": " ",
};

/** Small letters without accents, one character for each character. */
export function folded(text: string): string {
  return text
    .replace(/[^\0-\x7f]/g, (char) => {
      const known = SINGLE[char];
      if (known) return known;
      const [letter = char] = char.normalize("NFD").toLowerCase();
      return letter.length === 1 ? letter : char;
    })
    .toLowerCase();
}

/** One search for all phrases of all languages. */
export function finderOf(lists: Readonly<Record<string, readonly string[]>>): Finder {
  const groups = Object.entries(lists).map(([language, phrases]) => {
    // Longer ones first, so that the evidence is the whole of what was recognised.
    const sources = phrases.map(sourceOf).sort((a, b) => b.length - a.length);
    return `(?<${language}>${sources.join("|")})`;
  });
  const search = new RegExp(`(?<!${LETTER})(?:${groups.join("|")})(?!${LETTER})`);
  return (text) => {
    // Where lines are wrapped or marked as quoted, several signs stand for one space. A search for plain letters is
    // built and run several times faster than one that allows for that at every word.
    const flat = text.replace(GAP, " ");
    const found = search.exec(flat);
    if (!found) return null;
    const [language = ""] = Object.entries(found.groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    const at = placeIn(text, found.index);
    return { language, at, end: placeIn(text, found.index + found[0].length - 1) + 1, quote: found[0] };
  };
}

const GAP = /[\s>]+/g;

/** Where in the text the character stands that comes at this place once its gaps are narrowed. */
function placeIn(text: string, place: number) {
  let narrowed = 0;
  for (const gap of text.matchAll(GAP)) {
    if (gap.index - narrowed >= place) break;
    narrowed += gap[0].length - 1;
  }
  return place + narrowed;
}

function sourceOf(phrase: string) {
  return folded(phrase)
    .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    .replace(/ … /g, " (?:[^ ]{1,30} ){0,4}?");
}

/** The sentence around a find, as the mail has it, short enough to show. */
export function quoteAround(text: string, { at, end }: { at: number; end: number }): string {
  const before = Math.max(text.lastIndexOf("\n", at), text.lastIndexOf(". ", at) + 1, at - 60, 0);
  const breaks = ["\n", ". ", "! ", "? "]
    .map((sign) => text.indexOf(sign, end))
    .filter((place) => place !== -1);
  const after = Math.min(...breaks.map((place) => place + 1), end + 60, text.length);
  return text.slice(before, after).replace(/\s+/g, " ").trim();
}
