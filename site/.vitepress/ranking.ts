// Which pages a search of the help names first.
//
// The index weighs how often a word is written, so the longest tables came first for every question of several words. Here a section
// counts by how many of the words it has, and pages that list everything, or say how Cadenza is built, come after the guides.

/** Of MiniSearch. */
type Found = { id: string; score: number; queryTerms: string[] };
export type Index<F extends Found> = { search(query: string, options: object): F[] };

/** Words of a question that say nothing about its subject. */
const FILLERS = new Set(
  "a an and are as at be can do does for from get has have how i if in into is it me my of on or our so that the their then there they this to was we what when where which who why will with you your".split(
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
  [/\/(?:operate\/(?:metrics|releasing|sql-views)|guides\/why)/, 0.7],
  [/\/start\//, 1.2],
];

const OPTIONS = {
  boost: { title: 4, titles: 2, text: 1 },
  // A short word has too many neighbors, and is the beginning of too many others.
  fuzzy: (word: string) => (word.length > 5 ? 0.15 : false),
  prefix: (word: string) => word.length > 2,
  weights: { fuzzy: 0.2, prefix: 0.5 },
  bm25: { k: 1.2, b: 0.9, d: 0 },
  combineWith: "OR",
};

/** Best first. Sections with all words come before those with some. */
export function ranked<F extends Found>(index: Index<F>, query: string): F[] {
  const words = wordsOf(query);
  return index
    .search(words.join(" "), OPTIONS)
    .map((found) => {
      const share = found.queryTerms.length / words.length;
      return { ...found, score: found.score * share ** 2 * weightOf(found.id) };
    })
    .sort((one, other) => other.score - one.score);
}

function wordsOf(query: string) {
  const all = query.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const telling = all.filter((word) => !FILLERS.has(word));
  const words = (telling.length > 0 ? telling : all).flatMap((word) => [
    word,
    ...(Object.hasOwn(SAME, word) ? (SAME[word] ?? "").split(" ") : []),
  ]);
  return [...new Set(words)];
}

function weightOf(id: string) {
  return WEIGHTS.find(([pages]) => pages.test(id))?.[1] ?? 1;
}
