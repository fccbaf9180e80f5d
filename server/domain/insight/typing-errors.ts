// How far a typed word is from the words of a text: letters that are missing, too many, wrong, or in the wrong order.

/** With so many letters, a word may have this many errors. Shorter ones must be right. */
function mostErrors(length: number) {
  return length < 4 ? 0 : length < 6 ? 1 : 2;
}

/** Titles and companies may have a thousand letters; the words that a record is looked for by stand at the beginning. */
const LONGEST_TEXT = 300;

/** From 0 to 1; null where a word occurs nowhere, not even with errors. A word may be the beginning of a longer one. */
export function similarityOf(typed: readonly string[], text: string): number | null {
  const parts = text
    .slice(0, LONGEST_TEXT)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  let sum = 0;
  for (const word of typed) {
    const errors = leastErrors(word, parts);
    if (errors === null) return null;
    sum += 1 - errors / word.length;
  }
  return typed.length === 0 ? null : sum / typed.length;
}

function leastErrors(word: string, parts: readonly string[]): number | null {
  if (parts.some((part) => part.includes(word))) return 0;
  const most = mostErrors(word.length);
  let least = most + 1;
  for (const part of parts) least = Math.min(least, errorsAtBeginning(word, part, most));
  return least > most ? null : least;
}

type Row = Uint8Array;

/**
 * Letters to insert, delete, replace or swap with their neighbor, until the word is a beginning of the part. Only as many
 * are counted as are allowed, so each letter is compared with its neighbors, and most parts are left after a few letters.
 */
function errorsAtBeginning(word: string, part: string, most: number) {
  const none = most + 1;
  if (most === 0 || part.length < word.length - most) return none;
  const width = Math.min(part.length, word.length + most);
  // Rows of errors for the last two letters; cells farther than `most` from the diagonal stay `none`.
  let [before, last, row] = [0, 1, 2].map(() => new Uint8Array(width + 2).fill(none)) as [Row, Row, Row];
  for (let j = 0; j <= Math.min(most, width); j++) last[j] = j;
  for (let i = 1; i <= word.length; i++) {
    const from = Math.max(1, i - most);
    const to = Math.min(width, i + most);
    row[from - 1] = i <= most ? i : none;
    let least = row[from - 1] as number;
    for (let j = from; j <= to; j++) {
      const isSame = word[i - 1] === part[j - 1];
      const isSwapped = i > 1 && j > 1 && word[i - 1] === part[j - 2] && word[i - 2] === part[j - 1];
      const errors = Math.min(
        none,
        (row[j - 1] as number) + 1,
        (last[j] as number) + 1,
        (last[j - 1] as number) + (isSame ? 0 : 1),
        isSwapped ? (before[j - 2] as number) + 1 : none,
      );
      row[j] = errors;
      if (errors < least) least = errors;
    }
    row[to + 1] = none;
    if (least >= none) return none;
    [before, last, row] = [last, row, before];
  }
  return Math.min(...last.subarray(Math.max(0, word.length - most), width + 1));
}
