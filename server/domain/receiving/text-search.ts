// What is looked for in the texts of emails. Words are looked up in an index, each also as the beginning of a longer one. Scripts that
// put no space between words are not split into words there, so their text is read through.

const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const MOST_WORDS = 12;

export type TextSearch = {
  /** As PostgreSQL takes it; null where nothing is looked up. */
  query: string | null;
  /** Looked for letter by letter. */
  letters: string | null;
};

export function textSearch(keywords: string | null): TextSearch {
  if (keywords === null) return { query: null, letters: null };
  if (WITHOUT_SPACES.test(keywords)) return { query: null, letters: keywords };
  const words = keywords.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const quoted = words.slice(0, MOST_WORDS).map((word) => `'${word.replace(/['\\]+/g, " ").trim()}':*`);
  return { query: quoted.length > 0 ? quoted.join(" & ") : null, letters: null };
}
