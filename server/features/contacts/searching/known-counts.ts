// Remembers the total of a search for ten seconds, where counting is most of the work: paging then does not count
// again. The answer marks such a total as possibly out of date (`partial_results_only`). Smaller totals are never
// remembered.

const REMEMBERED_MS = 10_000;
const MOST_REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 10_000; // characters: a search by a hundred thousand ids is not remembered

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
