// The word that is probably meant by one that is not known.

/** A third of the letters may differ, and no more than three: more than that is another word. Null where none is near. */
export function nearestWord(word: string, words: readonly string[], bare = (text: string) => text) {
  const letters = bare(word.slice(0, 100));
  const most = Math.min(3, Math.floor(letters.length / 3));
  const [best] = words
    .map((known) => ({ known, distance: distanceOf(letters, bare(known)) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return best?.known ?? null;
}

/** How many letters are to be added, left out, changed, or swapped with the next one. */
function distanceOf(from: string, to: string) {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let n = 0; n < from.length; n++) {
    const next = [n + 1];
    for (let column = 1; column <= to.length; column++) {
      const changed = (row[column - 1] ?? 0) + (from[n] === to[column - 1] ? 0 : 1);
      const isSwap = n > 0 && column > 1 && from[n] === to[column - 2] && from[n - 1] === to[column - 1];
      const swapped = isSwap ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(changed, swapped, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
