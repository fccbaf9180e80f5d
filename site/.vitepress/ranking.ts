// Which pages a search of the help names first.
//
// The index weighs how often a word is written, so the longest tables came first for every question of several words. Here a section
// counts by how many of the words it has, and pages that list everything, or say how Cadenza is built, come after the guides.

/** Of MiniSearch. */
type Found = { id: string; score: number; queryTerms: string[] };
export type Index<F extends Found> = { search(query: string, options: object): F[] };

/** Words of a question that say nothing about its subject. */
const FILLERS = new Set(
  "a an and are as at be can do does for from get has have how i if in into is it me my no not of on or our so that the their then there they this to up was we what when where which who why will with you your".split(
    " ",
  ),
);

/** What the pages call it, in the words that people bring. */
const SAME: Readonly<Record<string, string>> = {
  aad: "microsoft",
  autoresponder: "out of office",
  azure: "microsoft",
  cron: "schedule",
  docker: "container",
  entra: "microsoft",
  gdpr: "personal data",
  gmail: "google",
  hubspot: "import",
  junk: "spam",
  k8s: "kubernetes",
  o365: "microsoft",
  office365: "microsoft",
  ooo: "out of office",
  outlook: "microsoft",
  postgres: "postgresql",
  ssl: "tls",
};

const WEIGHTS: readonly (readonly [pages: RegExp, weight: number])[] = [
  [/\/apollo\/(?:compat|parity)/, 0.25],
  [/\/understand\/(?:decisions|benchmarks|torture|architecture)/, 0.25],
  [/\/understand\//, 0.6],
  [/\/operate\/(?:metrics|releasing|sql-views)/, 0.6],
  [/\/start\//, 1.2],
];

const OPTIONS = {
  boost: { title: 6, titles: 3, text: 1 },
  // A short word has too many neighbors, and is the beginning of too many others.
  fuzzy: (word: string) => (word.length > 5 ? 0.15 : false),
  prefix: (word: string) => word.length > 2,
  weights: { fuzzy: 0.2, prefix: 0.6 },
  bm25: { k: 1.2, b: 0.7, d: 0.2 },
  combineWith: "OR",
};

/** A page is named by several of its sections, and the next page is more use than the third of them. */
const REPEATED = [1, 0.6, 0.35];

/** Best first. Sections with all words come before those with some. */
export function ranked<F extends Found>(index: Index<F>, query: string): F[] {
  const words = wordsOf(query);
  // The name of a field counts as a whole, and is looked for where all of them are listed.
  const isName = /\p{L}_\p{L}/u.test(query);
  const found = index
    .search(words.flat().join(" "), OPTIONS)
    .map((one) => {
      const has = words.filter((same) => same.some((word) => one.queryTerms.includes(word)));
      const share = (has.length / words.length) ** (isName ? 8 : 2);
      return { ...one, score: one.score * share * (isName ? 1 : weightOf(one.id)) };
    })
    .sort(byScore);
  const seen = new Map<string, number>();
  return found
    .map((one) => {
      const page = one.id.replace(/#.*/, "");
      const before = seen.get(page) ?? 0;
      seen.set(page, before + 1);
      return { ...one, score: one.score * (REPEATED[before] ?? 0.2) };
    })
    .sort(byScore);
}

const byScore = (one: Found, other: Found) => other.score - one.score;

/** As MiniSearch takes words apart: a name of a field is several. */
const APART = /[\n\r\p{Z}\p{P}]+/u;

/** Of each word of the query, it and what means the same. */
function wordsOf(query: string): string[][] {
  const all = query.toLowerCase().split(APART).filter(Boolean);
  const telling = all.filter((word) => !FILLERS.has(word));
  return [...new Set(telling.length > 0 ? telling : all)].map((word) => [
    singular(word),
    ...(Object.hasOwn(SAME, word) ? (SAME[word] ?? "").split(" ") : []),
  ]);
}

/** The beginning of a word finds its other forms. */
function singular(word: string) {
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

function weightOf(id: string) {
  return WEIGHTS.find(([pages]) => pages.test(id))?.[1] ?? 1;
}
