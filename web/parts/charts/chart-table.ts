// The numbers behind a chart as a CSV file.

export type ChartSeries = { name: string; label?: string | undefined; color: string };
export type ChartRow = Readonly<Record<string, unknown>>;

/** Shows what a number of the chart counts: of which row, and of which series by its name. */
export type OpenRows = (row: ChartRow, series: string) => void;

/** Bars that are pressed to see what they count. The table of the chart offers the same to keys and screen readers. */
export function barsThatOpen(onOpen: OpenRows, look: object = {}) {
  return ({ name }: { name: string }) => ({
    isAnimationActive: false,
    cursor: "pointer",
    onClick: ({ payload }: { payload?: ChartRow }) => payload && onOpen(payload, name),
    ...look,
  });
}

/** A column for the axis, and one for each series; the rows in the order of the chart. */
export function csvOfChart(
  axis: { key: string; label: string },
  series: readonly ChartSeries[],
  rows: readonly ChartRow[],
) {
  const head = [axis.label, ...series.map(({ name, label }) => label ?? name)];
  const lines = rows.map((row) => [row[axis.key], ...series.map(({ name }) => row[name])]);
  return [head, ...lines].map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

/** Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function cellOf(value: unknown) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(String(value)) ? `'${String(value)}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
