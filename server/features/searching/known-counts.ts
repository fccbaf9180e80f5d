// How many a search found, remembered for ten seconds by what it asked, where they were so many that counting them is
// most of the work: whoever leafs through them does not have them counted again for every page. The answer says of such a
// total that it may be out of date (`partial_results_only`). Smaller totals are never remembered.

const REMEMBERED_MS = 10_000;
const MOST_REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 10_000; // characters: whoever asks for a hundred thousand ids is not remembered

const known = new Map<string, { total: number; until: number }>();

export function knownCount(asked: string) {
  const entry = known.get(asked);
  return entry && entry.until > performance.now() ? entry.total : null;
}

export function rememberCount(asked: string, total: number) {
  if (asked.length > LONGEST_REMEMBERED) return;
  known.delete(asked);
  known.set(asked, { total, until: performance.now() + REMEMBERED_MS });
  const [oldest] = known.keys();
  if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
}
