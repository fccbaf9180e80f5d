// The end of a whole run says where its time went.

type Timed = { file: string; passed: number; tookMs: number };

/** A table of the slowest, the slowest first. */
export function slowestFiles(results: readonly Timed[], count: number) {
  const slowest = results.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, count);
  const total = results.reduce((sum, { tookMs }) => sum + tookMs, 0);
  const rows = slowest.map(
    ({ file, passed, tookMs }) =>
      `${(tookMs / 1000).toFixed(1).padStart(9)} s  ${String(passed).padStart(5)} tests  ${file}`,
  );
  const share = slowest.reduce((sum, { tookMs }) => sum + tookMs, 0) / Math.max(total, 1);
  return [
    `The ${slowest.length} slowest of ${results.length} files took ${Math.round(share * 100)} % of their time:`,
    ...rows,
  ].join("\n");
}
