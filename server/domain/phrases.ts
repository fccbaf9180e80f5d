// Phrases looked for in what people and machines write, whatever their capitals, accents and line breaks.
//
// Easy to get wrong: the evidence must be what the mail says, so folding keeps every character in its place and a find
// is a range of the text itself. In a phrase, " … " stands for up to four words. A phrase begins and ends with a word.

export type Find = { language: string; quote: string; at: number; end: number };
export type Finder = (text: string) => Find | null;

const LETTER = "[\\p{L}\\p{N}]";
const SINGLE: Record<string, string> = {
  ...{ ß: "s", ø: "o", Ø: "o", æ: "a", Æ: "a", ł: "l", Ł: "l", đ: "d", ı: "i", İ: "i", œ: "o", Œ: "o" },
  ...{ "’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " " },
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
  const languageOf = new Map<string, string>();
  const sources: string[] = [];
  for (const [language, phrases] of Object.entries(lists))
    for (const phrase of phrases) {
      const source = sourceOf(phrase);
      languageOf.set(source, language);
      sources.push(source);
    }
  // Longer ones first, so that the evidence is the whole of what was recognised.
  sources.sort((a, b) => b.length - a.length);
  const whole = new RegExp(`(?<!${LETTER})(?:${sources.join("|")})(?!${LETTER})`, "u");
  return (text) => {
    const found = whole.exec(text);
    if (!found) return null;
    const [quote] = found;
    const language = languageOf.get(
      sources.find((source) => new RegExp(`^(?:${source})$`, "u").test(quote)) ?? "",
    );
    return { language: language ?? "", quote, at: found.index, end: found.index + quote.length };
  };
}

function sourceOf(phrase: string) {
  return folded(phrase)
    .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    .replace(/ … /g, "[\\s>]{1,4}(?:[^\\s]{1,30}[\\s>]{1,4}){0,4}?")
    .replace(/ /g, "[\\s>]{1,4}");
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
