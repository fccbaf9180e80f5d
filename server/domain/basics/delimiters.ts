// By what the columns of a file are parted. The right sign parts most lines into the same number of cells; a comma inside
// addresses or a semicolon inside lists does so here and there only.

export const DELIMITERS = [",", ";", "\t", "|", ":"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const LINES = 50;

/** A first line that says the delimiter, as spreadsheets write it for each other: `sep=;`. It is no row. */
export function isDelimiterLine(cells: readonly string[]) {
  const [first = "", ...rest] = cells;
  return cells.length <= 2 && /^sep=.?$/i.test(first) && rest.every((cell) => cell === "");
}

const DELIMITER_LINE = /^"?sep=(.)"?[\r\n]+/i;

/** `head` is the beginning of the file; its last line may be cut off. */
export function sniffDelimiter(head: string): Delimiter {
  const [line = "", said] = DELIMITER_LINE.exec(head) ?? [];
  const known = DELIMITERS.find((delimiter) => delimiter === said);
  if (known) return known;
  const scores = DELIMITERS.map((delimiter) => ({
    delimiter,
    score: scoreOf(countsIn(head.slice(line.length), delimiter)),
  }));
  const best = scores.reduce((winner, one) => (one.score > winner.score ? one : winner));
  return best.score > 0 ? best.delimiter : ",";
}

/** The header counts most: what does not part it parts nothing. */
function scoreOf([header = 0, ...rest]: readonly number[]) {
  if (header === 0) return 0;
  const alike = rest.filter((count) => count === header).length;
  const share = rest.length === 0 ? 1 : alike / rest.length;
  return share * 1_000 + header;
}

/** How often the sign stands on each of the first lines, outside quotes. */
function countsIn(text: string, delimiter: string) {
  const counts: number[] = [];
  let count = 0;
  let isQuoted = false;
  let hasText = false;
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === delimiter) count++;
    else if (sign === "\n" || sign === "\r") {
      if (hasText || count > 0) counts.push(count);
      if (counts.length === LINES) return counts;
      count = 0;
      hasText = false;
      continue;
    }
    hasText = true;
  }
  // A last line that may be cut off tells nothing, unless it is the only one.
  return counts.length === 0 && hasText ? [count] : counts;
}
