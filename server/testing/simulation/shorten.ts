// The fewest parts of a list that still show something: parts are left out, halves first and single ones at the end, as long as what
// is left shows it (the method of Zeller, "Simplifying and Isolating Failure-Inducing Input").

export async function shorten<Part>(
  parts: readonly Part[],
  /** How often it may be asked at most: each time may take long. */
  tries: number,
  shows: (left: readonly Part[]) => Promise<boolean>,
): Promise<readonly Part[]> {
  let [kept, pieces, asked] = [parts, 2, 0];
  while (kept.length > 1 && asked < tries) {
    const size = Math.ceil(kept.length / pieces);
    let shorter: readonly Part[] | null = null;
    for (let start = 0; start < kept.length && !shorter && asked < tries; start += size) {
      const rest = kept.toSpliced(start, size);
      asked += 1;
      if (await shows(rest)) shorter = rest;
    }
    if (shorter) [kept, pieces] = [shorter, Math.max(2, pieces - 1)];
    else if (size === 1) break;
    else pieces = Math.min(kept.length, pieces * 2);
  }
  return kept;
}
